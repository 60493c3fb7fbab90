using System.Security.Cryptography;

namespace TrainingPortal.Credentials;

/// <summary>What a certificate can be taken home as.</summary>
public enum CertificateFileKind
{
    /// <summary>The printed page; one for each language.</summary>
    Pdf,

    /// <summary>The badge as a picture.</summary>
    Png,

    /// <summary>The badge as a drawing with its words.</summary>
    Svg,
}

/// <summary>
/// A file of a certificate as it was first handed out. It is made once and never anew, so that every copy of a signed file
/// has the same bytes whatever became of the programme, the words and the fonts since.
/// </summary>
public sealed class CertificateFile
{
    private CertificateFile()
    {
    }

    /// <param name="certificateId">Whose file it is.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="language">Language tag of its words; empty where it has none of the portal's own.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="now">UTC.</param>
    internal CertificateFile(Guid certificateId, CertificateFileKind kind, string language, byte[] bytes, DateTime now)
    {
        CertificateId = certificateId;
        Kind = kind;
        Language = language;
        Bytes = bytes;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        MadeAt = now;
    }

    public Guid CertificateId { get; private init; }

    public CertificateFileKind Kind { get; private init; }

    public string Language { get; private init; } = "";

    public byte[] Bytes { get; private init; } = [];

    /// <summary>Of the bytes, in 64 small hexadecimal digits.</summary>
    public string Sha256 { get; private init; } = "";

    /// <summary>UTC.</summary>
    public DateTime MadeAt { get; private init; }
}
