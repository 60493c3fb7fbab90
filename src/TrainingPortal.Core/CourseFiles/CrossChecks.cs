using TrainingPortal.Assessments;
using TrainingPortal.Certifications;

namespace TrainingPortal.CourseFiles;

/// <summary>What must agree across courses, protocols and programmes.</summary>
/// <param name="content">Everything that was read.</param>
/// <param name="rowsCite">The sources that rows of protocols cite.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class CrossChecks(CourseContent content, IReadOnlyList<PlacedText> rowsCite, FaultList faults)
{
    /// <param name="sourcesAreThere">There is a file of sources.</param>
    /// <param name="sourcesAreRead">It could be read; if not, citations are not judged.</param>
    /// <param name="skinIsThere">There is a file of skin zones.</param>
    /// <param name="quizzesAreRead">The quizzes of every course could be read; if not, a programme's exam is not judged.</param>
    /// <param name="itemsAreRead">Every course's modules and items could be read; if not, what exams draw is not counted.</param>
    public void Run(bool sourcesAreThere, bool sourcesAreRead, bool skinIsThere, bool quizzesAreRead, bool itemsAreRead)
    {
        if (sourcesAreRead)
        {
            CheckSources();
        }
        else if (!sourcesAreThere && Cited().Any())
        {
            faults.Add(ProtocolFiles.SourcesPath, $"This file is missing, and sources are cited, first at {Cited().First().Place}.");
        }

        if (!skinIsThere)
        {
            CheckSimulators();
        }

        Repeated.Name(
            content.Courses.SelectMany(course => course.Quizzes).Select(quiz => quiz.Slug), StringComparer.Ordinal, faults, "The quiz slug");
        CheckExams(quizzesAreRead);
        CheckProgrammeCourses();
        CheckPracticalCourses();
        CheckRemedies();
        if (itemsAreRead)
        {
            CheckExamPools();
        }
    }

    private IEnumerable<PlacedText> Cited() =>
        content.Zones.SelectMany(zone => zone.Sources)
            .Concat(rowsCite)
            .Concat(content.Courses.SelectMany(course => course.Cases).SelectMany(entry => entry.Sources))
            .Concat(content.Courses.SelectMany(course => course.Modules).SelectMany(module => module.Lessons).SelectMany(lesson => lesson.Sources))
            .Concat(content.Courses.SelectMany(course => course.Items).SelectMany(item => item.Sources))
            .Concat(content.Practicals.SelectMany(practical => practical.Sources))
            .Where(code => code.Text.Length > 0);

    private void CheckSources()
    {
        var known = content.Sources.Select(source => source.Code.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var code in Cited().Where(code => !known.Contains(code.Text)))
        {
            faults.Add(code.Place, $"The source {code.Text} is not in {ProtocolFiles.SourcesPath}.");
        }
    }

    private void CheckSimulators()
    {
        foreach (var lesson in content.Courses.SelectMany(course => course.Modules).SelectMany(module => module.Lessons))
        {
            foreach (var embed in lesson.Embeds.Where(embed => embed.Kind == EmbedKind.DepthSimulator))
            {
                faults.Add(embed.Place, $"The depth simulator draws the zones of {ProtocolFiles.SkinPath}, and that file is missing.");
            }
        }
    }

    private void CheckExams(bool quizzesAreRead)
    {
        if (!quizzesAreRead)
        {
            return;
        }

        var owners = content.Courses.SelectMany(course => course.Quizzes.Select(quiz => (Quiz: quiz, Course: course))).ToLookup(owner => owner.Quiz.Slug.Text, StringComparer.Ordinal);
        foreach (var exam in content.Programmes.SelectMany(programme => programme.Exams).Where(exam => exam.Text.Length > 0))
        {
            if (!owners.Contains(exam.Text))
            {
                faults.Add(exam.Place, $"There is no exam '{exam.Text}' in any quizzes.yaml.");
            }
            else if (owners[exam.Text].All(owner => owner.Quiz.Kind != QuizKind.Exam))
            {
                faults.Add(exam.Place, $"'{exam.Text}' is a knowledge check; a certificate is earned by an exam.");
            }
        }
    }

    private void CheckProgrammeCourses()
    {
        var known = content.Courses.ToDictionary(course => course.Slug, StringComparer.Ordinal);
        Repeated.Name(
            content.Programmes.SelectMany(programme => programme.Courses.Distinct()), StringComparer.Ordinal, faults, "A course belongs to one programme, and the course");
        foreach (var programme in content.Programmes)
        {
            foreach (var course in programme.Courses.Where(course => course.Text.Length > 0 && !known.ContainsKey(course.Text)))
            {
                faults.Add(course.Place, $"There is no course '{course.Text}'; there are {string.Join(", ", known.Keys)}.");
            }

            foreach (var course in programme.Parts.Where(part => part.Kind == RequirementKind.Course).Select(part => part.Slug).Where(course => course.Text.Length > 0 && programme.Courses.All(member => member.Text != course.Text)))
            {
                faults.Add(course.Place, $"The course '{course.Text}' of this part is not among 'courses'.");
            }

            foreach (var exam in programme.Exams)
            {
                var home = content.Courses.FirstOrDefault(course => course.Quizzes.Any(quiz => quiz.Slug.Text == exam.Text));
                if (home is not null && !content.Programmes.SelectMany(other => other.Courses).Any(course => course.Text == home.Slug))
                {
                    faults.Add(exam.Place, $"The exam '{exam.Text}' belongs to the course '{home.Slug}', and 'courses' does not have it.");
                }
            }

            CheckProgrammePracticals(programme);
        }
    }

    private void CheckProgrammePracticals(ProgrammeEntry programme)
    {
        foreach (var practical in programme.Practicals.Where(practical => practical.Text.Length > 0 && content.Practicals.All(known => known.Slug.Text != practical.Text)))
        {
            faults.Add(practical.Place, $"There is no practical '{practical.Text}'; there are {string.Join(", ", content.Practicals.Select(known => known.Slug.Text))}.");
        }
    }

    private void CheckPracticalCourses()
    {
        var known = content.Courses.Select(course => course.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var course in content.Practicals.Select(practical => practical.Course).Where(course => course.Text.Length > 0 && !known.Contains(course.Text)))
        {
            faults.Add(course.Place, $"There is no course '{course.Text}'; there are {string.Join(", ", known)}.");
        }
    }

    /// <summary>The twin of a critical item, and the lesson that it leads to, are there.</summary>
    private void CheckRemedies()
    {
        var lessons = content.Courses
            .SelectMany(course => course.Modules.SelectMany(module => module.Lessons).Select(lesson => $"{course.Slug}/{lesson.Slug}"))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var course in content.Courses)
        {
            var programme = content.Programmes.FirstOrDefault(programme => programme.Courses.Any(entry => entry.Text == course.Slug));
            var items = content.Courses
                .Where(other => other == course || (programme?.Courses.Any(entry => entry.Text == other.Slug) ?? false))
                .SelectMany(other => other.Items)
                .Where(item => item.Critical)
                .Select(item => item.Code.Text)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var twin in course.Items.Select(item => item.Twin).OfType<PlacedText>().Where(twin => !items.Contains(twin.Text)))
            {
                faults.Add(twin.Place, $"There is no critical item '{twin.Text}' to be the twin.");
            }

            foreach (var lesson in course.Items.Select(item => item.Lesson).OfType<PlacedText>().Where(lesson => !lessons.Contains(lesson.Text)))
            {
                faults.Add(lesson.Place, $"There is no lesson '{lesson.Text}'; a course, a slash and a lesson's name are expected, such as {lessons.Order(StringComparer.Ordinal).FirstOrDefault()}.");
            }
        }
    }

    /// <summary>An exam draws from every course of its programme, and from its own course where there is no programme.</summary>
    private void CheckExamPools()
    {
        foreach (var course in content.Courses)
        {
            var programme = content.Programmes.FirstOrDefault(programme => programme.Courses.Any(entry => entry.Text == course.Slug));
            var courses = content.Courses.Where(other => other == course || (programme?.Courses.Any(entry => entry.Text == other.Slug) ?? false)).ToList();
            var domains = courses.SelectMany(other => other.Modules).Select(module => module.Domain.Text).Distinct().ToList();
            var items = courses.SelectMany(other => other.Items).ToList();
            foreach (var row in course.Quizzes.Where(quiz => quiz.Kind == QuizKind.Exam).SelectMany(quiz => quiz.Blueprint).Where(row => row.Domain.Text.Length > 0))
            {
                if (!domains.Contains(row.Domain.Text))
                {
                    faults.Add(row.Domain.Place, $"There is no domain '{row.Domain.Text}' in the courses that this exam draws from; there are {string.Join(", ", domains)}.");
                    continue;
                }

                CheckPool(row, row.Items, ItemUse.Exam);
                CheckPool(row, row.Pilots, ItemUse.Pilot);
            }

            void CheckPool(BlueprintEntry row, int asked, ItemUse use)
            {
                var there = items.Count(item => item.Domain == row.Domain.Text && item.Use == use && Pools.Matches(row, item));
                if (asked > there)
                {
                    faults.Add(row.Domain.Place, Pools.TooFew(asked, row.Domain.Text, there, use));
                }
            }
        }
    }
}
