using System.Buffers.Binary;
using System.Text;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>A TrueType font file, read once and then only looked at, so one instance serves all threads.</summary>
internal sealed class TrueTypeFont
{
    private readonly byte[] _file;
    private readonly Dictionary<string, Range> _tables = [];
    private readonly Dictionary<int, int> _glyphByCodePoint;
    private readonly Dictionary<(int Left, int Right), int> _kerning;
    private readonly int _glyphCount;
    private readonly int _advanceCount;
    private readonly bool _longOffsets;

    private TrueTypeFont(byte[] file)
    {
        _file = file;
        if (BinaryPrimitives.ReadUInt32BigEndian(file) is not (0x00010000 or 0x74727565))
            throw new InvalidDataException("Not a TrueType font with glyf outlines.");
        ReadTableDirectory();

        var head = Table("head");
        UnitsPerEm = UnsignedAt(head, 18);
        Bounds = (InThousandths(SignedAt(head, 36)), InThousandths(SignedAt(head, 38)),
            InThousandths(SignedAt(head, 40)), InThousandths(SignedAt(head, 42)));
        _longOffsets = SignedAt(head, 50) == 1;
        _glyphCount = UnsignedAt(Table("maxp"), 4);
        var horizontalHeader = Table("hhea");
        Ascent = InThousandths(SignedAt(horizontalHeader, 4));
        Descent = InThousandths(SignedAt(horizontalHeader, 6));
        _advanceCount = UnsignedAt(horizontalHeader, 34);

        var os2 = Table("OS/2");
        // Bits 1 to 3 alone say how a font may be embedded; 2 alone means "not without asking its maker".
        MayBeEmbedded = (UnsignedAt(os2, 8) & 0x000E) != 0x0002;
        CapitalHeight = UnsignedAt(os2, 0) >= 2 ? InThousandths(SignedAt(os2, 88)) : 700;

        PostScriptName = ReadPostScriptName(Table("name"));
        _glyphByCodePoint = TrueTypeCharacterMap.Read(Table("cmap"));
        _kerning = TrueTypeKerning.Read(OptionalTable("kern"));
    }

    /// <summary>Name by which PDF calls the font; ASCII letters, digits and hyphens only.</summary>
    public string PostScriptName { get; }

    public int UnitsPerEm { get; }

    /// <summary>Left, bottom, right and top of all glyphs, in thousandths of the font size.</summary>
    public (int Left, int Bottom, int Right, int Top) Bounds { get; }

    /// <summary>In thousandths of the font size.</summary>
    public int Ascent { get; }

    /// <summary>In thousandths of the font size, below zero.</summary>
    public int Descent { get; }

    /// <summary>In thousandths of the font size.</summary>
    public int CapitalHeight { get; }

    /// <summary>False if the font's licence bits forbid embedding.</summary>
    public bool MayBeEmbedded { get; }

    /// <exception cref="InvalidDataException">The bytes are not a usable TrueType font.</exception>
    public static TrueTypeFont Read(byte[] file)
    {
        try
        {
            return new TrueTypeFont(file);
        }
        catch (Exception damaged) when (damaged is ArgumentException or ArithmeticException or IndexOutOfRangeException or KeyNotFoundException)
        {
            throw new InvalidDataException("The font file is damaged.", damaged);
        }
    }

    /// <summary>The glyph of a letter; 0 if the font lacks it.</summary>
    public int GlyphFor(Rune letter) => _glyphByCodePoint.GetValueOrDefault(letter.Value);

    /// <summary>Width of a glyph, in thousandths of the font size.</summary>
    public int WidthOf(int glyph) => InThousandths(MetricsOf(glyph).Advance);

    /// <summary>How much nearer (below zero) or farther the right glyph stands, in thousandths of the font size.</summary>
    public int KerningBetween(int left, int right) => InThousandths(_kerning.GetValueOrDefault((left, right)));

    /// <summary>Advance and left side bearing of a glyph, in font units.</summary>
    public (int Advance, int LeftSideBearing) MetricsOf(int glyph)
    {
        var metrics = Table("hmtx");
        if (glyph < _advanceCount)
            return (UnsignedAt(metrics, glyph * 4), SignedAt(metrics, glyph * 4 + 2));
        // Glyphs after the last full entry share its advance and keep a bearing of their own.
        var bearingAt = _advanceCount * 4 + (glyph - _advanceCount) * 2;
        return (UnsignedAt(metrics, (_advanceCount - 1) * 4), SignedAt(metrics, bearingAt));
    }

    /// <summary>Outline of a glyph as the font stores it; empty for a blank one.</summary>
    /// <exception cref="InvalidDataException">The font has no such glyph.</exception>
    public ReadOnlySpan<byte> OutlineOf(int glyph)
    {
        if (glyph < 0 || glyph >= _glyphCount)
            throw new InvalidDataException("The font names a glyph that it does not have.");
        var offsets = Table("loca");
        var (start, end) = _longOffsets
            ? ((int)BinaryPrimitives.ReadUInt32BigEndian(offsets[(glyph * 4)..]),
                (int)BinaryPrimitives.ReadUInt32BigEndian(offsets[(glyph * 4 + 4)..]))
            : (UnsignedAt(offsets, glyph * 2) * 2, UnsignedAt(offsets, glyph * 2 + 2) * 2);
        return Table("glyf")[start..end];
    }

    public ReadOnlySpan<byte> Table(string tag) => _file.AsSpan(_tables[tag]);

    public ReadOnlySpan<byte> OptionalTable(string tag) =>
        _tables.TryGetValue(tag, out var range) ? _file.AsSpan(range) : [];

    private void ReadTableDirectory()
    {
        var count = UnsignedAt(_file, 4);
        for (var entry = 12; entry < 12 + count * 16; entry += 16)
        {
            var tag = Encoding.ASCII.GetString(_file, entry, 4);
            var start = checked((int)BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(entry + 8)));
            var length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(entry + 12)));
            _tables[tag] = new Range(start, start + length);
        }
    }

    private static string ReadPostScriptName(ReadOnlySpan<byte> names)
    {
        const int postScriptName = 6;
        var count = UnsignedAt(names, 2);
        var storage = UnsignedAt(names, 4);
        for (var entry = 6; entry < 6 + count * 12; entry += 12)
        {
            if (UnsignedAt(names, entry) != 3 || UnsignedAt(names, entry + 6) != postScriptName)
                continue;
            var text = names.Slice(storage + UnsignedAt(names, entry + 10), UnsignedAt(names, entry + 8));
            var name = Encoding.BigEndianUnicode.GetString(text);
            return string.Concat(name.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));
        }

        return "Font";
    }

    private int InThousandths(int fontUnits) =>
        (int)Math.Round(fontUnits * 1000.0 / UnitsPerEm, MidpointRounding.AwayFromZero);

    private static int UnsignedAt(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadUInt16BigEndian(data[offset..]);

    private static int SignedAt(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadInt16BigEndian(data[offset..]);
}
