using TrainingPortal.Assessments;

namespace TrainingPortal.CourseFiles;

/// <summary>Faults that only the database can tell: names in the files that something else in the portal has.</summary>
internal static class ImportConflicts
{
    public static IReadOnlyList<CourseFault> In(CourseContent content, StoredContent stored)
    {
        var faults = new FaultList();
        foreach (var entry in content.Courses)
        {
            var course = stored.Courses.GetValueOrDefault(entry.Slug);
            NameItems(entry, course is null ? [] : stored.Items[course.Id], faults);
            foreach (var slug in entry.Quizzes.Select(quiz => quiz.Slug))
            {
                if (stored.Quizzes.TryGetValue(slug.Text, out var quiz) && quiz.CourseId != course?.Id)
                {
                    var owner = stored.Courses.Values.Single(other => other.Id == quiz.CourseId).Slug;
                    faults.Add(slug.Place, $"The quiz slug '{slug.Text}' belongs to the course '{owner}' in the portal, with its attempts; choose another.");
                }
            }
        }

        foreach (var programme in content.Programmes)
        {
            foreach (var slug in programme.Exams)
            {
                // A programme that left the files would go on to earn certificates of its own by the same pass.
                if (stored.Quizzes.TryGetValue(slug.Text, out var exam)
                    && stored.Programmes.GetValueOrDefault(programme.Slug)?.Exams.Contains(exam.Slug) != true
                    && stored.Programmes.Values.FirstOrDefault(other => other.Exams.Contains(exam.Slug) && content.Programmes.All(entry => entry.Slug != other.Slug)) is { } owner)
                {
                    faults.Add(slug.Place, $"In the portal the exam '{slug.Text}' earns the certificate '{owner.Slug}'; keep that file's name, or give that certificate another exam first.");
                }
            }
        }

        return faults.Sorted();
    }

    private static void NameItems(CourseEntry entry, IEnumerable<Item> items, FaultList faults)
    {
        // A database may not tell upper case from lower case, and instructors may write either.
        var written = items.Where(item => item.Origin == ItemOrigin.Portal).Select(item => item.Code).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var code in entry.Items.Select(item => item.Code).Where(code => written.Contains(code.Text)))
        {
            faults.Add(code.Place, $"The item code '{code.Text}' belongs to an item that was written in the portal; choose another.");
        }
    }
}
