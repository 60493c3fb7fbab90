using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary>A lesson: keys between two lines of hyphens, then Markdown.</summary>
internal static class LessonFile
{
    private const string Fence = "---";
    private const int MostMinutes = 600;

    /// <summary>Null, and a fault, where it cannot be told where the text begins.</summary>
    public static LessonEntry? Read(CourseFileSet files, string path, FaultList faults)
    {
        if (files.Text(path, faults) is not { } text)
        {
            return null;
        }

        var lines = text.Split('\n');
        var close = Array.FindIndex(lines, 1, line => line.TrimEnd() == Fence);
        if (lines[0].TrimEnd() != Fence || close < 0)
        {
            faults.Add(path, $"A lesson starts with a line {Fence}, then title, minutes and sources, then a line {Fence}.");
            return null;
        }

        var parts = path.Split('/');
        var (course, folder) = (parts[0], parts[1]);
        var slug = Path.GetFileNameWithoutExtension(parts[2]);
        slug = FolderLayout.IsNumberedName(slug) ? slug[3..] : slug;

        // The body keeps the lines of the keys as empty ones, so that Markdig counts lines as the file does.
        var body = new string('\n', close + 1) + string.Join('\n', lines[(close + 1)..]);
        var rendered = new LessonMarkdown(body, path, faults).Render($"/courses/{course}/figures/{folder}/");
        var fields = YamlTree.Read(string.Join('\n', lines[1..close]), path, faults, firstLine: 2);
        var lesson = new LessonEntry(
            new FilePlace(path, 1),
            slug,
            fields?.Text("title", TextLimits.Title) ?? "",
            fields?.WholeNumber("minutes", 1, MostMinutes) ?? 0,
            fields is null ? [] : SourceCodes.Read(fields, faults),
            rendered.Html,
            [.. rendered.Figures.Select(figure => figure.Text)]);
        fields?.End();
        if (string.IsNullOrWhiteSpace(body))
        {
            faults.Add(new FilePlace(path, close + 1), Invariant($"The lesson has no text after line {close + 1}."));
        }

        foreach (var figure in rendered.Figures.Where(figure => !files.Has($"{course}/{folder}/{figure.Text}")))
        {
            faults.Add(figure.Place, $"The figure {figure.Text} does not lie beside the lesson, in {course}/{folder}/.");
        }

        return lesson;
    }
}
