using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;
using TrainingPortal.Verification;

namespace TrainingPortal.Tests.Certifications;

/// <summary>Infection control is repeated every 12 months, while the exam's pass is good for 24.</summary>
public class PartRenewalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A school whose certificate has a part, and a holder of it since <see cref="School.Opening"/>.</summary>
    private static async Task<(School School, Actor Holder, Certificate Certificate)> CertifiedAsync()
    {
        var school = await School.OpenAsync();
        await using (var database = school.Database.CreateDbContext())
        {
            var programme = await database.Programmes.SingleAsync(Cancellation);
            programme.Parts = [new ProgrammePart(School.Course, "Infection control", 12)];
            await database.SaveChangesAsync(Cancellation);
        }

        var (holder, certificate) = await school.CertifyAsync();
        return (school, holder, certificate);
    }

    private static async Task<CertificateCheck> CheckAsync(School school, Certificate certificate) =>
        (await new CheckCertificate(school.Database, school.Clock).RunAsync(Serial.Parse(certificate.Serial), Cancellation))!;

    [Fact]
    public async Task A_lapsed_part_is_expired_and_is_named()
    {
        var (school, _, certificate) = await CertifiedAsync();
        await using var _ = school;
        Assert.Equal((new DateOnly(2027, 11, 2), new DateOnly(2028, 11, 2)), (certificate.LastValidDay, certificate.WholeLastValidDay));

        school.Now = certificate.ValidUntil.AddSeconds(1);

        var check = await CheckAsync(school, certificate);
        Assert.Equal((CertificateStatus.Expired, "Infection control"), (check.Status, check.EndingPart));
    }

    [Fact]
    public async Task Passing_the_parts_checks_again_makes_the_certificate_anew_with_the_later_date_and_no_exam()
    {
        var (school, holder, old) = await CertifiedAsync();
        await using var _ = school;
        school.Now = new DateTime(2027, 9, 15, 16, 0, 0, DateTimeKind.Utc);

        Assert.Equal(School.Course, (await school.StartRenewal.RunAsync(holder, Serial.Parse(old.Serial), Cancellation)).Value);
        Assert.Equal(0, await school.IssueAsync());
        await school.PassChecksAsync(holder);
        Assert.Equal(1, await school.IssueAsync());
        Assert.Equal(0, await school.IssueAsync());

        var renewed = await school.NewestCertificateAsync(holder);
        Assert.Equal((old.Id, new DateOnly(2028, 11, 2), (CertificatePart?)null), (renewed.ReplacesId, renewed.LastValidDay, renewed.EndingPart));
        Assert.Equal(CertificateStatus.Superseded, (await CheckAsync(school, old)).Status);
        Assert.Equal(CertificateStatus.Active, (await CheckAsync(school, renewed)).Status);
        Assert.Equal(2, (await school.OutboxAsync("certificate-issued")).Count);
    }

    [Fact]
    public async Task Some_of_the_checks_are_not_enough()
    {
        var (school, holder, certificate) = await CertifiedAsync();
        await using var _ = school;
        school.Now = new DateTime(2027, 9, 15, 16, 0, 0, DateTimeKind.Utc);
        await school.StartRenewal.RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation);
        var check = await school.StartAsync(holder, "depth-check");
        await school.AnswerAllAsync(holder, check);
        await school.SubmitAsync(holder, check);

        Assert.Equal(0, await school.IssueAsync());
    }

    [Fact]
    public async Task Ten_clicks_open_one_cycle_and_twenty_jobs_make_one_certificate()
    {
        var (school, holder, certificate) = await CertifiedAsync();
        await using var _ = school;
        school.Now = new DateTime(2027, 12, 15, 16, 0, 0, DateTimeKind.Utc);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => school.StartRenewal.RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation))));
        await using (var database = school.Database.CreateDbContext())
        {
            Assert.Equal(2, await database.Enrollments.CountAsync(row => row.PersonId == holder.PersonId, Cancellation));
        }

        await school.PassChecksAsync(holder);
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(school.IssueAsync)));

        Assert.Equal(1, made.Sum());
        await using (var database = school.Database.CreateDbContext())
        {
            Assert.Equal(2, await database.Certificates.CountAsync(row => row.HolderId == holder.PersonId, Cancellation));
        }
    }

    [Fact]
    public async Task Near_the_end_of_the_whole_the_exam_is_what_is_renewed()
    {
        var (school, holder, certificate) = await CertifiedAsync();
        await using var _ = school;
        school.Now = new DateTime(2027, 9, 15, 16, 0, 0, DateTimeKind.Utc);
        await school.StartRenewal.RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation);
        await school.PassChecksAsync(holder);
        await school.IssueAsync();
        certificate = await school.NewestCertificateAsync(holder);

        school.Now = new DateTime(2028, 9, 15, 16, 0, 0, DateTimeKind.Utc);
        var renewed = await school.RenewAsync(holder, certificate);

        Assert.Equal((new DateOnly(2029, 11, 2), new DateOnly(2030, 11, 2)), (renewed.LastValidDay, renewed.WholeLastValidDay));
    }
}
