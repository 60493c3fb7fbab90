using TrainingPortal.Assessments;
using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary>Reads the folder of one course and checks that its files agree with each other.</summary>
internal sealed class CourseReader(CourseFileSet files, string course, ProtocolBook book, ProtocolReferences references, FaultList faults)
{
    // Modules whose lessons could not all be read, and domains whose items could not: nothing is counted there.
    private readonly HashSet<string> unreadModules = new(StringComparer.Ordinal);
    private readonly HashSet<string> unreadDomains = new(StringComparer.Ordinal);

    /// <summary>True once everything was read that an exam may draw from.</summary>
    public bool ItemsAreRead { get; private set; }

    /// <summary>The course as far as it can be read; what cannot be read is empty and is a fault.</summary>
    public CourseEntry Read()
    {
        var yaml = CourseYaml.Read(files, $"{course}/course.yaml", faults);
        var lessons = FolderLayout.ModuleFolders(files, course).ToDictionary(folder => folder, ReadLessons, StringComparer.Ordinal);
        Repeated.Name(
            lessons.Values.SelectMany(list => list).Select(lesson => new PlacedText(lesson.Slug, lesson.Place)),
            StringComparer.Ordinal,
            faults,
            "The lesson name (without its number)");
        var figures = lessons.SelectMany(module => ReadFigures(module.Key, module.Value)).ToList();
        var questions = files.In($"{course}/{FolderLayout.Questions}", ".yaml").Select(ReadQuestions).OfType<QuestionFile>().ToList();
        if (!files.HasFolder($"{course}/{FolderLayout.Questions}"))
        {
            faults.Add($"{course}/{FolderLayout.Questions}", "This folder is missing or empty; it holds the items, one .yaml file a domain.");
        }

        var items = questions.SelectMany(file => file.Items).ToList();
        Repeated.Name(items.Select(item => item.Code), StringComparer.Ordinal, faults, "The item code");
        var quizzes = QuizFile.Read(files, $"{course}/quizzes.yaml", faults) ?? [];
        if (yaml is not null)
        {
            CheckModules(yaml, lessons);
            CheckDomains(yaml, questions, quizzes);
            CheckItemModules(yaml, items);
        }

        ItemsAreRead = yaml is not null && unreadDomains.Count == 0;
        CheckCounts(items, quizzes);
        var cases = files.In($"{course}/{FolderLayout.Cases}", ".yaml").Select(path => CaseFile.Read(files, path, references, faults)).OfType<CaseEntry>().ToList();
        CheckCases(cases, lessons);
        return new CourseEntry(
            course,
            yaml?.Title ?? "",
            yaml?.Summary ?? "",
            yaml?.Hours ?? 0,
            yaml?.Objectives ?? [],
            [.. (yaml?.Modules ?? []).Select(module => new ModuleEntry(
                module.Folder, module.Title, module.Domain, module.Summary, lessons.GetValueOrDefault(module.Folder.Text, [])))],
            figures,
            cases,
            items,
            quizzes);
    }

    private List<LessonEntry> ReadLessons(string folder)
    {
        var read = new List<LessonEntry>();
        foreach (var path in files.In($"{course}/{folder}", ".md"))
        {
            if (LessonFile.Read(files, path, book, references, faults) is { } lesson)
            {
                read.Add(lesson);
            }
            else
            {
                unreadModules.Add(folder);
            }
        }

        return read;
    }

    private List<FigureEntry> ReadFigures(string folder, List<LessonEntry> lessons)
    {
        var shown = lessons.SelectMany(lesson => lesson.Figures).ToHashSet(StringComparer.Ordinal);
        var figures = new List<FigureEntry>();
        foreach (var path in files.In($"{course}/{folder}", ".svg"))
        {
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (!shown.Contains(name) && !unreadModules.Contains(folder))
            {
                faults.Add(path, "No lesson of this folder shows the figure; show it, or take the file away.");
            }

            if (files.Text(path, faults) is { } svg)
            {
                FigureCheck.NameFaults(svg, path, faults);
                figures.Add(new FigureEntry($"{folder}/{name}", svg));
            }
        }

        return figures;
    }

    private QuestionFile? ReadQuestions(string path)
    {
        var file = QuestionFile.Read(files, path, book, references, faults);
        if (file is not { Countable: true })
        {
            unreadDomains.Add(Path.GetFileNameWithoutExtension(path));
        }

        return file;
    }

