using TrainingPortal.CourseFiles;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.CourseFiles;

/// <summary>What <c>courses check</c> finds in files that have no fault: each rule is shown to bite, and to leave good work alone.</summary>
public class QualityTests
{
    private static CourseQuality Of(SampleCourse sample)
    {
        var read = CourseFolder.Read(sample.Folder);
        Assert.Empty(read.Faults);
        return CourseQuality.Of(read.Content!);
    }

    // File, text, what is written instead, part of the finding.
    [Theory]
    [InlineData(SampleCourse.Lesson, "Plain Markdown:", "Wait 4 weeks. Plain Markdown:", "The number '4 weeks' is neither filled in from a protocol nor cited here")]
    [InlineData(SampleCourse.Lesson, "Plain Markdown:", "A 4-week wait. Plain Markdown:", "The number '4-week'")]
    [InlineData(SampleCourse.Lesson, "Plain Markdown:", "At 70 % or 37 °C. Plain Markdown:", "The number '70 %'")]
    [InlineData(SampleCourse.Lesson, "The caption, one sentence", "Five caps at 0.5 mm", "The number '0.5 mm'")]
    [InlineData(SampleCourse.Lesson, "Plain Markdown:", "[x](/courses/hand-care/no-such-lesson) Plain Markdown:", "The link /courses/hand-care/no-such-lesson leads to no lesson or course")]
    [InlineData(SampleCourse.Lesson, "Plain Markdown:", "Notwithstanding organizational considerations, interdisciplinary methodologies necessitate comprehensive epidemiological documentation irrespective of institutional particularities. Plain Markdown:", "The lesson reads at grade")]
    [InlineData(SampleCourse.Questions, "text: Another.", "text: All of the above.", "An option says 'all of the above'")]
    [InlineData(SampleCourse.Questions, "text: Another.", "text: None of these.", "An option says 'all of the above'")]
    [InlineData(SampleCourse.Questions, "stem: The question, with all it takes to answer it.", "stem: Which of these is not clean?", "asks for what is not so")]
    [InlineData(SampleCourse.Questions, "stem: The question, with all it takes to answer it.", "stem: Which hands are clean, except for one?", "asks for what is not so")]
    [InlineData(SampleCourse.Questions, "sources: [S1]", "sources: []", "The item cites no source")]
    [InlineData(SampleCourse.Questions, "why: Why it is right.", "why: Notwithstanding organizational considerations, interdisciplinary methodologies necessitate comprehensive epidemiological documentation irrespective of institutional particularities.", "The item reads at grade")]
    [InlineData(SampleCourse.Course, "modules:\n", "modules:\n  - {folder: 02-drying, title: Drying, domain: washing, summary: How.}\n", "The module 02-drying has no knowledge check")]
    public void A_slip_is_found(string file, string text, string instead, string finding)
    {
        using var sample = new SampleCourse();
        sample.Write("hand-care/02-drying/01-how.md", "---\ntitle: How\nminutes: 5\nverified: 2026-11-22\nsources: []\n---\nWith a towel.\n");
        var drying = sample.Text(SampleCourse.Course);
        sample.Replace(SampleCourse.Course, "modules:\n", "modules:\n  - {folder: 02-drying, title: Drying, domain: washing, summary: How.}\n");
        sample.Replace(SampleCourse.Quizzes, "quizzes:\n", "quizzes:\n  - {slug: drying-check, kind: check, title: Drying, module: 02-drying, pass: 80, blueprint: [{domain: washing, items: 5}]}\n");
        Assert.DoesNotContain(Of(sample).Findings, found => found.Message.Contains(finding, StringComparison.Ordinal));
        if (file == SampleCourse.Course)
        {
            sample.Replace(SampleCourse.Quizzes, "  - {slug: drying-check, kind: check, title: Drying, module: 02-drying, pass: 80, blueprint: [{domain: washing, items: 5}]}\n", "");
            Assert.NotEqual(drying, sample.Text(SampleCourse.Course));
        }
        else
        {
            sample.Replace(file, text, instead);
        }

        var findings = Of(sample).Findings;

        Assert.Contains(findings, found => found.Message.Contains(finding, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Wait 4 weeks [S1].")]
    [InlineData("Wait four weeks.")]
    [InlineData("- Wash\n- Wait 4 weeks [S1]")]
    [InlineData("| Event | Wait |\n|---|---|\n| Soap [S2] | 4 weeks |")]
    [InlineData("Teach {{skin.forehead.dermis}}.")]
    [InlineData("At 9 o'clock, 3 people, in room 12mmx.")]
    [InlineData("[Why](/courses/hand-care/why) and [the course](/courses/hand-care).")]
    public void What_is_cited_filled_in_or_no_measure_is_left_alone(string markdown)
    {
        using var sample = new SampleCourse();
        sample.Replace(SampleCourse.Lesson, "Plain Markdown:", markdown + "\n\nPlain Markdown:");

        Assert.DoesNotContain(Of(sample).Findings, found => found.Message.StartsWith("The number", StringComparison.Ordinal) || found.Message.StartsWith("The link", StringComparison.Ordinal));
    }

    [Fact]
    public void A_lesson_has_so_many_words_and_names_its_file()
    {
        using var sample = new SampleCourse();
        Assert.Contains(Of(sample).Findings, found => found.File == SampleCourse.Lesson && found.Message.Contains("words; 400 to 900", StringComparison.Ordinal));

        sample.Replace(SampleCourse.Lesson, "Plain Markdown:", string.Concat(Enumerable.Repeat("Wash your hands. ", 150)) + "\n\nPlain Markdown:");
        Assert.DoesNotContain(Of(sample).Findings, found => found.Message.Contains("words; 400 to 900", StringComparison.Ordinal));
    }

    [Fact]
    public void Nearly_the_same_item_is_found_and_the_same_case_with_other_facts_is_not()
    {
        using var sample = new SampleCourse();
        sample.Write(SampleCourse.Questions, Bank(
            ("A client comes on 3 May after filler on 20 April at noon. When may you treat her?", "On 18 May", "On 3 May", "On 4 May", "On 10 May"),
            ("A client comes on 3 May after filler on 20 April at noon. When can you treat her?", "On 18 May", "On 3 May", "On 4 May", "On 10 May"),
            ("A man rang about wax on his lip on 2 June. Which day is the first?", "9 June", "2 June", "3 June", "30 June")));

        var found = Assert.Single(Of(sample).Findings, finding => finding.Message.Contains("nearly the same", StringComparison.Ordinal));
        Assert.Contains("washing-000", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Over_the_bank_keys_move_and_are_not_told_by_their_length()
    {
        using var sample = new SampleCourse();
        sample.Write(SampleCourse.Questions, Bank([.. Enumerable.Range(0, 60).Select(number => ($"Stem {number} of {Words(number)}?", $"The long right answer {Words(number)}", "No", "Never", "Nowhere"))], level: "recall"));

        var messages = Of(sample).Findings.Select(finding => finding.Message).ToList();

        Assert.Contains(messages, message => message.StartsWith("60 of 60 (100.0 %) are keys that stand at place 1", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.StartsWith("0 of 60 (0.0 %) are keys that stand at place 2", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.Contains("whose key is the longest option; 0 to 33 %", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.StartsWith("0 of 60 (0.0 %) are application items", StringComparison.Ordinal));
    }

    // 0.39 × words a sentence + 11.8 × syllables a word − 15.59, counted by hand.
    [Theory]
    [InlineData("The cat sat on the mat.", (0.39 * 6) + 11.8 - 15.59)]
    [InlineData("Wash. Wash. Wash.", 0.39 + 11.8 - 15.59)]
    [InlineData("Needles open little holes in the skin", (0.39 * 7) + (11.8 * 10 / 7) - 15.59)]
    [InlineData("Isotretinoin stops healing.", (0.39 * 2) + (11.8 * 3 / 2) - 15.59)]
    [InlineData("", 0)]
    public void The_grade_is_the_formulas(string text, double grade) =>
        Assert.Equal(grade, new ReadingLevel(["isotretinoin"]).Grade([text]), 6);

    [Theory]
    [InlineData("skin", 1)]
    [InlineData("needle", 2)]
    [InlineData("needles", 2)]
    [InlineData("stretched", 1)]
    [InlineData("treated", 2)]
    [InlineData("surface", 2)]
    [InlineData("the", 1)]
    [InlineData("microneedling", 4)]
    public void Syllables_are_counted_by_rule(string word, int syllables) => Assert.Equal(syllables, ReadingLevel.Syllables(word));

    [Fact]
    public void The_repositorys_own_courses_reach_what_they_promise()
    {
        var quality = CourseQuality.Of(CourseFolder.Read(RepositoryFolder.Path("courses")).Content!);

        Assert.Empty(quality.Findings);
        var figures = quality.Figures;
        Assert.Equal(6, figures.Courses);
        Assert.True(figures.Lessons >= 40 && figures.Drawings >= 30, $"{figures.Lessons} lessons, {figures.Drawings} drawings");
        var bank = figures.ItemsByDomain.Values.Sum();
        Assert.True(bank >= 400, $"{bank} items");
        var weights = new Dictionary<string, int> { ["depth"] = 25, ["hygiene"] = 20, ["contraindications"] = 20, ["mechanism"] = 10, ["aftercare"] = 15, ["law"] = 10 };
        Assert.All(weights, weight => Assert.InRange(100.0 * figures.ItemsByDomain[weight.Key] / bank, weight.Value - 1, weight.Value + 1));
        Assert.True(figures.ApplicationPercent >= 60);
    }

    private static string Words(int number) => string.Join(' ', Enumerable.Range(0, 8).Select(word => $"w{number * 31 % 97}x{word}{number}"));

    private static string Bank(params (string Stem, string Key, string One, string Two, string Three)[] items) => Bank(items, "application");

    // Enough items for the sample's check and exam: those given, and others that have nothing in common.
    private static string Bank((string Stem, string Key, string One, string Two, string Three)[] items, string level) =>
        "domain: washing\nitems:\n"
        + string.Concat(items.Select((item, number) => Item($"washing-{number:000}", "exam", level, item)))
        + string.Concat(Enumerable.Range(0, items.Length < 20 ? 20 : 0).Select(number => Item($"washing-e{number:000}", "exam", level, Filler(number))))
        + string.Concat(Enumerable.Range(100, 5).Select(number => Item($"washing-c{number:000}", "check", level, Filler(number))));

    private static (string, string, string, string, string) Filler(int number) =>
        ($"Stem {Words(number)}?", $"a{Words(number)}", $"b{Words(number)}", $"c{Words(number)}", $"d{Words(number)}");

    private static string Item(string code, string use, string level, (string Stem, string Key, string One, string Two, string Three) item) => $"""
          - code: {code}
            use: {use}
            level: {level}
            objective: "Wash"
            stem: "{item.Stem}"
            options:
              - {"{"}text: "{item.Key}", correct: true, why: "Yes."{"}"}
              - {"{"}text: "{item.One}", why: "No."{"}"}
              - {"{"}text: "{item.Two}", why: "No."{"}"}
              - {"{"}text: "{item.Three}", why: "No."{"}"}
            sources: [S1]

        """;
}
