using System.Globalization;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.CourseFiles;

/// <summary>
/// The example of <c>courses/README.md</c> in a folder of its own, made of the README's own blocks, so that the format's
/// description is tested with the reader. Only what the example leaves out is added here: more items and the figure.
/// </summary>
internal sealed class SampleCourse : IDisposable
{
    public const string Course = "hand-care/course.yaml";
    public const string Lesson = "hand-care/01-washing/01-why.md";
    public const string Figure = "hand-care/01-washing/washing-steps.svg";
    public const string Questions = "hand-care/questions/washing.yaml";
    public const string Quizzes = "hand-care/quizzes.yaml";
    public const string Practical = "practicals/washing-hands.yaml";
    public const string Programme = "programs/hand-care.yaml";
    public const string Sources = "protocols/sources.yaml";
    public const string Skin = "protocols/skin.yaml";

    private const int ExamItems = 20;
    private const int AllItems = 25;

    public SampleCourse()
    {
        Write(Sources, Block("`protocols/sources.yaml`"));
        Write(Skin, Block("`protocols/skin.yaml`"));
        Write(Course, Block("`course.yaml`"));
        Write(Lesson, Block("A lesson: `01-washing/01-why.md`"));
        Write(Questions, Bank(Block("`questions/<domain>.yaml`")));
        Write(Quizzes, Block("`quizzes.yaml`"));
        Write(Practical, Block("`practicals/<slug>.yaml`"));
        Write(Programme, Block("`programs/<slug>.yaml`"));
        Write(Figure, """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 120" role="img">
            <title>Steps of washing hands</title>
            <style>
            text{font-size:14px;fill:#222}
            @media (prefers-color-scheme:dark){text{fill:#eee}}
            </style>
            <path id="drop" d="M10 10h20" fill="url(#wet)"/>
            <text x="8" y="40">Wet, soap, rub, rinse, dry</text>
            </svg>

            """);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("sample-course-").FullName;

    public string Text(string path) => File.ReadAllText(Full(path));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }

    public void WriteBytes(string path, byte[] bytes) => File.WriteAllBytes(Full(path), bytes);

    public void Delete(string path) => File.Delete(Full(path));

    public void Move(string path, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(to))!);
        File.Move(Full(path), Full(to));
    }

    /// <summary>Replaces the first place where a text stands, and gives its line.</summary>
    public int Replace(string path, string text, string replacement)
    {
        var before = Text(path);
        var place = before.IndexOf(text, StringComparison.Ordinal);
        Assert.True(place >= 0, $"{path} has no '{text}'; has the example in courses/README.md changed?");
        Write(path, before[..place] + replacement + before[(place + text.Length)..]);
        return 1 + before[..place].Count(letter => letter == '\n');
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Full(string path) => Path.Combine(Folder, path);

    private static string Block(string heading)
    {
        var readme = File.ReadAllText(RepositoryFolder.Path("courses", "README.md")).ReplaceLineEndings("\n");
        var section = readme.Split("\n## ").Single(part => part.StartsWith(heading + '\n', StringComparison.Ordinal));
        var start = section.IndexOf('\n', section.IndexOf("```", StringComparison.Ordinal)) + 1;
        return section[start..section.IndexOf("```", start, StringComparison.Ordinal)];
    }

    // The README shows one item; its blueprints draw more.
    private static string Bank(string example)
    {
        var start = example.IndexOf("  - code:", StringComparison.Ordinal);
        var item = example[start..];
        var others = Enumerable.Range(2, AllItems - 1).Select(number => item
            .Replace("washing-001", string.Create(CultureInfo.InvariantCulture, $"washing-{number:000}"), StringComparison.Ordinal)
            .Replace("use: exam", number > ExamItems ? "use: check" : "use: exam", StringComparison.Ordinal));
        return example[..start] + item + string.Concat(others);
    }
}
