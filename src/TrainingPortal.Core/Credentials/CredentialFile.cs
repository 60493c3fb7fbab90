using System.Text;
using TrainingPortal.Credentials.Images;
using TrainingPortal.Credentials.Pdf;

namespace TrainingPortal.Credentials;

/// <summary>Finds the compact signature in the files that carry one: bare, in a PNG or SVG image, or attached to one of our PDF files.</summary>
public static class CredentialFile
{
    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G'];

    /// <returns>Null where there is none.</returns>
    public static string? Read(byte[] file) => file switch
    {
        _ when file.AsSpan().StartsWith(PngStart) => BakedPng.Read(file),
        _ when file.AsSpan().StartsWith("%PDF-"u8) => CertificatePdf.ReadCredential(file),
        _ => Encoding.UTF8.GetString(file).Trim() is var text && text.StartsWith('<') ? BakedSvg.Read(file) : Bare(text),
    };

    private static string? Bare(string text) => JsonWebSignature.Read(text) is null ? null : text;
}
