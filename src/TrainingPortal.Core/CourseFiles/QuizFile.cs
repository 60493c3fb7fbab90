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
    private const int MostSetsAWeek = 14;

    private static readonly (string, ReviewPolicy)[] ReviewWords =
    [
        ("none", ReviewPolicy.None),
        ("score", ReviewPolicy.Score),
        ("answers", ReviewPolicy.Answers),
        ("everything", ReviewPolicy.Everything),
    ];

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
        var kind = fields.Choice("kind", ("check", QuizKind.Check), ("exam", QuizKind.Exam), ("practice", QuizKind.Practice));
        var title = fields.Text("title", TextLimits.Title);
        var module = fields.OptionalText("module", TextLimits.Name);
        var minutes = fields.OptionalWholeNumber("minutes", 1, MostMinutes);
        var pass = kind == QuizKind.Practice ? fields.OptionalWholeNumber("pass", 1, 100) ?? 0 : fields.WholeNumber("pass", 1, 100);
        var attempts = ReadAttempts(fields.OptionalMap("attempts"), faults);
        var window = ReadWindow(fields.OptionalMap("window"), faults);
        var requires = fields.OptionalTexts("requires", TextLimits.Name);
        var review = fields.Has("review") ? fields.Choice("review", ReviewWords) : null;
        var setSize = fields.OptionalWholeNumber("questions", 1, MostItems);
        var keptUp = ReadKeptUp(fields.OptionalMap("kept-up"));
        var rows = kind == QuizKind.Practice ? fields.OptionalMaps("blueprint") : fields.Maps("blueprint");
        var blueprint = rows.Select(row => ReadRow(row, kind, faults)).ToList();
        _ = fields.OptionalText("review", TextLimits.Name);
        fields.End();
        Repeated.Name(blueprint.Where(row => row.Tags is null).Select(row => row.Domain), StringComparer.Ordinal, faults, "In this blueprint the domain");
        switch (kind)
        {
            case QuizKind.Check:
                Needs("module", "A knowledge check closes a module and needs its folder as 'module'.");
                Lacks("minutes", "A knowledge check has no time limit; take 'minutes' away.");
                Lacks("attempts", "A knowledge check may be tried any number of times; take 'attempts' away.");
                Lacks("window", "A knowledge check is open at any time; take 'window' away.");
                Lacks("requires", "A knowledge check needs no exam before it; take 'requires' away.");
                Lacks("questions", "A knowledge check draws by its blueprint; take 'questions' away.");
                Lacks("kept-up", "Only an exam is shorter for who kept up practice; take 'kept-up' away.");
                break;
            case QuizKind.Practice:
                Needs("questions", "A practice set needs its number of questions as 'questions'.");
                foreach (var key in new[] { "module", "minutes", "attempts", "window", "requires", "review", "blueprint", "pass", "kept-up" })
                {
                    Lacks(key, $"Practice is open at any time and draws what is due; take '{key}' away.");
                }

                break;
            case QuizKind.Exam:
                Lacks("questions", "An exam draws by its blueprint; take 'questions' away.");
                Needs("minutes", "An exam is timed and needs 'minutes'.");
                Lacks("module", "An exam belongs to no module; take 'module' away.");
                break;
            case null:
                break;
        }

        return new QuizEntry(slug, kind ?? QuizKind.Exam, title, module, minutes, pass, attempts, window, requires, review ?? DefaultReview(kind), kind == QuizKind.Practice ? setSize : null, keptUp, blueprint);

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

    private static ReviewPolicy DefaultReview(QuizKind? kind) => kind == QuizKind.Exam ? ReviewPolicy.Score : ReviewPolicy.Everything;

    private static StartWindow ReadWindow(YamlFields? fields, FaultList faults)
    {
        if (fields is null)
        {
            return default;
        }

        var window = new StartWindow(fields.OptionalInstant("opens"), fields.OptionalInstant("closes"));
        fields.End();
        if (window.Opens >= window.Closes)
        {
            faults.Add(fields.PlaceOf("closes"), "'closes' must be later than 'opens'.");
        }

        return window;
    }

    private static KeptUpRule? ReadKeptUp(YamlFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var rule = new KeptUpRule(
            fields.WholeNumber("sets-a-week", 1, MostSetsAWeek),
            fields.WholeNumber("weeks-percent", 1, 100),
            fields.WholeNumber("items-percent", 1, 99));
        fields.End();
        return rule;
    }

    private static string? TagFault(string text)
    {
        try
        {
            TagExpression.Parse(text);
            return null;
        }
        catch (FormatException wrong)
        {
            return $"'tags' cannot be read: {wrong.Message}";
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
        var tags = fields.OptionalText("tags", TagExpression.Longest);
        var pilots = fields.OptionalWholeNumber("pilots", 1, MostItems) ?? 0;
        fields.End();
        if (tags is not null && TagFault(tags.Text) is { } fault)
        {
            faults.Add(tags.Place, fault);
            tags = null;
        }

        if (kind == QuizKind.Check && fields.Has("gate"))
        {
            faults.Add(fields.PlaceOf("gate"), "Only an exam has gates; take 'gate' away.");
        }

        if (kind == QuizKind.Check && fields.Has("pilots"))
        {
            faults.Add(fields.PlaceOf("pilots"), "Only an exam tries items out; take 'pilots' away.");
        }

        return new BlueprintEntry(domain, kind is null ? 0 : items, kind is null ? 0 : pilots, gate, tags?.Text);
    }
}
