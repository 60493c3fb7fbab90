using static System.Buffers.Binary.BinaryPrimitives;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>Reads which glyph stands for which letter (table <c>cmap</c>, formats 4 and 12).</summary>
internal static class TrueTypeCharacterMap
{
    /// <returns>Glyph by Unicode code point; letters without a glyph are absent.</returns>
    /// <exception cref="InvalidDataException">The font has no Unicode map in a format that is read here.</exception>
    public static Dictionary<int, int> Read(ReadOnlySpan<byte> table)
    {
        var best = -1;
        var bestFormat = 0;
        var count = ReadUInt16BigEndian(table[2..]);
        for (var entry = 4; entry < 4 + count * 8; entry += 8)
        {
            var platform = ReadUInt16BigEndian(table[entry..]);
            var encoding = ReadUInt16BigEndian(table[(entry + 2)..]);
            var isUnicode = platform == 0 || (platform == 3 && encoding is 1 or 10);
            var offset = (int)ReadUInt32BigEndian(table[(entry + 4)..]);
            var format = ReadUInt16BigEndian(table[offset..]);
            // Format 12 reaches letters beyond U+FFFF, so it wins where a font has both.
            if (isUnicode && format is 4 or 12 && format > bestFormat)
                (best, bestFormat) = (offset, format);
        }

        return bestFormat switch
        {
            4 => ReadFormat4(table[best..]),
            12 => ReadFormat12(table[best..]),
            _ => throw new InvalidDataException("The font has no Unicode character map."),
        };
    }

    private static Dictionary<int, int> ReadFormat4(ReadOnlySpan<byte> map)
    {
        var glyphs = new Dictionary<int, int>();
        var doubledCount = ReadUInt16BigEndian(map[6..]);
        for (var segment = 0; segment < doubledCount; segment += 2)
        {
            var last = ReadUInt16BigEndian(map[(14 + segment)..]);
            var first = ReadUInt16BigEndian(map[(16 + doubledCount + segment)..]);
            var delta = ReadUInt16BigEndian(map[(16 + doubledCount * 2 + segment)..]);
            var rangeAt = 16 + doubledCount * 3 + segment;
            var range = ReadUInt16BigEndian(map[rangeAt..]);
            for (int codePoint = first; codePoint <= last && codePoint < 0xFFFF; codePoint++)
            {
                // The format counts the list of glyphs from the place where the range itself is stored.
                int listed = range == 0 ? codePoint : ReadUInt16BigEndian(map[(rangeAt + range + (codePoint - first) * 2)..]);
                var glyph = range != 0 && listed == 0 ? 0 : (listed + delta) & 0xFFFF;
                if (glyph != 0)
                    glyphs[codePoint] = glyph;
            }
        }

        return glyphs;
    }

    private static Dictionary<int, int> ReadFormat12(ReadOnlySpan<byte> map)
    {
        var glyphs = new Dictionary<int, int>();
        var count = ReadUInt32BigEndian(map[12..]);
        for (var group = 0; group < count; group++)
        {
            var entry = map[(16 + group * 12)..];
            var first = ReadUInt32BigEndian(entry);
            var last = Math.Min(ReadUInt32BigEndian(entry[4..]), 0x10FFFF);
            var firstGlyph = ReadUInt32BigEndian(entry[8..]);
            for (var codePoint = first; codePoint <= last; codePoint++)
            {
                var glyph = (int)(firstGlyph + (codePoint - first));
                if (glyph != 0)
                    glyphs[(int)codePoint] = glyph;
            }
        }

        return glyphs;
    }
}
