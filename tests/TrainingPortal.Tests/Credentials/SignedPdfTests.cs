using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using TrainingPortal.Credentials.Pdf;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Credentials;

/// <summary>The signature of the printed certificate and the credential in it, judged by programs that others wrote.</summary>
public sealed partial class SignedPdfTests : IDisposable
{
    private const string CheckUrl = "https://portal.example.org/verify/7K4M-Q2XT-9H3W-Z6BD-X";

    internal static CertificatePdfContent Certificate { get; } = new(
        new CertificatePdfWords(
            "en", "Certificate of Competence", "This certifies that", "has shown competence in", "Covers",
            "A competence certificate, not a licence.", "Issued", "Valid until", "Serial number", "Check this certificate at",
            "QR code that opens the check page", "This is a convenience copy.", "The signed credential",
            "Signature of the issuer over the whole document"),
        "Lumen Academy",
        "Zoë Nguyễn-Łukasiewicz",
        "Microneedling for Estheticians",
        "Level 2",
        ["Face and neck to 1.0 mm"],
        "22 November 2025",
        "21 November 2027",
        "7K4M-Q2XT-9H3W-Z6BD-X",
        CheckUrl,
        "urn:uuid:0197a5f2-7c11-7d3c-9b1e-5a1f0f5f7a10",
        new DateTime(2025, 11, 22, 14, 0, 0, DateTimeKind.Utc));

    // As long as a credential of the portal; what it says is nothing to the file.
    private static readonly string s_credential = "eyJhbGciOiJSUzI1NiJ9." + new string('a', 4200) + ".c2lnbmF0dXJl";

    private static readonly Lazy<X509Certificate2> s_key = new(MakeKey);
    private static readonly Lazy<byte[]> s_signed = new(() => CertificatePdf.Render(Certificate, Proof));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signed-pdf-");

