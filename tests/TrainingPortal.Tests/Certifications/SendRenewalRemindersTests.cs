using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Certifications;

/// <summary>Reminders at 90, 30 and 7 days before the last valid day, 2 November 2028 in Denver, and on the day after it.</summary>
public class SendRenewalRemindersTests
{
    private static readonly DateOnly s_lastValidDay = new(2028, 11, 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Noon in Denver in winter, one o'clock in summer.
    private static DateTime Noon(DateOnly day) => day.ToDateTime(new TimeOnly(19, 0), DateTimeKind.Utc);

    private static Task<int> RemindAsync(School school, DateOnly day)
    {
        school.Now = Noon(day);
        return school.SendRenewalReminders.RunAsync(school.Now, Cancellation);
    }

    private static async Task<List<(int DaysBefore, bool Mailed)>> NoticesAsync(School school)
    {
        await using var database = school.Database.CreateDbContext();
        return [.. (await database.ReminderNotices.OrderByDescending(notice => notice.DaysBefore).ToListAsync(Cancellation)).Select(notice => (notice.DaysBefore, notice.Mailed))];
    }

    [Fact]
    public async Task Day_by_day_over_two_years_each_reminder_goes_out_once_on_its_day()
    {
        await using var school = await School.OpenAsync();
        await school.CertifyAsync();
        var sent = new List<DateOnly>();
        for (var day = new DateOnly(2026, 11, 2); day < new DateOnly(2029, 1, 2); day = day.AddDays(1))
        {
            if (await RemindAsync(school, day) == 1)
            {
                sent.Add(day);
            }

            Assert.Equal(0, await RemindAsync(school, day));
        }

        Assert.Equal([s_lastValidDay.AddDays(-90), s_lastValidDay.AddDays(-30), s_lastValidDay.AddDays(-7), s_lastValidDay.AddDays(1)], sent);
        Assert.Equal([(90, true), (30, true), (7, true), (0, true)], await NoticesAsync(school));
        Assert.Equal(
            [
                "90 days left: renew your certificate Microneedling competence",
                "30 days left: renew your certificate Microneedling competence",
                "7 days left: renew your certificate Microneedling competence",
                "Your certificate Microneedling competence has expired",
            ],
            (await school.OutboxAsync("renewal-reminder")).Select(mail => mail.Subject));
    }

    [Fact]
    public async Task A_reminder_is_due_from_the_first_second_of_its_day_in_Denver()
    {
        await using var school = await School.OpenAsync();
        await school.CertifyAsync();
        var due = new DateTime(2028, 8, 4, 6, 0, 0, DateTimeKind.Utc);

        Assert.Equal(0, await school.SendRenewalReminders.RunAsync(due.AddTicks(-1), Cancellation));
        Assert.Equal(1, await school.SendRenewalReminders.RunAsync(due, Cancellation));
    }

    [Fact]
    public async Task After_a_pause_only_the_most_urgent_is_mailed_and_all_are_on_record()
    {
        await using var school = await School.OpenAsync();
        await school.CertifyAsync();

        Assert.Equal(1, await RemindAsync(school, s_lastValidDay.AddDays(-5)));

        Assert.Equal([(90, false), (30, false), (7, true)], await NoticesAsync(school));
        Assert.StartsWith("5 days left", Assert.Single(await school.OutboxAsync("renewal-reminder")).Subject, StringComparison.Ordinal);
        Assert.Equal(0, await RemindAsync(school, s_lastValidDay));
        Assert.Equal(1, await RemindAsync(school, s_lastValidDay.AddDays(1)));
    }

    [Fact]
    public async Task A_late_reminder_on_the_last_day_does_not_say_that_the_certificate_has_expired()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();

        await RemindAsync(school, s_lastValidDay);

        Assert.Equal(CertificateStatus.Expiring, certificate.StatusAt(school.Now));
        var mail = Assert.Single(await school.OutboxAsync("renewal-reminder"));
        Assert.DoesNotContain("expired", mail.Subject + mail.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Ten_runs_at_once_send_it_once()
    {
        await using var school = await School.OpenAsync();
        await school.CertifyAsync();
        school.Now = Noon(s_lastValidDay.AddDays(-30));

        var runs = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => school.SendRenewalReminders.RunAsync(school.Now, Cancellation))));

        Assert.Equal(1, runs.Sum());
        Assert.Equal([(90, false), (30, true)], await NoticesAsync(school));
        Assert.Single(await school.OutboxAsync("renewal-reminder"));
    }

    [Fact]
    public async Task A_revoked_certificate_gets_no_reminder()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        await school.RevokeCertificate.RunAsync(await school.AdministratorAsync(), Serial.Parse(certificate.Serial), RevocationReason.Misconduct, Cancellation);

        Assert.Equal(0, await RemindAsync(school, s_lastValidDay.AddDays(-5)));
        Assert.Equal(0, await RemindAsync(school, s_lastValidDay.AddDays(5)));
        Assert.Empty(await NoticesAsync(school));
    }

    [Fact]
    public async Task A_renewed_certificate_gets_no_more_reminders_and_the_new_one_gets_its_own()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        Assert.Equal(1, await RemindAsync(school, s_lastValidDay.AddDays(-90)));
        var renewed = await school.RenewAsync(holder, certificate);

        Assert.Equal(0, await RemindAsync(school, s_lastValidDay.AddDays(60)));
        Assert.Equal(1, await RemindAsync(school, renewed.LastValidDay.AddDays(-90)));
    }

    [Fact]
    public async Task What_was_promised_at_issue_holds_when_the_programme_changes()
    {
        await using var school = await School.OpenAsync();
        await school.CertifyAsync();
        await using (var database = school.Database.CreateDbContext())
        {
            (await database.Programmes.SingleAsync(Cancellation)).ReminderDays = [1];
            await database.SaveChangesAsync(Cancellation);
        }

        Assert.Equal(1, await RemindAsync(school, s_lastValidDay.AddDays(-30)));
        Assert.Equal([(90, false), (30, true)], await NoticesAsync(school));
    }

    [Fact]
    public async Task Each_holder_is_reminded_of_their_own()
    {
        await using var school = await School.OpenAsync();
        await school.CertifyAsync("Ana");
        school.Clock.Advance(TimeSpan.FromDays(1));
        await school.CertifyAsync("Ben");

        Assert.Equal(1, await RemindAsync(school, s_lastValidDay.AddDays(-90)));
        Assert.Equal(1, await RemindAsync(school, s_lastValidDay.AddDays(-89)));
    }
}
