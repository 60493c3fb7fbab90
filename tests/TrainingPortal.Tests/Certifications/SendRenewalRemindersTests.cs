using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Persistence;
using TrainingPortal.Persistence.Sqlite;
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

    [Fact]
    public async Task Several_certificates_of_one_person_due_on_a_day_are_one_mail()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        await CopyAsync(school, certificate.Id);

        Assert.Equal(2, await RemindAsync(school, s_lastValidDay.AddDays(-30)));

        var mail = Assert.Single(await school.OutboxAsync("renewal-reminder"));
        Assert.Equal($"renewal-reminder/{holder.PersonId}/2028-10-03", mail.Key);
        Assert.Equal(2, mail.Body.Split('\n').Count(line => line == "- 30 days left: renew your certificate Microneedling competence"));
    }

    [Fact]
    public async Task A_second_reminder_of_a_day_goes_out_the_next_morning()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        Assert.Equal(1, await RemindAsync(school, s_lastValidDay.AddDays(-30)));
        await CopyAsync(school, certificate.Id);

        Assert.Equal(1, await RemindAsync(school, s_lastValidDay.AddDays(-30)));

        var mails = await school.OutboxAsync("renewal-reminder");
        Assert.Equal([$"renewal-reminder/{holder.PersonId}/2028-10-03", $"renewal-reminder/{holder.PersonId}/2028-10-04"], mails.Select(mail => mail.Key).Order());
        Assert.Equal(new DateTime(2028, 10, 4, 14, 0, 0, DateTimeKind.Utc), mails.Single(mail => mail.Key.EndsWith("04", StringComparison.Ordinal)).NextTryAt);
    }

    [Theory]
    [InlineData(null, "2028-10-03T14:00:00Z")]
    [InlineData("Europe/Berlin", "2028-10-03T06:30:00Z")]
    [InlineData("Asia/Tokyo", "2028-10-03T06:30:00Z")]
    [InlineData("America/New_York", "2028-10-03T12:00:00Z")]
    public async Task A_reminder_decided_by_night_waits_for_the_morning_where_the_person_is(string? zone, string sent)
    {
        await using var school = await School.OpenAsync();
        var (holder, _) = await school.CertifyAsync();
        Assert.True((await new ChooseTimeZone(school.Database).RunAsync(holder, zone ?? "", Cancellation)).Succeeded);
        school.Now = new DateTime(2028, 10, 3, 6, 30, 0, DateTimeKind.Utc);

        Assert.Equal(1, await school.SendRenewalReminders.RunAsync(school.Now, Cancellation));

        Assert.Equal(DateTime.Parse(sent, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), Assert.Single(await school.OutboxAsync("renewal-reminder")).NextTryAt);
    }

    [Fact]
    public async Task Sixty_certificates_are_read_and_saved_together()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        foreach (var _ in Enumerable.Range(0, 59))
        {
            await CopyAsync(school, certificate.Id, own: true);
        }

        school.Now = Noon(s_lastValidDay.AddDays(-30));
        var commands = new CommandCount();
        var counted = new CountedDatabase(school.Database, commands);
        Assert.Equal(60, await new SendRenewalReminders(counted, school.Portal, school.Clock).RunAsync(school.Now, Cancellation));

        // Reading does not grow with what is due: it would be more than 180 if each were read on its own.
        Assert.InRange(commands.Reads, 1, 12);
        Assert.Equal(60, (await school.OutboxAsync("renewal-reminder")).Count);
    }

    [Fact]
    public async Task The_list_beforehand_names_who_is_then_reminded_and_writes_nothing()
    {
        await using var school = await School.OpenAsync();
        await school.CertifyAsync("Ana");
        var asOf = Noon(s_lastValidDay.AddDays(-7));

        var due = await school.SendRenewalReminders.ListDueAsync(asOf, 200, Cancellation);

        Assert.Equal(1, due.Total);
        Assert.Equal(("Ana", "7 days left: renew your certificate Microneedling competence"), Assert.Single(due.Lines) is var line ? (line.Who, line.What) : default);
        Assert.Empty(await NoticesAsync(school));
        Assert.Empty(await school.OutboxAsync("renewal-reminder"));
        Assert.Equal(0, (await school.SendRenewalReminders.ListDueAsync(Noon(s_lastValidDay.AddDays(-91)), 200, Cancellation)).Total);
    }

    // Another certificate with the same days, of the same person or of one of its own; the database holds a pass to one certificate.
    private static async Task CopyAsync(School school, Guid certificateId, bool own = false)
    {
        var (holder, copied) = own ? (await school.TraineeAsync($"Copy {Guid.NewGuid():N}"), true) : (null, false);
        await using var database = school.Database.CreateDbContext();
        var certificate = await database.Certificates.AsNoTracking().FirstAsync(row => row.Id == certificateId, Cancellation);
        var attempt = await database.Attempts.AsNoTracking().FirstAsync(row => row.Id == certificate.AttemptId, Cancellation);
        database.Attach(attempt).State = EntityState.Added;
        database.Entry(attempt).Property(row => row.Id).CurrentValue = Guid.NewGuid();
        database.Entry(attempt).Property(row => row.AwaitsAward).CurrentValue = false;
        database.Attach(certificate).State = EntityState.Added;
        var copy = database.Entry(certificate);
        copy.Property(row => row.Id).CurrentValue = Guid.NewGuid();
        copy.Property(row => row.AttemptId).CurrentValue = attempt.Id;
        copy.Property(row => row.Serial).CurrentValue = Serial.Draw().Value;
        copy.Property(row => row.NextReminderAt).CurrentValue = certificate.ReminderDueAt(90);
        copy.Property(row => row.Cycle).CurrentValue = certificate.Cycle + 1;
        if (copied)
        {
            copy.Property(row => row.HolderId).CurrentValue = holder!.PersonId;
        }

        await database.SaveChangesAsync(Cancellation);
    }

    /// <summary>Counts the questions that a use case asks the database.</summary>
    private sealed class CommandCount : DbCommandInterceptor
    {
        public int Reads { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Reads += command.CommandText.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }

    private sealed class CountedDatabase(TestDatabase database, CommandCount commands) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext()
        {
            using var plain = database.CreateDbContext();
            return new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>()
                .UseSqlite(plain.Database.GetConnectionString())
                .AddInterceptors(new SqlitePragmas(), commands)
                .Options);
        }
    }
}