    private void CheckModules(CourseYaml yaml, Dictionary<string, List<LessonEntry>> lessons)
    {
        foreach (var folder in yaml.Modules.Select(module => module.Folder).Where(folder => FolderLayout.IsNumberedName(folder.Text)))
        {
            if (lessons.GetValueOrDefault(folder.Text, []).Count == 0 && !unreadModules.Contains(folder.Text))
            {
                faults.Add(folder.Place, $"The folder {course}/{folder.Text} is missing or holds no lesson.");
            }
        }

        foreach (var folder in lessons.Keys.Where(folder => yaml.Modules.All(module => module.Folder.Text != folder)))
        {
            faults.Add($"{course}/{folder}", "The folder is no module; name it under 'modules' of course.yaml, or take it away.");
        }
    }

    private void CheckDomains(CourseYaml yaml, List<QuestionFile> questions, IReadOnlyList<QuizEntry> quizzes)
    {
        var folders = yaml.Modules.Select(module => module.Folder.Text).ToList();
        foreach (var module in quizzes.Select(quiz => quiz.Module).OfType<PlacedText>().Where(module => module.Text.Length > 0 && !folders.Contains(module.Text)))
        {
            faults.Add(module.Place, $"course.yaml has no module '{module.Text}'; its modules are {string.Join(", ", folders)}.");
        }

        var domains = yaml.Modules.Select(module => module.Domain.Text).ToList();
        var checks = quizzes.Where(quiz => quiz.Kind == QuizKind.Check);
        var named = questions.Select(file => file.Domain).Concat(checks.SelectMany(quiz => quiz.Blueprint).Select(row => row.Domain));
        foreach (var domain in named.Where(domain => domain.Text.Length > 0 && !domains.Contains(domain.Text)))
        {
            faults.Add(domain.Place, $"course.yaml has no domain '{domain.Text}'; its domains are {string.Join(", ", domains)}.");
            unreadDomains.Add(domain.Text);
        }
    }

    private void CheckItemModules(CourseYaml yaml, List<ItemEntry> items)
    {
        var folders = yaml.Modules.Select(module => module.Folder.Text).ToList();
        foreach (var module in items.Select(item => item.Module).OfType<PlacedText>().Where(module => module.Text.Length > 0 && !folders.Contains(module.Text)))
        {
            faults.Add(module.Place, $"course.yaml has no module '{module.Text}'; its modules are {string.Join(", ", folders)}.");
        }
    }

    /// <summary>A knowledge check draws from its own course; what an exam draws is counted over its programme.</summary>
    private void CheckCounts(List<ItemEntry> items, IReadOnlyList<QuizEntry> quizzes)
    {
        foreach (var quiz in quizzes.Where(quiz => quiz.Kind == QuizKind.Check))
        {
            foreach (var row in quiz.Blueprint.Where(row => row.Domain.Text.Length > 0 && !unreadDomains.Contains(row.Domain.Text)))
            {
                var there = items.Count(item => item.Use == ItemUse.Check
                    && item.Domain == row.Domain.Text
                    && Pools.Matches(row, item)
                    && (item.Module is null || item.Module.Text == quiz.Module?.Text));
                if (row.Items > there)
                {
                    faults.Add(row.Domain.Place, Pools.TooFew(row.Items, row.Domain.Text, there, ItemUse.Check));
                }
            }
        }
    }

    private void CheckCases(List<CaseEntry> cases, Dictionary<string, List<LessonEntry>> lessons)
    {
        var embeds = lessons.Values.SelectMany(list => list).SelectMany(lesson => lesson.Embeds).Where(embed => embed.Kind == EmbedKind.Case).ToList();
        foreach (var embed in embeds.Where(embed => !files.Has($"{course}/{FolderLayout.Cases}/{embed.Name}.yaml")))
        {
            faults.Add(embed.Place, $"The case '{embed.Name}' is missing; {course}/{FolderLayout.Cases}/{embed.Name}.yaml is expected.");
        }

        foreach (var name in cases.Select(entry => entry.Name).Where(name => embeds.TrueForAll(embed => embed.Name != name.Text)))
        {
            faults.Add(name.Place, $"No lesson of this course shows the case; write [[case: {name.Text}]], or take the file away.");
        }
    }
}
