using System.Globalization;
using System.Xml.Linq;

namespace TrainingPortal.Credentials.Images;

/// <summary>
/// The badge as a drawing with its words. Nothing is loaded from elsewhere, and equal words give equal text. It names no
/// person: a badge is shown to more people than a certificate.
/// </summary>
public static class BadgeSvg
{
    private const string Letters = "Georgia, 'Noto Serif', 'Liberation Serif', 'DejaVu Serif', serif";

    // Words of a title are broken into lines by their letters, since the font that will show them is not known.
    private const int LineLength = 26;
    private const double LineHeight = 42;

    internal static XNamespace Svg { get; } = "http://www.w3.org/2000/svg";

    /// <param name="title">Title of the certification.</param>
    /// <param name="level">Level in words; may be empty.</param>
    /// <param name="issuer">Name of the portal or school that issues the certificate.</param>
    public static string Draw(string title, string level, string issuer)
    {
        var lines = Lines(title);
        var below = BadgeMotif.Side + 10 + lines.Count * LineHeight;
        var root = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {BadgeMotif.Side} {below + 90}")),
            new XAttribute("role", "img"),
            new XElement(Svg + "title", string.Join(" · ", new[] { title, level, issuer }.Where(words => words.Length > 0))),
            BadgeMotif.Strokes.Select(Shape),
            lines.Select((line, number) => Text(line, BadgeMotif.Side + 30 + number * LineHeight, 36, BadgeMotif.Ink)),
            level.Length == 0 ? null : Text(level, below + 20, 26, BadgeMotif.Clay),
            Text(issuer, below + 62, 24, BadgeMotif.Teal));
        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Shape(BadgeStroke stroke) => stroke.FromX == stroke.ToX && stroke.FromY == stroke.ToY
        ? new XElement(
            Svg + "circle",
            new XAttribute("cx", Number(stroke.FromX)),
            new XAttribute("cy", Number(stroke.FromY)),
            new XAttribute("r", Number(stroke.Radius)),
            new XAttribute("fill", stroke.Colour))
        : new XElement(
            Svg + "path",
            new XAttribute("d", $"M{Number(stroke.FromX)} {Number(stroke.FromY)}L{Number(stroke.ToX)} {Number(stroke.ToY)}"),
            new XAttribute("stroke", stroke.Colour),
            new XAttribute("stroke-width", Number(stroke.Radius * 2)),
            new XAttribute("stroke-linecap", "round"));

    private static XElement Text(string words, double y, double size, string colour) => new(
        Svg + "text",
        new XAttribute("x", BadgeMotif.Side / 2),
        new XAttribute("y", Number(y)),
        new XAttribute("text-anchor", "middle"),
        new XAttribute("font-family", Letters),
        new XAttribute("font-size", Number(size)),
        new XAttribute("fill", colour),
        words);

    private static List<string> Lines(string title)
    {
        var lines = new List<string> { "" };
        foreach (var word in title.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length == 0)
                lines[^1] = word;
            else if (lines[^1].Length + 1 + word.Length <= LineLength)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        }

        return lines;
    }

    private static string Number(double value) =>
        Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);
}
