using TrainingPortal.CourseFiles;

namespace TrainingPortal.Tests.CourseFiles;

/// <summary>One slip in one file: one fault, on its line, in words that say what to do.</summary>
public class FaultTests
{
    // File, text, what is written instead, lines from there to the fault, part of the message.
    public static readonly TheoryData<string, string, string, int, string> Slips = new()
    {
        // course.yaml
        { SampleCourse.Course, "hours: 1", "hours: one", 0, "'hours' must be a number such as 0.5, and here is 'one'" },
        { SampleCourse.Course, "hours: 1", "hours: 0", 0, "must be greater than 0" },
        { SampleCourse.Course, "hours: 1", "hours: 0.125", 0, "2 decimals at most" },
        { SampleCourse.Course, "hours: 1", "hours:", 0, "and there is nothing" },
        { SampleCourse.Course, "hours: 1", "hours: 1\nlevel: 2", 1, "The key 'level' is unknown here; expected are title, summary" },
        { SampleCourse.Course, "hours: 1", "hours: 1\nhours: 2", 1, "given a second time; line 3 has the first" },
        { SampleCourse.Course, "hours: 1\n", "", -2, "The key 'hours' is missing" },
        { SampleCourse.Course, "hours: 1", "hours: &h 1", 0, "An '&' or '!'" },
        { SampleCourse.Course, "hours: 1", "hours: *h", 0, "A '*' at the start" },
        { SampleCourse.Course, "hours: 1", "hours: 1\n---\ntitle: x", 1, "A second document" },
        { SampleCourse.Course, "\"Hand care: first steps\"", "Hand care: first steps", 0, "not valid YAML" },
        { SampleCourse.Course, "\"Hand care: first steps\"", "\"\"", 0, "'title' is empty" },
        { SampleCourse.Course, "\"Hand care: first steps\"", "\n  first: steps", 0, "goes in quotes" },
        { SampleCourse.Course, "Hand care: first steps", new string('x', 201), 0, "has 201 letters; 200 are the most" },
        { SampleCourse.Course, "\n  - Wash hands as the course teaches", " Wash hands", 0, "'objectives' must be a list" },
        { SampleCourse.Course, "\n  - Wash hands as the course teaches", " []", 0, "at least one entry" },
        { SampleCourse.Course, "Wash hands as the course teaches", "Wash: hands", 0, "must be a text" },
        { SampleCourse.Course, "modules:\n", "modules:\n  - 01-washing\n", 1, "must be keys with values" },

        // A lesson
        { SampleCourse.Lesson, "minutes: 5", "minutes: 0", 0, "must be from 1 to 600" },
        { SampleCourse.Lesson, "minutes: 5", "minutes: \"5\"", 0, "must be a whole number" },
        { SampleCourse.Lesson, "minutes: 5", "minutes: 5\nlevel: 2", 1, "'level' is unknown" },
        { SampleCourse.Lesson, "title: Why hands are washed\n", "", 0, "'title' is missing" },
        { SampleCourse.Lesson, "title: Why hands are washed", "title: Why: hands", 0, "not valid YAML" },
        { SampleCourse.Lesson, "[S1, S2]", "[S1, S9]", 0, "S9 is not in protocols/sources.yaml" },
        { SampleCourse.Lesson, "[S1, S2]", "[S1, S1]", 0, "cited twice" },
        { SampleCourse.Lesson, "Plain Markdown:", "<b>Plain</b> Markdown:", 0, "HTML is not allowed" },
        { SampleCourse.Lesson, "Plain Markdown:", "<!-- to do -->\n\nPlain Markdown:", 0, "HTML is not allowed" },
        { SampleCourse.Lesson, "HTML is not", "Text\n<i>with</i>\nHTML is not", 1, "HTML is not allowed" },
        { SampleCourse.Lesson, "Plain Markdown:", "# Why\n\nPlain Markdown:", 0, "start headings in a lesson with ##" },
        { SampleCourse.Lesson, "Plain Markdown:", "Why\n===\n\nPlain Markdown:", 0, "start headings in a lesson with ##" },
        { SampleCourse.Lesson, "Plain Markdown:", "[x](http://example.org) Markdown:", 0, "The link 'http://example.org'" },
        { SampleCourse.Lesson, "HTML is not", "text\n[x](//example.org)\nHTML is not", 1, "The link '//example.org'" },
        { SampleCourse.Lesson, "Plain Markdown:", "[x](javascript:alert(1)) Markdown:", 0, "The link 'javascript:alert(1)'" },
        { SampleCourse.Lesson, "Plain Markdown:", "[x](#steps) Markdown:", 0, "The link '#steps'" },
        { SampleCourse.Lesson, "Plain Markdown:", "<someone@example.org> Markdown:", 0, "The link" },
        { SampleCourse.Lesson, "![What a reader", "Look: ![What a reader", 0, "stands alone" },
        { SampleCourse.Lesson, "![What a reader", "Text\n\n- ![x](washing-steps.svg \"In a list\")\n\n![What a reader", 2, "stands alone" },
        { SampleCourse.Lesson, "What a reader who cannot see the figure needs to know, in full sentences", "", 0, "no text alternative" },
        { SampleCourse.Lesson, " \"The caption, one sentence\"", "", 0, "no caption" },
        { SampleCourse.Lesson, "[[depth-simulator]]", "[[depth-simulator]]\n\n[[depth-simulator]]", 2, "a second time" },
        { SampleCourse.Lesson, "[[depth-simulator]]", "See [[depth-simulator]]", 0, "Double brackets" },
        { SampleCourse.Lesson, "[[depth-simulator]]", "[[depth-simulater]]", 0, "Double brackets" },
        { SampleCourse.Lesson, "[[depth-simulator]]", "[[case: wet]]", 0, "The case 'wet' is missing" },
        { SampleCourse.Lesson, "Plain Markdown:", "Plain [S7] Markdown:", 0, "cites S7, and 'sources' at the top does not have it" },
        { SampleCourse.Lesson, "Plain Markdown:", "At {{depth.brow.any}}, plain Markdown:", 0, "No protocol has 'depth.brow.any'" },
        { SampleCourse.Lesson, "verified: 2026-11-22", "verified: soon", 0, "must be a day such as 2026-05-19" },
        { SampleCourse.Lesson, "---\n", "", 0, "A lesson starts with a line ---" },

        // A figure
        { SampleCourse.Figure, "<path", "<script>1</script>\n<path", 0, "<script> is not allowed" },
        { SampleCourse.Figure, "<path", "<foreignObject/>\n<path", 0, "<foreignObject> is not allowed" },
        { SampleCourse.Figure, "<path", "<image width=\"1\"/>\n<path", 0, "<image> is not allowed" },
        { SampleCourse.Figure, "<path", "<set attributeName=\"x\"/>\n<path", 0, "<set> is not allowed" },
        { SampleCourse.Figure, "<path", "<p xmlns=\"http://www.w3.org/1999/xhtml\"/>\n<path", 0, "<p> is no element of SVG" },
        { SampleCourse.Figure, "<path", "<path onclick=\"run()\"", 0, "'onclick' is not allowed" },
        { SampleCourse.Figure, "<path", "<use href=\"https://example.org/x.svg#a\"/>\n<path", 0, "'href' leads to 'https://example.org/x.svg#a'" },
        { SampleCourse.Figure, "<path", "<use xmlns:l=\"http://www.w3.org/1999/xlink\" l:href=\"data:text/html,x\"/>\n<path", 0, "'l:href' leads to" },
        { SampleCourse.Figure, "<path", "<g xml:base=\"https://example.org/\"/>\n<path", 0, "'xml:base'" },
        { SampleCourse.Figure, "url(#wet)", "url(https://example.org/x)", 0, "'url(https://example.org/x' is not allowed" },
        { SampleCourse.Figure, "text{font-size", "@import 'x.css';\ntext{font-size", 0, "'@import' is not allowed" },
        { SampleCourse.Figure, "text{font-size", "text{font-size:1px}\nrect{fill:\\75rl(x)}\ntext{font-size", 1, "'\\' is not allowed" },
        { SampleCourse.Figure, "text{font-size", "@im<!-- -->\ntext{font-size", 0, "in one piece" },
        { SampleCourse.Figure, "text{font-size", "@im<g/>port 'x';\ntext{font-size", 0, "in one piece" },
        { SampleCourse.Figure, "text{font-size", "@im<![CDATA[port 'x';]]>\ntext{font-size", 0, "in one piece" },
        { SampleCourse.Figure, " viewBox=\"0 0 360 120\"", "", 0, "needs a viewBox" },
        { SampleCourse.Figure, "0 0 360 120", "0 0 360 0", 0, "needs a viewBox" },
        { SampleCourse.Figure, "<title>Steps of washing hands</title>", "<title> </title>", -1, "no <title>" },
        { SampleCourse.Figure, "<svg", "<!DOCTYPE svg>\n<svg", 0, "take the line with <!DOCTYPE> away" },
        { SampleCourse.Figure, "<svg", "<?xml-stylesheet href=\"x.css\"?>\n<svg", 0, "<?xml-stylesheet?> is not allowed" },
        { SampleCourse.Figure, "</text>", "</txt>", 0, "not well-formed XML" },

        // questions/washing.yaml
        { SampleCourse.Questions, "      - text: A tempting wrong answer.\n        why: Why it is wrong.\n      - text: Another.\n        why: Why it is wrong.\n      - text: A third.\n        why: Why it is wrong.\n", "", -4, "has 1 options; 2 to 8 are expected" },
        { SampleCourse.Questions, "        correct: true\n", "", -2, "0 options are marked" },
        { SampleCourse.Questions, "use: exam", "use: exam\n    module: 01-washing", 1, "Only an item of a knowledge check names its module" },
        { SampleCourse.Questions, "The question, with", "Wait {{wait.soap}}, with", 0, "No protocol has 'wait.soap'" },
        { SampleCourse.Questions, "text: Another.", "text: A tempting wrong answer.", 0, "is taken already, at hand-care/questions/washing.yaml:" },
        { SampleCourse.Questions, "        why: Why it is right.\n", "", -2, "'why' is missing" },
        { SampleCourse.Questions, "level: application", "level: analysis", 0, "'level' must be recall or application, and here is 'analysis'" },
        { SampleCourse.Questions, "use: exam", "use: final", 0, "'use' must be exam or check" },
        { SampleCourse.Questions, "critical: true", "critical: yes", 0, "'critical' must be true or false" },
        { SampleCourse.Questions, "code: washing-002", "code: washing-001", 0, "The item code 'washing-001' is taken already, at hand-care/questions/washing.yaml:3" },
        { SampleCourse.Questions, "code: washing-002", "code: Washing 2", 0, "'Washing 2' is no name" },
        { SampleCourse.Questions, "jurisdiction: US-UT", "jurisdiction: Utah", 0, "'Utah' is no jurisdiction" },
        { SampleCourse.Questions, "sources: [S1]", "sources: [S404]", 0, "S404 is not in" },
        { SampleCourse.Questions, "stem: The question, with all it takes to answer it.", "stem: ~", 0, "'stem' is empty" },

        // quizzes.yaml
        { SampleCourse.Quizzes, "pass: 80", "pass: 101", 0, "must be from 1 to 100" },
        { SampleCourse.Quizzes, "gate: 70", "gate: 0", 0, "must be from 1 to 100" },
        { SampleCourse.Quizzes, "    minutes: 30\n", "", -3, "An exam is timed" },
        { SampleCourse.Quizzes, "    module: 01-washing\n", "", -3, "A knowledge check closes a module" },
        { SampleCourse.Quizzes, "    module: 01-washing\n", "    module: 01-washing\n    minutes: 5\n", 1, "has no time limit" },
        { SampleCourse.Quizzes, "    module: 01-washing\n", "    module: 01-washing\n    attempts: {wait-hours: 1}\n", 1, "any number of times" },
        { SampleCourse.Quizzes, "    minutes: 30\n", "    minutes: 30\n    module: 01-washing\n", 1, "An exam belongs to no module" },
        { SampleCourse.Quizzes, "module: 01-washing", "module: 02-drying", 0, "no module '02-drying'; its modules are 01-washing" },
        { SampleCourse.Quizzes, "{domain: washing, items: 5}", "{domain: drying, items: 5}", 0, "no domain 'drying'; its domains are washing" },
        { SampleCourse.Quizzes, "items: 5", "items: 6", 0, "asks for 6 items of 'washing', and 5 are there with 'use: check'" },
        { SampleCourse.Quizzes, "items: 20", "items: 21", 0, "asks for 21 items of 'washing', and 20 are there with 'use: exam'" },
        { SampleCourse.Quizzes, "{domain: washing, items: 5}", "{domain: washing, items: 5, gate: 70}", 0, "Only an exam has gates" },
        { SampleCourse.Quizzes, "- {domain: washing, items: 5}", "- {domain: washing, items: 2}\n      - {domain: washing, items: 2}", 1, "In this blueprint the domain 'washing' is taken already" },
        { SampleCourse.Quizzes, "in-days: 30, ", "", 0, "'most' and 'in-days' go together" },
        { SampleCourse.Quizzes, "slug: washing-check", "slug: hand-care-exam", 7, "The quiz slug 'hand-care-exam' is taken already" },
        { SampleCourse.Quizzes, "kind: check", "kind: test", 0, "'kind' must be check or exam or practice, and here is 'test'" },

        { SampleCourse.Quizzes, "    pass: 80                     # per cent\n", "    pass: 80\n    kept-up: {sets-a-week: 2, weeks-percent: 80, items-percent: 50}\n", 1, "Only an exam is shorter" },
        { SampleCourse.Quizzes, "weeks-percent: 80", "weeks-percent: 101", 0, "must be from 1 to 100" },
        { SampleCourse.Quizzes, "items-percent: 50", "items-percent: 100", 0, "must be from 1 to 99" },
        { SampleCourse.Quizzes, "sets-a-week: 2, ", "", 0, "'sets-a-week' is missing" },
        { SampleCourse.Quizzes, "    questions: 8\n", "", -3, "needs its number of questions" },
        { SampleCourse.Quizzes, "    questions: 8\n", "    questions: 8\n    pass: 80\n", 1, "take 'pass' away" },
        { SampleCourse.Quizzes, "    questions: 8\n", "    questions: 8\n    minutes: 10\n", 1, "take 'minutes' away" },
        { SampleCourse.Quizzes, "    questions: 8\n", "    questions: 8\n    kept-up: {sets-a-week: 2, weeks-percent: 80, items-percent: 50}\n", 1, "take 'kept-up' away" },

        // practicals/
        { SampleCourse.Practical, "course: hand-care", "course: hand-cure", 0, "There is no course 'hand-cure'" },
        { SampleCourse.Practical, "sources: [S1]", "sources: [S9]", 0, "S9 is not in protocols/sources.yaml" },
        { SampleCourse.Practical, "pass-percent: 80", "pass-percent: 101", 0, "must be from 0 to 100" },
        { SampleCourse.Practical, "minutes: 10", "minutes: 0", 0, "must be from 1 to 480" },
        { SampleCourse.Practical, "twice-percent: 20", "twice-percent: some", 0, "must be a whole number" },
        { SampleCourse.Practical, "code: dries", "code: wets-hands", 0, "In this practical the step 'wets-hands' is taken already" },
        { SampleCourse.Practical, "code: dries", "code: Dries it", 0, "is no name" },
        { SampleCourse.Practical, "critical: true", "critical: yes", 0, "must be true or false" },
        { SampleCourse.Practical, "critical: true", "weight: 2", 0, "The key 'weight' is unknown" },
        { SampleCourse.Practical, "Wets both hands before the soap.", "Rubs for {{figure.no-such}}.", 0, "No protocol has 'figure.no-such'" },

        // programs/
        { SampleCourse.Programme, "exam: hand-care-exam", "exam: foot-care-exam", 0, "no exam 'foot-care-exam'" },
        { SampleCourse.Programme, "[hand-care]", "[hand-care, foot-care]", 0, "There is no course 'foot-care'" },
        { SampleCourse.Programme, "{course: hand-care,", "{course: foot-care,", 0, "'foot-care' of this part is not among 'courses'" },
        { SampleCourse.Programme, "exam: hand-care-exam", "exam: washing-check", 0, "'washing-check' is a knowledge check" },
        { SampleCourse.Programme, "exam: hand-care-exam", "exams: [hand-care-exam, foot-care-exam]", 0, "no exam 'foot-care-exam'" },
        { SampleCourse.Programme, "exam: hand-care-exam", "exams: [hand-care-exam, hand-care-exam]", 0, "In this programme the exam 'hand-care-exam' is taken already" },
        { SampleCourse.Programme, "exam: hand-care-exam", "exams: []", 0, "'exams' is an empty list" },
        { SampleCourse.Programme, "exam: hand-care-exam", "exams:\n  - {exam: hand-care-exam, months: 12}", 1, "The key 'name' is missing" },
        { SampleCourse.Programme, "exam: hand-care-exam", "exams:\n  - {exam: hand-care-exam, name: Theory, months: 0}", 1, "must be from 1 to 120" },
        { SampleCourse.Programme, "exam: hand-care-exam", "exam: hand-care-exam\nexams: [hand-care-exam]", 0, "'exam' is the short form of 'exams'" },
        { SampleCourse.Programme, "exam: hand-care-exam", "exam: hand-care-exam\npracticals: [pad]", 1, "There is no practical 'pad'" },
        { SampleCourse.Programme, "[hand-care]", "[{course: hand-care, name: Hands, months: 6}]", 8, "A part has one validity of its own, and the part 'hand-care' is taken already" },
        { SampleCourse.Programme, "[90, 30, 7, 0]", "[90, 30, 30, 0]", 0, "The reminder 30 is in the list twice" },
        { SampleCourse.Programme, "[90, 30, 7, 0]", "[90, -1]", 0, "is -1; it must be from 0" },
        { SampleCourse.Programme, "America/Denver", "America/Denvre", 0, "no time zone" },
        { SampleCourse.Programme, "America/Denver", "Mountain Standard Time", 0, "an IANA name such as" },
        { SampleCourse.Programme, "greatest-depth-mm: 0.5", "greatest-depth-mm: half", 0, "'greatest-depth-mm' must be a number such as 0.5" },
        { SampleCourse.Programme, "validity-months: 24", "validity-months: 0", 0, "must be from 1 to 120" },
        { SampleCourse.Programme, "expiry: {rule: fixed-day, day: 12-31, least-months: 6}", "expiry: {rule: fixed-day}", 0, "needs the 'day'" },
        { SampleCourse.Programme, "expiry: {rule: fixed-day, day: 12-31, least-months: 6}", "expiry: {rule: fixed-day, day: 02-29}", 0, "needs the 'day'" },
        { SampleCourse.Programme, "expiry: {rule: fixed-day, day: 12-31, least-months: 6}", "expiry: {rule: fixed-day, day: 31-12}", 0, "needs the 'day'" },
        { SampleCourse.Programme, "expiry: {rule: fixed-day, day: 12-31, least-months: 6}", "expiry: {rule: completion, least-months: 6}", 0, "belong to the rule fixed-day" },
        { SampleCourse.Programme, "expiry: {rule: fixed-day, day: 12-31, least-months: 6}", "expiry: {rule: sometime}", 0, "must be completion or old-expiry or fixed-day" },

        // protocols/
        { SampleCourse.Sources, "kind: primary", "kind: first", 0, "must be primary or secondary or vendor or trade" },
        { SampleCourse.Sources, "  - code: S2", "  - code: s1\n    title: x\n    kind: trade\n  - code: S2", 0, "The source code 's1' is taken already" },
        { SampleCourse.Skin, "teach-mm", "# teach-mm", 1, "needs 'teach-mm'" },
        { SampleCourse.Skin, "treat: true", "treat: false", -1, "has no 'teach-mm'" },
        { SampleCourse.Skin, "{from: 0.25, to: 0.5}", "{from: 0.75, to: 0.5}", 0, "'from' must not be greater than 'to'" },
        { SampleCourse.Skin, "from: 0.86", "from: 0.8605", 0, "3 decimals at most" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_slip_is_named_with_its_file_and_line(string file, string text, string instead, int linesBelow, string message)
    {
        using var sample = new SampleCourse();
        var line = sample.Replace(file, text, instead) + linesBelow;

        var read = CourseFolder.Read(sample.Folder);

        Assert.False(read.Succeeded);
        var fault = Assert.Single(read.Faults);
        Assert.StartsWith($"{file}:{line}: ", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
    }
}
