using static System.Buffers.Binary.BinaryPrimitives;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>Reads pairs of glyphs that stand nearer or farther than their widths say (table <c>kern</c>, format 0).</summary>
internal static class TrueTypeKerning
{
    /// <returns>Adjustment in font units by left and right glyph; empty for a font without the table.</returns>
    public static Dictionary<(int Left, int Right), int> Read(ReadOnlySpan<byte> table)
    {
        var pairs = new Dictionary<(int Left, int Right), int>();
        // Apple's newer version of the table starts with 1 and is laid out differently; such text is merely not kerned.
        if (table.Length < 18 || ReadUInt16BigEndian(table) != 0)
            return pairs;

        const int horizontalFormat0 = 0x0001;
        var coverage = ReadUInt16BigEndian(table[8..]);
        if (coverage != horizontalFormat0)
            return pairs;

        var count = ReadUInt16BigEndian(table[10..]);
        for (var pair = 0; pair < count; pair++)
        {
            var entry = table[(18 + pair * 6)..];
            pairs[(ReadUInt16BigEndian(entry), ReadUInt16BigEndian(entry[2..]))] = ReadInt16BigEndian(entry[4..]);
        }

        return pairs;
    }
}
