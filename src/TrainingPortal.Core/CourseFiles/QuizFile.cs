using TrainingPortal.Assessments;

namespace TrainingPortal.CourseFiles;

/// <summary><c>quizzes.yaml</c>: the knowledge checks and exams of a course.</summary>
internal static class QuizFile
{
    private const int MostMinutes = 600;
    private const int MostItems = 500;
    private const int MostAttempts = 100;
    private const int MostDays = 3650;
    private const int MostHours = 24 * 365;

    /// <summary>Null, and a fault, where the file is missing or cannot be read as YAML.</summary>
    public static IReadOnlyList<QuizEntry>? Read(CourseFileSet files, string path, FaultList faults)
    {
        if (files.Text(path, faults) is not { } text || YamlTree.Read(text, path, faults) is not { } file)
        {
            return null;
        }

        var quizzes = file.Maps("quizzes").Select(fields => ReadQuiz(fields, faults)).ToList();
        file.End();
        return quizzes;
    }

    private static QuizEntry ReadQuiz(YamlFields fields, FaultList faults)
    {
        var slug = fields.Name("slug", TextLimits.Name);
        var kind = fields.Choice("kind", ("check", QuizKind.Check), ("exam", QuizKind.Exam));
        var title = fields.Text("title", TextLimits.Title);
        var module = fields.OptionalText("module", TextLimits.Name);
        var minutes = fields.OptionalWholeNumber("minutes", 1, MostMinutes);
        var pass = fields.WholeNumber("pass", 1, 100);
        var attempts = ReadAttempts(fields.OptionalMap("attempts"), faults);
        var blueprint = fields.Maps("blueprint").Select(row => ReadRow(row, kind, faults)).ToList();
        fields.End();
        Repeated.Name(blueprint.Select(row => row.Domain), StringComparer.Ordinal, faults, "In this blueprint the domain");
        switch (kind)
        {
            case QuizKind.Check:
                Needs("module", "A knowledge check closes a module and needs its folder as 'module'.");
                Lacks("minutes", "A knowledge check has no time limit; take 'minutes' away.");
                Lacks("attempts", "A knowledge check may be tried any number of times; take 'attempts' away.");
                break;
            case QuizKind.Exam:
                Needs("minutes", "An exam is timed and needs 'minutes'.");
                Lacks("module", "An exam belongs to no module; take 'module' away.");
                break;
            case null:
                break;
        }

        return new QuizEntry(slug, kind ?? QuizKind.Exam, title, module, minutes, pass, attempts, blueprint);

        void Needs(string key, string message)
        {
            if (!fields.Has(key))
            {
                faults.Add(fields.Place, message);
            }
        }

        void Lacks(string key, string message)
        {
            if (fields.Has(key))
            {
                faults.Add(fields.PlaceOf(key), message);
            }
        }
    }

    private static AttemptRule ReadAttempts(YamlFields? fields, FaultList faults)
    {
        if (fields is null)
        {
            return default;
        }

        var rule = new AttemptRule(
            fields.OptionalWholeNumber("most", 1, MostAttempts),
            fields.OptionalWholeNumber("in-days", 1, MostDays),
            fields.OptionalWholeNumber("wait-hours", 0, MostHours) ?? 0);
        fields.End();
        if (fields.Has("most") != fields.Has("in-days"))
        {
            faults.Add(fields.Place, "'most' and 'in-days' go together: so many attempts within so many days.");
        }

        return rule;
    }

    // Where the kind is unknown, or the number is none, the row asks for nothing: there is no pool to count.
    private static BlueprintEntry ReadRow(YamlFields fields, QuizKind? kind, FaultList faults)
    {
        var domain = fields.TextAt("domain", TextLimits.Domain);
        var items = fields.WholeNumber("items", 1, MostItems);
        var gate = fields.OptionalWholeNumber("gate", 1, 100);
        var pilots = fields.OptionalWholeNumber("pilots", 1, MostItems) ?? 0;
        fields.End();
        if (kind == QuizKind.Check && fields.Has("gate"))
        {
            faults.Add(fields.PlaceOf("gate"), "Only an exam has gates; take 'gate' away.");
        }

        if (kind == QuizKind.Check && fields.Has("pilots"))
        {
            faults.Add(fields.PlaceOf("pilots"), "Only an exam tries items out; take 'pilots' away.");
        }

        return new BlueprintEntry(domain, kind is null ? 0 : items, kind is null ? 0 : pilots, gate);
    }
}
