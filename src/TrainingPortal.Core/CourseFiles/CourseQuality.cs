using System.Text.RegularExpressions;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// What a machine can say of how good faultless course files are. A finding does not keep them from being served; it
/// keeps <c>courses check</c> from passing.
/// </summary>
/// <param name="Findings">By file, then by line.</param>
/// <param name="Figures">The counts behind them.</param>
public sealed record CourseQuality(IReadOnlyList<CourseFault> Findings, QualityFigures Figures)
{
    public const int FewestWords = 400;
    public const int MostWords = 900;
    public const double HighestGrade = 8;
    public const int LowestApplicationPercent = 60;
    public const int LowestKeyPercent = 20;
    public const int HighestKeyPercent = 30;
    public const int HighestLongestKeyPercent = 33;

    /// <summary>Options of the items whose keys are counted by place.</summary>
    public const int KeyPlaces = 4;

    public static CourseQuality Of(CourseContent content) => new QualityCheck(content).Run();
}

/// <summary>What the course files hold, counted.</summary>
/// <param name="ItemsByDomain">Items that an exam may draw or try out, by domain.</param>
/// <param name="Multiple">Of them, those with more than one right option.</param>
/// <param name="ItemsByKind">Of them, how many there are of each type.</param>
/// <param name="ApplicationPercent">Of them, the share that asks for a decision.</param>
/// <param name="KeyPercent">Where the key of single-answer items stands, in the author's order: first to fourth.</param>
/// <param name="LongestKeyPercent">How often the key is longer than every distractor.</param>
/// <param name="HighestLessonGrade">The highest reading grade of a lesson.</param>
/// <param name="HighestItemGrade">The highest reading grade of an item.</param>
public sealed record QualityFigures(
    int Courses,
    int Modules,
    int Lessons,
    int LessonWords,
    int Drawings,
    int Cases,
    IReadOnlyDictionary<string, int> ItemsByDomain,
    int CheckItems,
    int Critical,
    int Multiple,
    IReadOnlyDictionary<string, int> ItemsByKind,
    int ApplicationPercent,
    IReadOnlyList<int> KeyPercent,
    int LongestKeyPercent,
    double HighestLessonGrade,
    double HighestItemGrade,
    int ProtocolRows,
    int Sources);

/// <summary>Looks at every lesson and item once.</summary>
internal sealed partial class QualityCheck(CourseContent content)
{
    // Below this, a share says more about chance than about the author.
    private const int EnoughForShares = 40;

    private readonly FaultList findings = new();
    private readonly ReadingLevel level = new(content.Protocols.Glossary.SelectMany(term => term.Also.Prepend(term.Term)));
    private readonly List<ItemEntry> items = [.. content.Courses.SelectMany(course => course.Items)];
    private int lessonWords;
    private double highestLessonGrade;
    private double highestItemGrade;

    public CourseQuality Run()
    {
        var lessons = content.Courses.SelectMany(course => course.Modules).SelectMany(module => module.Lessons).ToList();
        lessons.ForEach(CheckLesson);
        CheckLinks(lessons);
        items.ForEach(CheckItem);
        CheckModules();
        CheckPracticals();
        foreach (var (item, first) in NearDuplicates.In(items))
        {
            findings.Add(item.Code.Place, $"The item asks nearly the same as {first.Code.Text} at {first.Code.Place}; change the facts and what decides, or take it away.");
        }

        var bank = items.Where(item => item.Use != ItemUse.Check).ToList();
        CheckShares(bank, "application items", bank.Count(item => item.Level == CognitiveLevel.Application), CourseQuality.LowestApplicationPercent, 100);
        var single = bank.Where(item => item.Options.Count == CourseQuality.KeyPlaces && item.Options.Count(option => option.Correct) == 1).ToList();
        var keys = Enumerable.Range(0, CourseQuality.KeyPlaces).Select(place => single.Count(item => item.Options[place].Correct)).ToList();
        foreach (var (place, count) in keys.Index())
        {
            CheckShares(single, Invariant($"keys that stand at place {place + 1}"), count, CourseQuality.LowestKeyPercent, CourseQuality.HighestKeyPercent);
        }

        var longest = single.Count(LongestIsKey);
        CheckShares(single, "items whose key is the longest option", longest, 0, CourseQuality.HighestLongestKeyPercent);
        return new CourseQuality(
            findings.Sorted(),
            new QualityFigures(
                content.Courses.Count,
                content.Courses.Sum(course => course.Modules.Count),
                lessons.Count,
                lessonWords,
                content.Courses.Sum(course => course.Figures.Count),
                content.Courses.Sum(course => course.Cases.Count),
                bank.CountBy(item => item.Domain).OrderByDescending(domain => domain.Value).ToDictionary(),
                items.Count - bank.Count,
                bank.Count(item => item.Critical),
                bank.Count(item => item.Interaction is ChoiceInteraction { Multiple: true }),
                bank.CountBy(item => Kinds.Name(item.Interaction.Kind)).OrderByDescending(kind => kind.Value).ToDictionary(),
                Percent(bank.Count(item => item.Level == CognitiveLevel.Application), bank.Count),
                [.. keys.Select(count => Percent(count, single.Count))],
                Percent(longest, single.Count),
                highestLessonGrade,
                highestItemGrade,
                ProtocolRowCount(),
                content.Sources.Count));
    }

    private static int Percent(int part, int whole) => whole == 0 ? 0 : (int)Math.Round(100.0 * part / whole);

    private static bool LongestIsKey(ItemEntry item)
    {
        var key = item.Options.First(option => option.Correct).Text.Length;
        return item.Options.All(option => option.Correct || option.Text.Length < key);
    }

