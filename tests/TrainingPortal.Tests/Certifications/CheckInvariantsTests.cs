using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Jobs;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Certifications;

/// <summary>Each rule is broken once, past the portal, and is then named.</summary>
public class CheckInvariantsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Something of everything: a renewal with reminders, a suspension lifted, a corrected name, a revocation, an erased person.
    private static async Task<School> BusySchoolAsync()
    {
        var school = await School.OpenAsync();
        var administrator = await school.AdministratorAsync();
        var (erased, _) = await school.CertifyAsync("Eva Roe");
        Assert.True((await school.ErasePerson.RunAsync(administrator, erased.PersonId, $"{erased.PersonId:N}@people.example", Cancellation)).Succeeded);
        var (_, revoked) = await school.CertifyAsync("Rita Moe");
        Assert.True((await school.RevokeCertificate.RunAsync(administrator, Serial.Parse(revoked.Serial), RevocationReason.HolderRequest, Cancellation)).Succeeded);
        var (holder, certificate) = await school.CertifyAsync();
        school.Now = certificate.RenewalOpensAt;
        await school.SendRenewalReminders.RunAsync(school.Now, Cancellation);
        var renewed = await school.RenewAsync(holder, certificate);
        Assert.True((await school.SuspendCertificate.RunAsync(administrator, Serial.Parse(renewed.Serial), SuspensionReason.UnderReview, null, Cancellation)).Succeeded);
        Assert.True((await school.ReinstateCertificate.RunAsync(administrator, Serial.Parse(renewed.Serial), ReinstatementReason.QuestionCleared, null, Cancellation)).Succeeded);
        var asked = await school.AskNameCorrection.RunAsync(holder, Serial.Parse(renewed.Serial), "Ana Lucía Peña Ruiz", "I married.", Cancellation);
        Assert.True((await school.SettleNameCorrection.RunAsync(administrator, asked.Value, approve: true, null, Cancellation)).Succeeded);
        school.Clock.Advance(TimeSpan.FromHours(2));
        return school;
    }

    private static Task<int> CheckAsync(School school) => new CheckInvariants(school.Database).RunAsync(school.Now, Cancellation);

    [Fact]
    public async Task Where_everything_was_done_by_the_portal_nothing_is_broken()
    {
        await using var school = await BusySchoolAsync();

        Assert.Equal(0, await CheckAsync(school));
    }

    [Theory]
    [InlineData("one-live-certificate", "UPDATE Certificates SET SupersededAt = NULL WHERE SupersededAt IS NOT NULL")]
    [InlineData("superseded-has-successor", "UPDATE Certificates SET SupersededAt = IssuedAt WHERE Cause = 'Corrected'")]
    [InlineData("chain-goes-forward", "UPDATE Certificates SET ReplacesId = Id WHERE Cause = 'Corrected'")]
    [InlineData("chain-goes-forward", "UPDATE Certificates SET SupersededAt = NULL WHERE SupersededAt IS NOT NULL")]
    [InlineData("dates-ordered", "UPDATE Certificates SET ValidFrom = '2099-01-01 00:00:00' WHERE Cause = 'Corrected'")]
    [InlineData("last-valid-day", "UPDATE Certificates SET LastValidDay = '2027-01-01' WHERE Cause = 'Corrected'")]
    [InlineData("valid-until", "UPDATE Certificates SET ValidUntil = datetime(ValidUntil, '+1 hour') WHERE Cause = 'Corrected'")]
    [InlineData("fact-is-decided", "UPDATE Attempts SET AwaitsAward = 1 WHERE Kind = 'Exam'")]
    [InlineData("earned-has-certificate", "UPDATE Certificates SET EarnedAt = '2020-01-01 00:00:00'")]
    [InlineData("certificate-has-every-requirement", "UPDATE Attempts SET Result = 'FailedScore' WHERE Kind = 'Exam'")]
    [InlineData("one-award-a-cycle", "UPDATE Certificates SET Cycle = 7 WHERE Cause = 'Corrected'")]
    [InlineData("next-reminder", "UPDATE Certificates SET NextReminderAt = '2027-01-01 00:00:00' WHERE Cause = 'Corrected'")]
    [InlineData("next-reminder", "UPDATE Certificates SET NextReminderAt = ValidUntil WHERE RevocationId IS NOT NULL")]
    [InlineData("next-reminder", "INSERT INTO ReminderNotices (CertificateId, DaysBefore, DecidedAt, Mailed) SELECT Id, 90, IssuedAt, 1 FROM Certificates WHERE Cause = 'Corrected'")]
    [InlineData("events-in-order", "UPDATE CertificateEvents SET Kind = 'Reinstated' WHERE Kind = 'Suspended'")]
    [InlineData("events-in-order", "UPDATE CertificateEvents SET Number = 5 WHERE Kind = 'Reinstated'")]
    [InlineData("revocation-is-an-event", "UPDATE Certificates SET RevocationId = NULL WHERE RevocationId IS NOT NULL")]
    [InlineData("revocation-is-an-event", "UPDATE Certificates SET RevocationId = (SELECT Id FROM CertificateEvents WHERE Kind = 'Suspended') WHERE Cause = 'Corrected'")]
    [InlineData("no-mail-to-the-erased", "UPDATE Outbox SET \"To\" = (SELECT Email FROM AspNetUsers WHERE ErasedAt IS NOT NULL)")]
    [InlineData("the-erased-cannot-sign-in", "UPDATE AspNetUsers SET PasswordHash = 'x' WHERE ErasedAt IS NOT NULL")]
    [InlineData("the-erased-cannot-sign-in", "UPDATE AspNetUsers SET Name = 'Eva Roe' WHERE ErasedAt IS NOT NULL")]
    [InlineData("the-erased-hold-nothing", "DELETE FROM CertificateEvents WHERE Kind = 'Withdrawn'")]
    public async Task A_row_that_contradicts_a_rule_is_found_and_the_rule_named(string rule, string sql)
    {
        await using var school = await BusySchoolAsync();
        await using (var database = school.Database.CreateDbContext())
        {
            Assert.True(await database.Database.ExecuteSqlRawAsync(sql, Cancellation) > 0);
        }

        var broken = await Assert.ThrowsAsync<InvariantsBrokenException>(() => CheckAsync(school));

        Assert.Contains($"{rule}: ", broken.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_a_job_whose_failure_names_what_is_broken()
    {
        await using var school = await BusySchoolAsync();
        await using (var database = school.Database.CreateDbContext())
        {
            await database.Database.ExecuteSqlRawAsync("DELETE FROM CertificateEvents WHERE Kind = 'Withdrawn'", Cancellation);
        }

        var run = new RunJob([new CheckInvariants(school.Database)], school.Database, school.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<RunJob>.Instance);
        await run.RunAsync(JobNames.Invariants, asOf: null, Cancellation);

        await using var after = school.Database.CreateDbContext();
        Assert.StartsWith("the-erased-hold-nothing: ", (await after.Jobs.SingleAsync(Cancellation)).LastFailure, StringComparison.Ordinal);
    }
}
