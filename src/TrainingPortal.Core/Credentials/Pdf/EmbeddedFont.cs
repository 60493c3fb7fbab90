using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>
/// One font as one document uses it. Each letter gets a number when it is first used, and each number stands for one
/// letter only, so that text copied out of the file is the text that went in even where a font shares a glyph.
/// </summary>
internal sealed class EmbeddedFont(TrueTypeFont font, string resourceName)
{
    private readonly List<Rune> _letters = [];
    private readonly Dictionary<Rune, int> _numberByLetter = [];

    /// <summary>Name by which the page's content calls the font.</summary>
    public string ResourceName { get; } = resourceName;

    /// <summary>The operand of <c>TJ</c>: the letters' numbers, with kerning between them.</summary>
    public string Encode(string text)
    {
        var operand = new StringBuilder("[<");
        var previous = 0;
        foreach (var letter in text.EnumerateRunes())
        {
            var glyph = font.GlyphFor(letter);
            var kerning = font.KerningBetween(previous, glyph);
            if (kerning != 0)
                operand.Append(CultureInfo.InvariantCulture, $">{-kerning}<");
            operand.Append(NumberOf(letter).ToString("X4", CultureInfo.InvariantCulture));
            previous = glyph;
        }

        return operand.Append(">]").ToString();
    }

    /// <summary>Writes the font with the letters used so far.</summary>
    /// <returns>The object number to put into the page's resources.</returns>
    public int WriteTo(PdfWriter writer)
    {
        int[] glyphs = [0, .. _letters.Select(font.GlyphFor)];
        var subset = TrueTypeSubset.Build(font, glyphs);
        var name = TagFor(subset) + "+" + font.PostScriptName;
        var file = writer.AddCompressedStream(
            string.Create(CultureInfo.InvariantCulture, $"/Length1 {subset.Length}"), subset);

        var (left, bottom, right, top) = font.Bounds;
        // Flag 4: the letters' numbers are the subset's own, not those of a known alphabet.
        var descriptor = writer.Add(string.Create(CultureInfo.InvariantCulture, $"""
            << /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{left} {bottom} {right} {top}] /ItalicAngle 0
            /Ascent {font.Ascent} /Descent {font.Descent} /CapHeight {font.CapitalHeight} /StemV 80
            /FontFile2 {PdfSyntax.Reference(file)} >>
            """));
        var widths = string.Join(' ', glyphs.Select(glyph => PdfSyntax.Number(font.WidthOf(glyph))));
        var descendant = writer.Add($"""
            << /Type /Font /Subtype /CIDFontType2 /BaseFont /{name}
            /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>
            /FontDescriptor {PdfSyntax.Reference(descriptor)} /CIDToGIDMap /Identity /DW 0 /W [0 [{widths}]] >>
            """);
        var toUnicode = writer.AddCompressedStream("", Encoding.ASCII.GetBytes(ToUnicode()));
        return writer.Add($"""
            << /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H
            /DescendantFonts [{PdfSyntax.Reference(descendant)}] /ToUnicode {PdfSyntax.Reference(toUnicode)} >>
            """);
    }

    private int NumberOf(Rune letter)
    {
        if (!_numberByLetter.TryGetValue(letter, out var number))
        {
            _letters.Add(letter);
            number = _letters.Count;
            _numberByLetter.Add(letter, number);
        }

        return number;
    }

    /// <summary>The map from numbers back to letters, in the blocks of at most 100 that the format allows.</summary>
    private string ToUnicode()
    {
        var map = new StringBuilder();
        map.Append("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n")
            .Append("/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n")
            .Append("/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n")
            .Append("1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        var number = 0;
        foreach (var block in _letters.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var letter in block)
            {
                number++;
                var unicode = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(letter.ToString()));
                map.Append(CultureInfo.InvariantCulture, $"<{number:X4}> <{unicode}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    /// <summary>The six capitals that PDF puts before the name of a subset, so that two subsets are not taken for one font.</summary>
    private static string TagFor(byte[] subset) =>
        string.Concat(SHA256.HashData(subset).Take(6).Select(value => (char)('A' + value % 26)));
}