    private static CertificateProof Proof => new(s_credential, s_key.Value);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_signature_is_valid_and_covers_the_whole_file()
    {
        var verdict = Judge(s_signed.Value);

        Assert.Contains("Signature is Valid", verdict, StringComparison.Ordinal);
        Assert.Contains("Total document signed", verdict, StringComparison.Ordinal);
        Assert.Contains("ETSI.CAdES.detached", verdict, StringComparison.Ordinal);
        Assert.Contains("SHA-256", verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(0.999)]
    public void A_changed_byte_spoils_the_signature(double place)
    {
        var changed = s_signed.Value.ToArray();
        // Near the end stands the table of objects, whose digits are signed like all the rest.
        var at = place > 0.9 ? Encoding.Latin1.GetString(changed).LastIndexOf("startxref", StringComparison.Ordinal) - 3 : (int)(changed.Length * place);
        changed[at] ^= 0x01;

        Assert.DoesNotContain("Signature is Valid", Judge(changed), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_appended_is_not_signed()
    {
        var longer = Judge([.. s_signed.Value, .. "% more\n"u8]);

        Assert.DoesNotContain("Total document signed", longer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_signature_names_itCertificate_and_leaves_the_time_to_the_document()
    {
        var file = Encoding.Latin1.GetString(s_signed.Value);
        var message = new SignedCms();
        message.Decode(Convert.FromHexString(SignaturePlace().Match(file).Groups[1].Value));

        var signer = Assert.Single(message.SignerInfos.Cast<SignerInfo>());
        var attributes = signer.SignedAttributes.Cast<CryptographicAttributeObject>().ToDictionary(attribute => attribute.Oid.Value!, attribute => attribute.Values[0].RawData);
        // Content type, digest, and the certificate by its digest; PAdES forbids a signing time here.
        Assert.Equal(["1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"], attributes.Keys.Order(StringComparer.Ordinal));
        Assert.True(attributes["1.2.840.113549.1.9.16.2.47"].AsSpan().EndsWith(SHA256.HashData(s_key.Value.RawData)));
        Assert.Contains("/M (D:20251122140000Z)", file, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_sound()
    {
        SkipWithout("qpdf");

        var check = ExternalProgram.Run("qpdf", "--check", Save(s_signed.Value));

        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
    }

    [Fact]
    public void The_credential_is_attached_as_it_was_signed()
    {
        SkipWithout("pdfdetach");
        var file = Save(s_signed.Value);
        var taken = Path.Combine(_folder.FullName, "taken.jwt");

        Assert.Contains("credential.jwt", ExternalProgram.Run("pdfdetach", "-list", file).Output, StringComparison.Ordinal);
        Assert.Equal(0, ExternalProgram.Run("pdfdetach", "-save", "1", "-o", taken, file).ExitCode);

        Assert.Equal(s_credential, File.ReadAllText(taken));
        Assert.Contains("0 embedded files", ExternalProgram.Run("pdfdetach", "-list", Save(CertificatePdf.Render(Certificate))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalog_says_what_the_attachment_is_to_the_certificate()
    {
        SkipWithout("qpdf");

        var objects = ExternalProgram.Run("qpdf", "--json", Save(s_signed.Value)).Output;

        Assert.Matches("\"/AF\": \\[\\s*\"\\d+ 0 R\"\\s*\\]", objects);
        Assert.Contains("\"/AFRelationship\": \"/Data\"", objects, StringComparison.Ordinal);
        Assert.Contains("\"/Subtype\": \"/application/vc+jwt\"", objects, StringComparison.Ordinal);
    }

    [Fact]
    public void The_portal_reads_its_own_attachment_back()
    {
        Assert.Equal(s_credential, CertificatePdf.ReadCredential(s_signed.Value));
        Assert.Null(CertificatePdf.ReadCredential(CertificatePdf.Render(Certificate)));
    }

    [Fact]
    public void Reading_back_gives_nothing_of_a_broken_file_and_never_fails()
    {
        Assert.Null(CertificatePdf.ReadCredential([]));
        Assert.Null(CertificatePdf.ReadCredential("%PDF-1.7\n"u8));
        foreach (var length in Enumerable.Range(1, 60).Select(part => s_signed.Value.Length * part / 61))
        {
            Assert.Null(CertificatePdf.ReadCredential(s_signed.Value.AsSpan(0, length)));
        }

        var tail = Encoding.Latin1.GetString(s_signed.Value).LastIndexOf("xref\n0", StringComparison.Ordinal);
        for (var at = tail - 8; at < s_signed.Value.Length; at++)
        {
            var changed = s_signed.Value.ToArray();
            changed[at] = (byte)'9';
            Assert.True(CertificatePdf.ReadCredential(changed) is null or { Length: > 0 });
        }
    }

    [Fact]
    public void The_text_and_the_QR_code_are_as_without_a_signature()
    {
        SkipWithout("pdftotext", "pdftoppm", "zbarimg");
        var file = Save(s_signed.Value);
        var picture = Path.Combine(_folder.FullName, "page");

        Assert.Contains(Certificate.HolderName, ExternalProgram.Run("pdftotext", "-enc", "UTF-8", file, "-").Output, StringComparison.Ordinal);
        ExternalProgram.Run("pdftoppm", "-r", "150", "-png", "-singlefile", file, picture);
        Assert.Equal(CheckUrl, ExternalProgram.Run("zbarimg", "--raw", "-q", picture + ".png").Output.TrimEnd('\n', '\r'));
    }

    [Fact]
    public void A_screen_reader_hears_of_the_signature_last()
    {
        SkipWithout("pdfinfo", "qpdf");
        var file = Save(s_signed.Value);

        var structure = ExternalProgram.Run("pdfinfo", "-enc", "UTF-8", "-struct", file).Output;
        var objects = ExternalProgram.Run("qpdf", "--json", file).Output;

        Assert.True(structure.IndexOf("Form", StringComparison.Ordinal) > structure.IndexOf("Figure", StringComparison.Ordinal), structure);
        Assert.Matches($"\"/TU\": \"(u:)?{Certificate.Words.SignatureDescription}\"", objects);
        Assert.Matches($"\"/Alt\": \"(u:)?{Certificate.Words.SignatureDescription}\"", objects);
    }

    [Fact]
    public void Equal_content_and_key_give_equal_bytes() =>
        Assert.Equal(s_signed.Value, CertificatePdf.Render(Certificate with { Covers = [.. Certificate.Covers] }, Proof));

    [Fact]
    public void The_file_is_small_enough_to_mail() => Assert.InRange(s_signed.Value.Length, 1, 120_000);

    [Fact]
    public void Without_a_private_key_nothing_is_signed()
    {
        using var open = X509CertificateLoader.LoadCertificate(s_key.Value.RawData);

        Assert.Throws<ArgumentException>(() => CertificatePdf.Render(Certificate, new CertificateProof(s_credential, open)));
    }

    internal static X509Certificate2 MakeKey()
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=Lumen Academy documents", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2055, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private static void SkipWithout(params string[] programs)
    {
        foreach (var program in programs)
            Assert.SkipUnless(ExternalProgram.IsInstalled(program), $"The judge {program} is not installed.");
    }

    // Without asking whether the certificate is trusted: nobody knows the test's own.
    private string Judge(byte[] file)
    {
        SkipWithout("pdfsig");
        var verdict = ExternalProgram.Run("pdfsig", "-nocert", Save(file));
        return verdict.Output + verdict.Errors;
    }

    private string Save(byte[] file)
    {
        var path = Path.Combine(_folder.FullName, "certificate.pdf");
        File.WriteAllBytes(path, file);
        return path;
    }

    [GeneratedRegex("/Contents <((?:[0-9A-F]{2})*?)(?:00)*> >>")]
    private static partial Regex SignaturePlace();
}
