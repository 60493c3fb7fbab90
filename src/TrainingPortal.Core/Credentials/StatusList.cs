using System.Buffers.Text;
using System.IO.Compression;

namespace TrainingPortal.Credentials;

/// <summary>
/// A Bitstring Status List: a bit for each credential, 1 where it is revoked. A bit is never taken back. Verifiers fetch the
/// whole list, so that nobody learns which credential they ask about.
/// </summary>
public sealed class StatusList
{
    /// <summary>The least that the specification allows, so that one credential hides among many.</summary>
    public const int Size = 131_072;

    /// <summary>Used places from which on a new list begins: random places are found quickly in a list that is half empty.</summary>
    public const int Full = Size / 2;

    private StatusList()
    {
    }

    /// <param name="id">1, 2, 3 …</param>
    public StatusList(int id)
    {
        Id = id;
        Bits = new byte[Size / 8];
    }

    public int Id { get; private init; }

    /// <summary>16 KiB; place 0 is the left-most bit of the first byte.</summary>
    public byte[] Bits { get; private set; } = [];

    /// <summary>Counts the signatures; of two that sign at once one is refused.</summary>
    public int Version { get; private set; }

    /// <summary>As it is served: a compact signature.</summary>
    public string Jwt { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime SignedAt { get; private set; }

    public bool IsSet(int index) => IsSet(Bits, index);

    public static bool IsSet(ReadOnlySpan<byte> bits, int index) => (bits[index >> 3] & (0x80 >> (index & 7))) != 0;

    /// <summary>A copy, since the context tells a changed row from an unchanged one by the array itself.</summary>
    public void Set(IEnumerable<int> indexes)
    {
        var bits = (byte[])Bits.Clone();
        foreach (var index in indexes)
        {
            bits[index >> 3] |= (byte)(0x80 >> (index & 7));
        }

        Bits = bits;
    }

    public void Sign(Signer signer, PortalOptions portal, DateTime now)
    {
        Jwt = signer.Sign(StatusListJson.Write(portal, Id, Encode(Bits), now));
        SignedAt = now;
        Version++;
    }

    /// <summary><c>u</c> and the compressed bits as base64url.</summary>
    public static string Encode(ReadOnlySpan<byte> bits)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bits);
        }

        return "u" + Base64Url.EncodeToString(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
    }

    /// <returns>Null where it is no list of at least <see cref="Size"/> places.</returns>
    public static byte[]? Decode(string? encoded)
    {
        // A list of a million places is the largest that is worth reading.
        const int MostBytes = 1 << 17;
        if (encoded is not ['u', ..])
        {
            return null;
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(Base64Url.DecodeFromChars(encoded.AsSpan(1))), CompressionMode.Decompress);
            var bits = new byte[MostBytes];
            var read = gzip.ReadAtLeast(bits, MostBytes, throwOnEndOfStream: false);
            return read >= Size / 8 ? bits[..read] : null;
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException)
        {
            return null;
        }
    }
}
