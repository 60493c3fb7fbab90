using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;
using TrainingPortal.Verification;

namespace TrainingPortal.Tests.Verification;

/// <summary>What anyone learns who checks a serial.</summary>
public class CheckCertificateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<CertificateCheck> CheckAsync(School school, Certificate certificate) =>
        (await new CheckCertificate(school.Database, school.Clock).RunAsync(Serial.Parse(certificate.Serial), Cancellation))!;

    [Fact]
    public async Task A_good_certificate_says_who_what_and_until_when()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        school.Clock.Advance(TimeSpan.FromHours(1));

        var check = await CheckAsync(school, certificate);

        Assert.Equal((CertificateStatus.Active, School.Opening, true), (check.Status, check.StatusSince, check.IsGood));
        Assert.Equal(("Ana Lucía Peña", "Microneedling competence", "Foundation", "Theory only."), (check.HolderName, check.Title, check.Level, check.Scope));
        Assert.Equal([new Cover("Microneedling with a pen", 1.0m)], check.Covers);
        Assert.Equal((new DateOnly(2028, 11, 2), "America/Denver", new DateTime(2028, 11, 3, 5, 59, 59, DateTimeKind.Utc)), (check.LastValidDay, check.TimeZone, check.ValidUntil));
        Assert.Equal(School.Opening.AddHours(1), check.CheckedAt);
        Assert.Null(check.RevocationReason);
    }

    [Fact]
    public async Task An_expiring_one_is_still_good()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        school.Now = certificate.ValidUntil;

        var check = await CheckAsync(school, certificate);
        Assert.Equal((CertificateStatus.Expiring, certificate.RenewalOpensAt, true), (check.Status, check.StatusSince, check.IsGood));
    }

    [Fact]
    public async Task An_expired_one_is_not_good_from_the_second_after()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        school.Now = certificate.ValidUntil.AddSeconds(1);

        var check = await CheckAsync(school, certificate);
        Assert.Equal((CertificateStatus.Expired, certificate.ValidUntil.AddSeconds(1), false), (check.Status, check.StatusSince, check.IsGood));
    }

    [Fact]
    public async Task A_revoked_one_says_why_and_since_when_at_once()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        Assert.True((await CheckAsync(school, certificate)).IsGood);
        school.Clock.Advance(TimeSpan.FromDays(1));
        await school.RevokeCertificate.RunAsync(await school.AdministratorAsync(), Serial.Parse(certificate.Serial), RevocationReason.RequirementsNotMet, Cancellation);

        var check = await CheckAsync(school, certificate);
        Assert.Equal(
            (CertificateStatus.Revoked, School.Opening.AddDays(1), false, RevocationReason.RequirementsNotMet),
            (check.Status, check.StatusSince, check.IsGood, check.RevocationReason!.Value));
    }

    [Fact]
    public async Task A_superseded_one_is_not_good_and_the_new_one_is()
    {
        await using var school = await School.OpenAsync();
        var (holder, old) = await school.CertifyAsync();
        school.Now = old.RenewalOpensAt.AddDays(3);
        var renewed = await school.RenewAsync(holder, old);

        var check = await CheckAsync(school, old);
        Assert.Equal((CertificateStatus.Superseded, school.Now, false), (check.Status, check.StatusSince, check.IsGood));
        Assert.Equal(CertificateStatus.Active, (await CheckAsync(school, renewed)).Status);
    }

    [Fact]
    public async Task A_serial_that_nobody_holds_is_unknown()
    {
        await using var school = await School.OpenAsync();

        Assert.Null(await new CheckCertificate(school.Database, school.Clock).RunAsync(Serial.Draw(), Cancellation));
    }
}
