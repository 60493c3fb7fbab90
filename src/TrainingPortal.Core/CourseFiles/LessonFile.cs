using TrainingPortal.Protocols;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary>A lesson: keys between two lines of hyphens, then Markdown.</summary>
internal static class LessonFile
{
    private const string Fence = "---";
    private const int MostMinutes = 600;

    /// <summary>Null, and a fault, where it cannot be told where the text begins.</summary>
    public static LessonEntry? Read(CourseFileSet files, string path, ProtocolBook book, ProtocolReferences references, FaultList faults)
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
        body = references.Fill(body, path, firstLine: 1, faults);
        var rendered = new LessonMarkdown(body, path, faults).Render($"/courses/{course}/figures/{folder}/", book.Glossary);
        var fields = YamlTree.Read(string.Join('\n', lines[1..close]), path, faults, firstLine: 2);
        var lesson = new LessonEntry(
            new FilePlace(path, 1),
            slug,
            fields?.Text("title", TextLimits.Title) ?? "",
            fields?.WholeNumber("minutes", 1, MostMinutes) ?? 0,
            fields?.Day("verified") ?? default,
            fields is null ? [] : SourceCodes.Read(fields, faults),
            rendered.Html,
            rendered.Embeds,
            [.. rendered.Figures.Select(figure => figure.Text)],
            rendered.Statements);
        fields?.End();
        if (fields is not null)
        {
            NameUncited(lesson, faults);
        }

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

    /// <summary>What the text cites stands at its foot, or the citation would lead nowhere.</summary>
    private static void NameUncited(LessonEntry lesson, FaultList faults)
    {
        var foot = lesson.Sources.Select(source => source.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var statement in lesson.Statements)
        {
            foreach (var code in statement.Cited.Where(code => !foot.Contains(code)))
            {
                faults.Add(statement.Place, $"The text cites {code}, and 'sources' at the top does not have it.");
            }
        }
    }
}
