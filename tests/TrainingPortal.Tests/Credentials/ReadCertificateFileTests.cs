using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Credentials.Images;
using TrainingPortal.Credentials.Pdf;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Credentials;

public class ReadCertificateFileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CertificateFileKind.Pdf)]
    [InlineData(CertificateFileKind.Png)]
    [InlineData(CertificateFileKind.Svg)]
    public async Task A_file_is_made_once_and_stays_as_it_was(CertificateFileKind kind)
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();

        var first = await ReadAsync(school, holder, certificate, kind);
        school.Clock.Advance(TimeSpan.FromDays(3));
        var second = (await school.ReadCertificateFile.RunAsync(
            holder, Serial.Parse(certificate.Serial), kind, "en", _ => throw new InvalidOperationException("Made again."), Cancellation)).Value;

        Assert.Equal((first.Sha256, first.MadeAt), (second.Sha256, second.MadeAt));
        Assert.Equal(first.Bytes, second.Bytes);
        Assert.Equal(School.Opening, second.MadeAt);
    }

    [Fact]
    public async Task Two_first_downloads_at_once_give_the_same_bytes()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var number = 0;

        // Each would make a file of its own: only one of them may stay.
        var files = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () => await ReadAsync(
            school, holder, certificate, CertificateFileKind.Svg, content => content with { Issuer = $"Issuer {Interlocked.Increment(ref number)}" }))));

        Assert.Single(files.Select(file => file.Sha256).Distinct());
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(files[0].Sha256, (await database.CertificateFiles.SingleAsync(Cancellation)).Sha256);
    }

    [Fact]
    public async Task Each_language_has_a_page_of_its_own_and_all_share_a_badge()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        foreach (var language in new[] { "en", "es" })
        {
            foreach (var kind in Enum.GetValues<CertificateFileKind>())
            {
                await ReadAsync(school, holder, certificate, kind, language: language);
            }
        }

        await using var database = school.Database.CreateDbContext();
        var kept = await database.CertificateFiles.Select(file => new { file.Kind, file.Language }).ToListAsync(Cancellation);
        Assert.Equal(["Pdf-en", "Pdf-es", "Png-", "Svg-"], kept.Select(file => $"{file.Kind}-{file.Language}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_credential_goes_into_each_kind_of_file()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        await using var database = school.Database.CreateDbContext();
        var signed = (await database.Credentials.SingleAsync(row => row.CertificateId == certificate.Id, Cancellation)).Jws;

        var pdf = await ReadAsync(school, holder, certificate, CertificateFileKind.Pdf);
        var png = await ReadAsync(school, holder, certificate, CertificateFileKind.Png);
        var svg = await ReadAsync(school, holder, certificate, CertificateFileKind.Svg);

        Assert.Equal((signed, signed, signed), (CertificatePdf.ReadCredential(pdf.Bytes), BakedPng.Read(png.Bytes), BakedSvg.Read(svg.Bytes)));
    }

    [Fact]
    public async Task Nobody_else_gets_it_and_nobody_once_it_is_revoked()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var stranger = await school.PreparedTraineeAsync("Bo Li", "en");
        await ReadAsync(school, holder, certificate, CertificateFileKind.Png);

        Assert.Equal(ReadCertificateFileRefusal.NotFound, await RefusalAsync(school, stranger, certificate));
        Assert.True((await school.RevokeCertificate.RunAsync(await school.AdministratorAsync(), Serial.Parse(certificate.Serial), RevocationReason.IssuedInError, Cancellation)).Succeeded);
        Assert.Equal(ReadCertificateFileRefusal.Revoked, await RefusalAsync(school, holder, certificate));
    }

    [Fact]
    public async Task What_cannot_be_printed_is_not_kept()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();

        await Assert.ThrowsAsync<CertificateNotPrintableException>(
            () => ReadAsync(school, holder, certificate, CertificateFileKind.Pdf, content => content with { HolderName = "Amara \uE000" }));

        await using var database = school.Database.CreateDbContext();
        Assert.False(await database.CertificateFiles.AnyAsync(Cancellation));
    }

    private static async Task<CertificateFile> ReadAsync(
        School school,
        Actor holder,
        Certificate certificate,
        CertificateFileKind kind,
        Func<CertificatePdfContent, CertificatePdfContent>? change = null,
        string language = "en") => (await school.ReadCertificateFile.RunAsync(
            holder,
            Serial.Parse(certificate.Serial),
            kind,
            language,
            row => (change ?? (content => content))(SignedPdfTests.Certificate with { HolderName = row.HolderName }),
            Cancellation)).Value;

    private static async Task<ReadCertificateFileRefusal?> RefusalAsync(School school, Actor actor, Certificate certificate) => (await school.ReadCertificateFile.RunAsync(
        actor, Serial.Parse(certificate.Serial), CertificateFileKind.Png, "en", _ => SignedPdfTests.Certificate, Cancellation)).Refusal;
}
