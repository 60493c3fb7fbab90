using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Certifications;

/// <summary>The holder is told once that the certificate has ended, by whichever job it falls to.</summary>
public class NotifyOfExpiryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<int> RunAsync(School school) => new NotifyOfExpiry(school.Database, school.Portal, school.Clock).RunAsync(school.Now, Cancellation);

    private static async Task PromiseAsync(School school, params int[] days)
    {
        await using var database = school.Database.CreateDbContext();
        (await database.Programmes.SingleAsync(Cancellation)).ReminderDays = days;
        await database.SaveChangesAsync(Cancellation);
    }

    [Fact]
    public async Task Where_no_reminder_of_the_end_is_promised_the_job_tells_once()
    {
        await using var school = await School.OpenAsync();
        await PromiseAsync(school, 30);
        var (_, certificate) = await school.CertifyAsync();
        school.Now = certificate.ValidUntil;
        await school.SendRenewalReminders.RunAsync(school.Now, Cancellation);
        Assert.Equal(0, await RunAsync(school));
        school.Now = certificate.ValidUntil.AddSeconds(1);

        Assert.Equal(1, await RunAsync(school));
        Assert.Equal(0, await RunAsync(school));

        var mails = await school.OutboxAsync("renewal-reminder");
        Assert.Equal(2, mails.Count);
        Assert.Equal($"renewal-reminder/{certificate.Id}/0", mails[1].Key);
        Assert.Contains("has expired", mails[1].Subject, StringComparison.Ordinal);

        // A certificate ends at midnight, and nobody is woken for it.
        Assert.Equal(certificate.ValidUntil.AddSeconds(1).AddHours(8), mails[1].NextTryAt);
        Assert.Equal(0, await new CheckInvariants(school.Database).RunAsync(school.Now, Cancellation));
    }

    [Fact]
    public async Task Where_it_is_promised_the_reminders_tell_and_this_job_adds_nothing()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        school.Now = certificate.ValidUntil.AddSeconds(1);

        Assert.Equal(0, await RunAsync(school));
        await school.SendRenewalReminders.RunAsync(school.Now, Cancellation);
        Assert.Equal(0, await RunAsync(school));

        Assert.Single(await school.OutboxAsync("renewal-reminder"));
    }

    [Fact]
    public async Task Ten_copies_at_once_write_one_notice()
    {
        await using var school = await School.OpenAsync();
        await PromiseAsync(school);
        var (_, certificate) = await school.CertifyAsync();
        school.Now = certificate.ValidUntil.AddHours(1);

        var rows = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => RunAsync(school))));

        Assert.Equal(1, rows.Sum());
        Assert.Single(await school.OutboxAsync("renewal-reminder"));
    }

    [Fact]
    public async Task Nothing_is_said_of_what_was_revoked_or_ended_long_ago()
    {
        await using var school = await School.OpenAsync();
        await PromiseAsync(school);
        var (_, revoked) = await school.CertifyAsync("Rita Moe");
        var (_, certificate) = await school.CertifyAsync();
        await school.RevokeCertificate.RunAsync(await school.AdministratorAsync(), Serial.Parse(revoked.Serial), RevocationReason.Misconduct, Cancellation);

        school.Now = certificate.ValidUntil + NotifyOfExpiry.Late + TimeSpan.FromDays(1);
        Assert.Equal(0, await RunAsync(school));
        school.Now = certificate.ValidUntil + NotifyOfExpiry.Late;
        Assert.Equal(1, await RunAsync(school));
    }
}