    private int ProtocolRowCount()
    {
        var book = content.Protocols;
        return book.Charts.Sum(chart => chart.Rows.Count) + book.Devices.Count + book.Waits.Count + book.Contraindications.Count
            + book.Jurisdictions.Count + book.EducationCycles.Count + book.Figures.Count + content.Zones.Count;
    }

    private void CheckLesson(LessonEntry lesson)
    {
        var prose = lesson.Statements.Where(statement => statement.Prose).Select(statement => ProtocolReferences.Plain(statement.Text)).ToList();
        var all = lesson.Statements.Where(statement => !statement.IsFigure);
        var words = all.Sum(statement => WordPattern().Count(CitationParser.Without(ProtocolReferences.Plain(statement.Text))));
        lessonWords += words;
        if (words is < CourseQuality.FewestWords or > CourseQuality.MostWords)
        {
            findings.Add(lesson.Place, Invariant($"The lesson has {words} words; {CourseQuality.FewestWords} to {CourseQuality.MostWords} are read in one sitting."));
        }

        var grade = level.Grade(prose);
        highestLessonGrade = Math.Max(highestLessonGrade, grade);
        if (grade > CourseQuality.HighestGrade)
        {
            findings.Add(lesson.Place, Invariant($"The lesson reads at grade {grade:0.0}; {CourseQuality.HighestGrade} is the most. Shorter sentences, plainer words."));
        }

        foreach (var statement in lesson.Statements.Where(statement => statement.Cited.Count == 0))
        {
            if (BareNumbers.First(statement.Text) is { } number)
            {
                findings.Add(statement.Place, $"The number '{number}' is neither filled in from a protocol nor cited here; write a {{{{reference}}}}, or the source after it as [S1].");
            }
        }
    }

    private void CheckLinks(List<LessonEntry> lessons)
    {
        var pages = content.Courses
            .SelectMany(course => course.Modules.SelectMany(module => module.Lessons).Select(lesson => $"/courses/{course.Slug}/{lesson.Slug}").Prepend($"/courses/{course.Slug}"))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var lesson in lessons)
        {
            foreach (Match link in CourseLink().Matches(lesson.Html).Where(link => !pages.Contains(link.Groups[1].Value)))
            {
                findings.Add(lesson.Place, $"The link {link.Groups[1].Value} leads to no lesson or course.");
            }
        }
    }

    private void CheckItem(ItemEntry item)
    {
        var place = item.Code.Place;
        if (item.Sources.Count == 0)
        {
            findings.Add(place, "The item cites no source; 'sources' names what its key rests on.");
        }

        if (item.Interaction.Texts.Any(text => CatchAll().IsMatch(text)))
        {
            findings.Add(place, "An option says 'all of the above' or 'none of the above'; it tests how options are read, not the trade.");
        }

        if (NegativeStem().IsMatch(item.Stem))
        {
            findings.Add(place, "The stem asks for what is not so; ask for what is.");
        }

        var grade = level.Grade([item.Stem, .. item.Interaction.Texts, .. item.Interaction.Rationales]);
        highestItemGrade = Math.Max(highestItemGrade, grade);
        if (grade > CourseQuality.HighestGrade)
        {
            findings.Add(place, Invariant($"The item reads at grade {grade:0.0}; {CourseQuality.HighestGrade} is the most. Shorter sentences, plainer words."));
        }
    }

    private void CheckModules()
    {
        foreach (var course in content.Courses)
        {
            var checks = course.Quizzes.Where(quiz => quiz.Kind == QuizKind.Check).Select(quiz => quiz.Module?.Text).ToHashSet();
            foreach (var module in course.Modules.Where(module => !checks.Contains(module.Folder.Text)))
            {
                findings.Add(module.Folder.Place, $"The module {module.Folder.Text} has no knowledge check.");
            }
        }
    }

    private void CheckPracticals()
    {
        foreach (var practical in content.Practicals)
        {
            foreach (var statement in practical.Statements)
            {
                if (BareNumbers.First(statement.Text) is { } number)
                {
                    findings.Add(statement.Place, $"The number '{number}' is not filled in from a protocol; write a {{{{reference}}}}.");
                }
            }

            if (practical.Sources.Count == 0)
            {
                findings.Add(practical.Slug.Place, "The practical cites no source; 'sources' names what its steps rest on.");
            }

            if (practical.Steps.All(step => !step.Critical))
            {
                findings.Add(practical.Slug.Place, "No step is critical; mark those that would harm somebody.");
            }
        }
    }

    private void CheckShares(List<ItemEntry> of, string what, int count, int least, int most)
    {
        if (of.Count >= EnoughForShares && (count * 100 < least * of.Count || count * 100 > most * of.Count))
        {
            findings.Add(".", Invariant($"{count} of {of.Count} ({100.0 * count / of.Count:0.0} %) are {what}; {least} to {most} % are expected."));
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'’.\-]*", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();

    [GeneratedRegex("href=\"(/courses/[^\"#]*)", RegexOptions.CultureInvariant)]
    private static partial Regex CourseLink();

    [GeneratedRegex(@"\b(?:all|none|both|neither) of (?:the above|these)\b|\bany of the above\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"\b(?:NOT|EXCEPT)\b|\b(?:except|but one)\?|\b(?:[Ww]hich|[Ww]hat)\b[^.?]*\b(?:is|are|was|does|do|should|must|may|can|would) (?:not|never) \w[^.?]*\?|\bexcept(?: for)?\b[^.?]*\?", RegexOptions.CultureInvariant)]
    private static partial Regex NegativeStem();
}
