using System.Buffers.Binary;
using System.Text;

namespace TrainingPortal.Credentials.Images;

/// <summary>One part of a PNG file.</summary>
/// <param name="Type">Four ASCII letters.</param>
internal sealed record PngChunk(string Type, byte[] Data)
{
    private const int Around = 12;

    private static readonly uint[] s_remainders = [.. Enumerable.Range(0, 256).Select(number => Remainder((uint)number))];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <returns>The parts in order; null where the bytes are no whole PNG file with sound checksums.</returns>
    public static List<PngChunk>? Split(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
            return null;

        var chunks = new List<PngChunk>();
        for (var rest = file[Signature.Length..]; rest.Length > 0;)
        {
            if (rest.Length < Around || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > rest.Length - Around)
                return null;
            var end = 8 + (int)length;
            if (Checksum(rest[4..end]) != BinaryPrimitives.ReadUInt32BigEndian(rest[end..]))
                return null;
            chunks.Add(new PngChunk(Encoding.ASCII.GetString(rest[4..8]), rest[8..end].ToArray()));
            rest = rest[(end + 4)..];
        }

        return chunks.Count > 1 && chunks[0].Type == "IHDR" && chunks[^1].Type == "IEND" ? chunks : null;
    }

    public static byte[] Join(IEnumerable<PngChunk> chunks)
    {
        var file = new MemoryStream();
        file.Write(Signature);
        foreach (var chunk in chunks)
        {
            var bytes = new byte[chunk.Data.Length + Around];
            BinaryPrimitives.WriteInt32BigEndian(bytes, chunk.Data.Length);
            Encoding.ASCII.GetBytes(chunk.Type).CopyTo(bytes, 4);
            chunk.Data.CopyTo(bytes, 8);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(bytes.Length - 4), Checksum(bytes.AsSpan(4, bytes.Length - 8)));
            file.Write(bytes);
        }

        return file.ToArray();
    }

    // CRC-32 as the format asks for it.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
            sum = s_remainders[(sum ^ value) & 0xFF] ^ (sum >> 8);
        return ~sum;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
