using System.Text;

namespace TrainingPortal.Credentials.Images;

/// <summary>A PNG picture that carries a signed credential (Open Badges 3.0, "Baked Badge"): one iTXt chunk, not compressed.</summary>
public static class BakedPng
{
    // Keyword, its end, not compressed, method 0, no language, no translated keyword.
    private static ReadOnlySpan<byte> Head => "openbadgecredential\0\0\0\0\0"u8;

    private static ReadOnlySpan<byte> Keyword => "openbadgecredential\0"u8;

    /// <summary>Puts a credential into a picture, in the place of any that it carried before.</summary>
    /// <param name="picture">A PNG file.</param>
    /// <param name="credential">The compact JWS.</param>
    /// <exception cref="InvalidDataException">The picture is no sound PNG file.</exception>
    public static byte[] Bake(ReadOnlySpan<byte> picture, string credential)
    {
        var chunks = PngChunk.Split(picture) ?? throw new InvalidDataException("Not a sound PNG file.");
        chunks.RemoveAll(CarriesCredential);
        chunks.Insert(1, new PngChunk("iTXt", [.. Head, .. Encoding.UTF8.GetBytes(credential)]));
        return PngChunk.Join(chunks);
    }

    /// <returns>The compact JWS; null where the file is no sound PNG, carries none, more than one, or a compressed one.</returns>
    public static string? Read(ReadOnlySpan<byte> file) =>
        PngChunk.Split(file)?.Where(CarriesCredential).ToList() is [var chunk] && chunk.Data.AsSpan().StartsWith(Head)
            ? Encoding.UTF8.GetString(chunk.Data.AsSpan(Head.Length))
            : null;

    private static bool CarriesCredential(PngChunk chunk) => chunk.Type is "iTXt" or "tEXt" or "zTXt" && chunk.Data.AsSpan().StartsWith(Keyword);
}
