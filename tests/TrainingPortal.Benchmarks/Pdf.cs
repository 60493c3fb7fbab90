using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TrainingPortal.Benchmarks.Figures;
using TrainingPortal.Credentials.Pdf;

namespace TrainingPortal.Benchmarks;

/// <summary><c>pdf</c>: signed certificates are printed on two cores; the bare baseline is their signatures alone.</summary>
internal static class Pdf
{
    private const int WarmUp = 50;
    private const int Workers = 2;

    // About what a credential of the portal takes.
    private const int CredentialLength = 4_800;

    private static readonly CertificatePdfContent s_certificate = new(
        new CertificatePdfWords(
            "en", "Certificate of competence", "This certifies that", "has passed the exam and earned the certification", "Covers",
            "A competence certificate, not a licence.", "Issued", "Valid until", "Serial", "Check this certificate at",
            "QR code that opens the check page", "This is a convenience copy; the check page is the authority.",
            "The signed credential", "Signature of the issuer"),
        "Training Portal",
        "Zoë Nguyễn-Łukasiewicz",
        "Microneedling for Estheticians",
        "Level 2",
        ["Face and neck to 1.0 mm", "Décolleté to 0.5 mm"],
        "November 22, 2025",
        "November 21, 2027",
        "7K4M-Q2XT-9H3W-Z6BD-X",
        "https://portal.example.org/verify/7K4M-Q2XT-9H3W-Z6BD-X",
        "0197a5f2-7c11-7d3c-9b1e-5a1f0f5f7a10",
        new DateTime(2025, 11, 22, 14, 0, 0, DateTimeKind.Utc));

    public static Command Create()
    {
        var certificates = new Option<int>("--certificates") { Description = "How many are printed.", DefaultValueFactory = _ => 600 };
        var command = new Command("pdf", "Signed certificates are printed, two at a time.") { certificates, Settings.Output };
        command.SetAction(parsed => Run(parsed.GetValue(certificates), parsed.GetValue(Settings.Output)));
        return command;
    }

    private static void Run(int count, FileInfo? output)
    {
        Settings.RequireRelease();
        var machine = MachineFacts.Read(Path.GetTempPath());
        using var key = RSA.Create(3072);
        using var certificate = SelfSigned(key);
        var proof = new CertificateProof(new string('a', CredentialLength), certificate);

        // Each has a holder of its own, so that nothing could be kept from one to the next.
        int[] sizes = new int[count];
        void Print(int number) => sizes[number] = CertificatePdf.Render(s_certificate with { HolderName = $"{s_certificate.HolderName} {number}" }, proof).Length;
        void Sign(int number) => key.SignData(BitConverter.GetBytes(number), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var warm = Math.Min(WarmUp, count);
        Measure(warm, Print);
        Measure(warm, Sign);
        Settings.Say("printing");
        var printing = Measure(count, Print);
        Settings.Say("signing only");
        var signing = Measure(count, Sign);

        new Report("pdf", machine)
            .Add("certificates", count, "signed, each with its credential")
            .Add("a second", Math.Round(count / printing.TotalSeconds, 1), "")
            .Add("largest", sizes.Max() / 1000.0, "kB")
            .Add("signatures a second", Math.Round(count / signing.TotalSeconds, 1), "")
            .Add("printing to bare signatures", Math.Round(printing / signing, 2), "")
            .Write(output);
    }

    private static TimeSpan Measure(int count, Action<int> act)
    {
        var since = Stopwatch.GetTimestamp();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Workers }, act);
        return Stopwatch.GetElapsedTime(since);
    }

    private static X509Certificate2 SelfSigned(RSA key)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=Benchmark", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
