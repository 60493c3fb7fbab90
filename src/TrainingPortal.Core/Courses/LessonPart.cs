using System.Text.RegularExpressions;

namespace TrainingPortal.Courses;

public enum LessonPartKind
{
    Html,
    DepthSimulator,
    Case,
}

/// <summary>A stretch of a lesson's page: HTML, or something that is drawn there.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The HTML, or the name of the case, or nothing.</param>
public sealed partial record LessonPart(LessonPartKind Kind, string Text)
{
    /// <summary>
    /// What stands in a lesson's HTML where something is drawn: a comment, which no author can write, since HTML in a
    /// lesson is a fault and is escaped.
    /// </summary>
    public static string Mark(LessonPartKind kind, string name) => $"<!--{kind}:{name}-->";

    /// <summary>The lesson's HTML, taken apart at its marks.</summary>
    public static IReadOnlyList<LessonPart> Of(string html)
    {
        var parts = new List<LessonPart>();
        var from = 0;
        foreach (Match match in MarkPattern().Matches(html))
        {
            Add(html[from..match.Index]);
            parts.Add(new LessonPart(Enum.Parse<LessonPartKind>(match.Groups[1].ValueSpan), match.Groups[2].Value));
            from = match.Index + match.Length;
        }

        Add(html[from..]);
        return parts;

        void Add(string part)
        {
            if (!string.IsNullOrWhiteSpace(part))
            {
                parts.Add(new LessonPart(LessonPartKind.Html, part.Trim()));
            }
        }
    }

    [GeneratedRegex("<!--(DepthSimulator|Case):([a-z0-9-]*)-->", RegexOptions.CultureInvariant)]
    private static partial Regex MarkPattern();
}
