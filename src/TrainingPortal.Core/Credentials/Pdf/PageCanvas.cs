using System.Globalization;
using System.Text;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>
/// Draws on one page. Lengths are points (1/72 inch) from the lower left corner; colours are written <c>#rrggbb</c>.
/// </summary>
internal sealed class PageCanvas(DocumentTags tags)
{
    private readonly StringBuilder _content = new();
    private readonly OrderedDictionary<TrueTypeFont, EmbeddedFont> _fonts = [];

    /// <summary>The fonts used so far, in order of first use.</summary>
    public IEnumerable<EmbeddedFont> Fonts => _fonts.Values;

    public byte[] ToBytes() => Encoding.ASCII.GetBytes(_content.ToString());

    /// <summary>What is drawn is ornament: screen readers pass over it.</summary>
    public void Ornament(Action draw) => Marked("/Artifact BMC", draw);

    /// <param name="type">Standard type of the text, such as <c>H1</c> or <c>P</c>.</param>
    /// <param name="draw">Draws the text.</param>
    public void Paragraph(string type, Action draw) => Marked(tags.AddText(type), type, draw);

    public void Figure(string description, PageArea area, Action draw) =>
        Marked(tags.AddFigure(description, area), "Figure", draw);

    public void Link(string description, string address, PageArea area, Action draw) =>
        Marked(tags.AddLink(description, new DocumentTags.LinkTarget(address, area)), "Link", draw);

    /// <param name="rectangles">Left, bottom, width and height of each, in points.</param>
    /// <param name="colour">Colour of the fill.</param>
    public void FillRectangles(IEnumerable<(double Left, double Bottom, double Width, double Height)> rectangles, string colour)
    {
        Append(Colour(colour) + " rg");
        foreach (var (left, bottom, width, height) in rectangles)
            Append(PdfSyntax.Numbers(left, bottom, width, height) + " re");
        Append("f");
    }

    public void StrokeRectangle(PageArea area, double lineWidth, string colour)
    {
        Append($"{Colour(colour)} RG {PdfSyntax.Number(lineWidth)} w");
        Append(PdfSyntax.Numbers(area.Left, area.Bottom, area.Right - area.Left, area.Top - area.Bottom) + " re S");
    }

    /// <param name="centres">Middle of each dot, in points.</param>
    /// <param name="radius">Radius of each dot, in points.</param>
    /// <param name="colour">Colour of the dots.</param>
    public void FillDots(IEnumerable<(double X, double Y)> centres, double radius, string colour)
    {
        // A round cap at both ends of a line too short to see makes a dot, in a fifth of the bytes that curves take.
        const double tooShortToSee = 0.01;
        Append($"q 1 J {Colour(colour)} RG {PdfSyntax.Number(radius * 2)} w");
        foreach (var (x, y) in centres)
            Append($"{PdfSyntax.Numbers(x, y)} m {PdfSyntax.Numbers(x + tooShortToSee, y)} l");
        Append("S Q");
    }

    /// <summary>Draws one line of text from its left end on its baseline.</summary>
    public void Text(TrueTypeFont font, double size, double letterSpacing, string colour, double left, double baseline, string text)
    {
        if (!_fonts.TryGetValue(font, out var embedded))
        {
            embedded = new EmbeddedFont(font, string.Create(CultureInfo.InvariantCulture, $"F{_fonts.Count + 1}"));
            _fonts.Add(font, embedded);
        }

        Append($"BT {Colour(colour)} rg /{embedded.ResourceName} {PdfSyntax.Number(size)} Tf {PdfSyntax.Number(letterSpacing)} Tc");
        Append($"{PdfSyntax.Numbers(left, baseline)} Td {embedded.Encode(text)} TJ ET");
    }

    private void Marked(int number, string type, Action draw) =>
        Marked(string.Create(CultureInfo.InvariantCulture, $"/{type} << /MCID {number} >> BDC"), draw);

    private void Marked(string begin, Action draw)
    {
        Append(begin);
        draw();
        Append("EMC");
    }

    private void Append(string line) => _content.Append(line).Append('\n');

    private static string Colour(string colour) => PdfSyntax.Numbers(
        Convert.ToInt32(colour[1..3], 16) / 255.0,
        Convert.ToInt32(colour[3..5], 16) / 255.0,
        Convert.ToInt32(colour[5..7], 16) / 255.0);
}
