using TrainingPortal.Assessments;

namespace TrainingPortal.CourseFiles;

/// <summary>What must agree across courses, protocols and programmes.</summary>
internal sealed class CrossChecks(CourseContent content, FaultList faults)
{
    /// <param name="sourcesAreThere">There is a file of sources.</param>
    /// <param name="sourcesAreRead">It could be read; if not, citations are not judged.</param>
    /// <param name="skinIsThere">There is a file of skin zones.</param>
    /// <param name="quizzesAreRead">The quizzes of every course could be read; if not, a programme's exam is not judged.</param>
    public void Run(bool sourcesAreThere, bool sourcesAreRead, bool skinIsThere, bool quizzesAreRead)
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
    }

    private IEnumerable<PlacedText> Cited() =>
        content.Zones.SelectMany(zone => zone.Sources)
            .Concat(content.Courses.SelectMany(course => course.Modules).SelectMany(module => module.Lessons).SelectMany(lesson => lesson.Sources))
            .Concat(content.Courses.SelectMany(course => course.Items).SelectMany(item => item.Sources))
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
            if (lesson.Html.Simulator is { } place)
            {
                faults.Add(place, $"The depth simulator draws the zones of {ProtocolFiles.SkinPath}, and that file is missing.");
            }
        }
    }

    private void CheckExams(bool quizzesAreRead)
    {
        var exams = content.Programmes.Select(programme => programme.Exam).Where(exam => exam.Text.Length > 0).ToList();
        Repeated.Name(exams, StringComparer.Ordinal, faults, "An exam earns one certificate, and the exam");
        if (!quizzesAreRead)
        {
            return;
        }

        var kinds = content.Courses.SelectMany(course => course.Quizzes).ToLookup(quiz => quiz.Slug.Text, quiz => quiz.Kind, StringComparer.Ordinal);
        foreach (var exam in exams)
        {
            if (!kinds.Contains(exam.Text))
            {
                faults.Add(exam.Place, $"There is no exam '{exam.Text}' in any quizzes.yaml.");
            }
            else if (!kinds[exam.Text].Contains(QuizKind.Exam))
            {
                faults.Add(exam.Place, $"'{exam.Text}' is a knowledge check; a certificate is earned by an exam.");
            }
        }
    }
}
