using System.Text;
using static System.Buffers.Binary.BinaryPrimitives;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>Writes a font file that holds only the glyphs a document uses, numbered in the order given.</summary>
internal static class TrueTypeSubset
{
    private const int ArgumentsAreWords = 0x0001;
    private const int HasScale = 0x0008;
    private const int HasTwoScales = 0x0040;
    private const int HasMatrix = 0x0080;
    private const int MoreComponents = 0x0020;

    /// <param name="font">The font to take glyphs from.</param>
    /// <param name="glyphs">Glyphs of the original font; glyph <c>n</c> of the result is the n-th of them. The first must be 0.</param>
    public static byte[] Build(TrueTypeFont font, IReadOnlyList<int> glyphs)
    {
        var order = new List<int>(glyphs);
        var outlines = new MemoryStream();
        var offsets = new MemoryStream();
        // The list grows while it is walked: parts of composite glyphs are appended to it.
        for (var position = 0; position < order.Count; position++)
        {
            Append(offsets, (uint)outlines.Length);
            outlines.Write(WithParts(font.OutlineOf(order[position]), order, glyphs.Count));
            Pad(outlines);
        }

        Append(offsets, (uint)outlines.Length);
        return Assemble(font, order, outlines.ToArray(), offsets.ToArray());
    }

    private static byte[] WithParts(ReadOnlySpan<byte> outline, List<int> order, int namedGlyphs)
    {
        var copy = outline.ToArray();
        var isComposite = copy.Length > 0 && ReadInt16BigEndian(copy) < 0;
        if (!isComposite)
            return copy;

        var at = 10;
        int flags;
        do
        {
            flags = ReadUInt16BigEndian(copy.AsSpan(at));
            var part = ReadUInt16BigEndian(copy.AsSpan(at + 2));
            var position = order.IndexOf(part, Math.Min(namedGlyphs, order.Count));
            if (position < 0)
            {
                position = order.Count;
                order.Add(part);
            }

            WriteUInt16BigEndian(copy.AsSpan(at + 2), (ushort)position);
            at += 4 + ((flags & ArgumentsAreWords) != 0 ? 4 : 2);
            at += (flags & HasScale) != 0 ? 2 : (flags & HasTwoScales) != 0 ? 4 : (flags & HasMatrix) != 0 ? 8 : 0;
        }
        while ((flags & MoreComponents) != 0);
        return copy;
    }

    private static byte[] Assemble(TrueTypeFont font, List<int> order, byte[] outlines, byte[] offsets)
    {
        var head = font.Table("head").ToArray();
        WriteUInt32BigEndian(head.AsSpan(8), 0);
        WriteInt16BigEndian(head.AsSpan(50), 1);
        var horizontalHeader = font.Table("hhea").ToArray();
        WriteUInt16BigEndian(horizontalHeader.AsSpan(34), (ushort)order.Count);
        var maxima = font.Table("maxp").ToArray();
        WriteUInt16BigEndian(maxima.AsSpan(4), (ushort)order.Count);
        var metrics = new MemoryStream();
        foreach (var glyph in order)
        {
            var (advance, bearing) = font.MetricsOf(glyph);
            Append(metrics, ((uint)advance << 16) | (ushort)bearing);
        }

        // Sorted by tag, as the format wants; the three programs hold the hints that keep small text crisp on screens.
        var tables = new List<(string Tag, byte[] Data)>
        {
            ("cvt ", font.OptionalTable("cvt ").ToArray()),
            ("fpgm", font.OptionalTable("fpgm").ToArray()),
            ("glyf", outlines),
            ("head", head),
            ("hhea", horizontalHeader),
            ("hmtx", metrics.ToArray()),
            ("loca", offsets),
            ("maxp", maxima),
            ("prep", font.OptionalTable("prep").ToArray()),
        };
        tables.RemoveAll(table => table.Data.Length == 0 && table.Tag != "glyf");
        return WriteFile(tables);
    }

    private static byte[] WriteFile(List<(string Tag, byte[] Data)> tables)
    {
        var searchSteps = (int)Math.Log2(tables.Count);
        var searchRange = 16 << searchSteps;
        var file = new MemoryStream();
        Append(file, 0x00010000);
        Append(file, ((uint)tables.Count << 16) | (uint)searchRange);
        Append(file, ((uint)searchSteps << 16) | (uint)(tables.Count * 16 - searchRange));

        var start = 12 + tables.Count * 16;
        var headStart = 0;
        foreach (var (tag, data) in tables)
        {
            if (tag == "head")
                headStart = start;
            file.Write(Encoding.ASCII.GetBytes(tag));
            Append(file, Checksum(data));
            Append(file, (uint)start);
            Append(file, (uint)data.Length);
            start += (data.Length + 3) / 4 * 4;
        }

        foreach (var (_, data) in tables)
        {
            file.Write(data);
            Pad(file);
        }

        var bytes = file.ToArray();
        WriteUInt32BigEndian(bytes.AsSpan(headStart + 8), 0xB1B0AFBA - Checksum(bytes));
        return bytes;
    }

    private static uint Checksum(byte[] data)
    {
        uint sum = 0;
        Span<byte> word = stackalloc byte[4];
        for (var at = 0; at < data.Length; at += 4)
        {
            word.Clear();
            data.AsSpan(at, Math.Min(4, data.Length - at)).CopyTo(word);
            sum = unchecked(sum + ReadUInt32BigEndian(word));
        }

        return sum;
    }

    private static void Append(MemoryStream stream, uint value)
    {
        Span<byte> word = stackalloc byte[4];
        WriteUInt32BigEndian(word, value);
        stream.Write(word);
    }

    private static void Pad(MemoryStream stream)
    {
        while (stream.Length % 4 != 0)
            stream.WriteByte(0);
    }
}
