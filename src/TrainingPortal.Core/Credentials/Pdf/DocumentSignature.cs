using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>
/// A PAdES signature (ETSI EN 319 142-1, level B-B) over the whole file but its own place. The place is written with the
/// file, as zeros of a fixed length, and filled when all else stands.
/// </summary>
internal static class DocumentSignature
{
    // A signature with one certificate of RSA-3072 takes about 2,000 bytes; the rest is for longer names and keys.
    private const int LongestSignature = 4096;

    private const string RangePlace = "/ByteRange [0 0000000000 0000000000 0000000000]";

    private static readonly string s_contentsPlace = "/Contents <" + new string('0', LongestSignature * 2) + ">";

    /// <summary>Writes the signature's dictionary with the place to be filled.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="signer">Who signs, in words.</param>
    /// <param name="signedAt">UTC. In the dictionary and not among the signed attributes, as PAdES wants it.</param>
    /// <returns>The object number.</returns>
    public static int WriteTo(PdfWriter writer, string signer, DateTime signedAt) => writer.Add($"""
        << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached
        /Name {PdfSyntax.Text(signer)} /M {PdfSyntax.Date(signedAt)}
        {RangePlace}
        {s_contentsPlace} >>
        """);

    /// <summary>Signs a finished file, in place.</summary>
    /// <exception cref="ArgumentException">The certificate has no RSA key to sign with, or is too long for the place.</exception>
    public static byte[] Fill(byte[] file, X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()
            ?? throw new ArgumentException("The certificate that signs documents needs a private RSA key.", nameof(certificate));
        // The last of them: the metadata, which hold a person's words as they are, stand before it.
        var rangeAt = file.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(RangePlace));
        var contentsAt = file.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(s_contentsPlace));
        var gapStart = contentsAt + "/Contents ".Length;
        var gapEnd = contentsAt + s_contentsPlace.Length;
        var range = string.Create(CultureInfo.InvariantCulture, $"/ByteRange [0 {gapStart} {gapEnd} {file.Length - gapEnd}]");
        Encoding.ASCII.GetBytes(range.PadRight(RangePlace.Length)).CopyTo(file, rangeAt);

        var signature = Sign([.. file.AsSpan(0, gapStart), .. file.AsSpan(gapEnd)], certificate, key);
        if (signature.Length > LongestSignature)
            throw new ArgumentException("The certificate that signs documents is too long.", nameof(certificate));
        Encoding.ASCII.GetBytes(Convert.ToHexString(signature)).CopyTo(file, gapStart + 1);
        return file;
    }

    private static byte[] Sign(byte[] signed, X509Certificate2 certificate, RSA key)
    {
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate, key)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1", "sha256"),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(SigningCertificate(certificate));
        var message = new SignedCms(new ContentInfo(signed), detached: true);
        message.ComputeSignature(signer);
        return message.Encode();
    }

    /// <summary>Binds the signature to one certificate (RFC 5035), so that another with the same key cannot stand in for it.</summary>
    private static AsnEncodedData SigningCertificate(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            // The digest's algorithm is left out: SHA-256 is what the format takes for granted.
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        }

        return new AsnEncodedData(new Oid("1.2.840.113549.1.9.16.2.47"), writer.Encode());
    }
}
