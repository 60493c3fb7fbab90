using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>
/// The job <c>renewal-reminders</c>: puts every reminder that is due on record once and mails the most urgent of each
/// certificate, so that after a pause nobody gets four mails at once. Whoever holds several certificates gets one mail a day
/// for all of them, and by day where they are. The cost follows what is due, not how many certificates there are.
/// </summary>
public sealed class SendRenewalReminders(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock) : IPreviewedJob
{
    private const int Batch = 200;

    // After so many mails on as many days in a row, the next waits until a day is free.
    private const int DaysAhead = 3;

    public string Name => JobNames.RenewalReminders;

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        var reminded = 0;
        while (await RemindBatchAsync(now, cancellation) is > 0 and var batch)
        {
            reminded += batch;
            cancellation.ThrowIfCancellationRequested();
        }

        // Whom a whole batch could not be saved with is reminded one by one, so that a broken row holds up none behind it.
        return reminded + await RemindEachAsync(now, cancellation);
    }

    public async Task<DueList> ListDueAsync(DateTime now, int most, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var reminders = await DecideAsync(database, await HoldersAsync(database, now, most, cancellation), now, cancellation);
        var lines = reminders.SelectMany(reminder => reminder.Certificates.Select(row => new DueLine(row.DueAt, reminder.Name, row.Subject))).OrderBy(line => line.DueAt).Take(most);
        return new DueList([.. lines], await Due(database, now).CountAsync(cancellation));
    }

    private static IQueryable<Certificate> Due(PortalDbContext database, DateTime now) => database.Certificates.Where(certificate => certificate.NextReminderAt <= now);

    // The holders of that many due certificates, the longest due first.
    private static async Task<List<Guid>> HoldersAsync(PortalDbContext database, DateTime now, int most, CancellationToken cancellation)
    {
        var holders = await Due(database, now)
            .OrderBy(certificate => certificate.NextReminderAt)
            .Select(certificate => certificate.HolderId)
            .Take(most)
            .ToListAsync(cancellation);
        return [.. holders.Distinct()];
    }

    /// <returns>How many certificates were reminded of in one save; none where there was nothing to do, or one of them moved on meanwhile.</returns>
    private async Task<int> RemindBatchAsync(DateTime now, CancellationToken cancellation)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var holders = await HoldersAsync(database, now, Batch, cancellation);
            if (holders.Count == 0)
            {
                return 0;
            }

            var reminded = Add(database, await DecideAsync(database, holders, now, cancellation), now);
            await database.SaveChangesAsync(cancellation);
            if (RunningJob.Current is { } run)
            {
                await run.FoundAsync(reminded);
                await run.PassAsync(reminded, reminded);
            }

            return reminded;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever it was is met again, and told, where each holder is reminded alone.
            return 0;
        }
    }

    private async Task<int> RemindEachAsync(DateTime now, CancellationToken cancellation)
    {
        var reminded = 0;
        await DueRows.WorkThroughAsync(
            async most =>
            {
                await using var database = await databases.CreateDbContextAsync(cancellation);
                return await HoldersAsync(database, now, most, cancellation);
            },
            async holderId =>
            {
                var certificates = await RemindAsync(holderId, now, cancellation);
                reminded += certificates;
                return certificates > 0;
            },
            cancellation);
        return reminded;
    }

    private async Task<int> RemindAsync(Guid holderId, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var reminded = Add(database, await DecideAsync(database, [holderId], now, cancellation), now);
        try
        {
            await database.SaveChangesAsync(cancellation);
            return reminded;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Another copy of the job was first with this holder; if not, the next run finds them again.
            return 0;
        }
    }

    /// <summary>What each holder is to be told: certificates, people and mails of the days ahead are read once for all of them.</summary>
    private async Task<List<Reminder>> DecideAsync(PortalDbContext database, List<Guid> holderIds, DateTime now, CancellationToken cancellation)
    {
        var certificates = await Due(database, now).Where(row => holderIds.Contains(row.HolderId)).OrderBy(row => row.LastValidDay).ToListAsync(cancellation);
        var holders = await database.Users
            .Where(row => holderIds.Contains(row.Id))
            .Select(row => new Holder(row.Id, row.Name, row.Email!, row.Language, row.TimeZone))
            .ToListAsync(cancellation);
        var reminders = holders
            .Select(holder => (Holder: holder, Own: certificates.Where(row => row.HolderId == holder.Id).ToList()))
            .Where(row => row.Own.Count > 0)
            .Select(row => (row.Holder, row.Own, Zone: row.Holder.TimeZone ?? portal.Value.TimeZone ?? row.Own[0].TimeZone))
            .ToList();
        var keys = reminders.SelectMany(row => Mornings(now, row.Zone).Select(morning => Key(row.Holder.Id, morning.Day))).ToList();
        var taken = (await database.Outbox.Where(mail => keys.Contains(mail.Key)).Select(mail => mail.Key).ToListAsync(cancellation)).ToHashSet();
        return [.. reminders.Select(row => Decide(row.Holder, row.Own, row.Zone, taken, now))];
    }

    private Reminder Decide(Holder holder, List<Certificate> certificates, string zone, HashSet<string> taken, DateTime now)
    {
        var (sendAt, day) = Mornings(now, zone).SkipWhile(morning => taken.Contains(Key(holder.Id, morning.Day))).Append(Mornings(now, zone)[^1]).First();
        var rows = new List<CertificateReminder>();
        foreach (var certificate in certificates)
        {
            var dueAt = certificate.NextReminderAt!.Value;
            if (certificate.TakeDueReminders(now) is { Count: > 0 } stages)
            {
                var text = Text(holder, certificate, stages[^1], sendAt);
                rows.Add(new CertificateReminder(certificate.Id, dueAt, stages, text, text.Subject));
            }
        }

        var mail = rows.Count switch
        {
            0 => null,
            1 => rows[0].Text,
            _ => MailTexts.RenewalDigest(holder.Language, portal.Value.Name, holder.Name, string.Join('\n', rows.Select(row => $"- {row.Subject}")), portal.Value.Link("/me/certificates")),
        };

        // As if it were another time, the mail still waits as long as it would have then.
        var written = clock.GetUtcNow().UtcDateTime;
        return new Reminder(holder.Name, rows, mail is null ? null : new OutboxMail(Key(holder.Id, day), holder.Email, mail, confidential: false, written, written + (sendAt - now), zone));
    }

    private MailText Text(Holder holder, Certificate certificate, int stage, DateTime sendAt) => MailTexts.RenewalReminder(
        holder.Language,
        portal.Value.Name,
        holder.Name,
        certificate.EndingPart is { } part ? $"{certificate.Title}: {part.Name}" : certificate.Title,
        certificate.LastValidDay,
        Serial.Parse(certificate.Serial).ToString(),
        stage == 0 || certificate.DaysLeft(sendAt) < 0 ? null : certificate.DaysLeft(sendAt),
        portal.Value.Link("/me/certificates"));

    private static int Add(PortalDbContext database, List<Reminder> reminders, DateTime now)
    {
        foreach (var row in reminders.SelectMany(reminder => reminder.Certificates))
        {
            database.ReminderNotices.AddRange(row.Stages.Select(days => new ReminderNotice
            {
                CertificateId = row.CertificateId,
                DaysBefore = days,
                DecidedAt = now,
                Mailed = days == row.Stages[^1],
            }));
        }

        database.Outbox.AddRange(reminders.Select(reminder => reminder.Mail).OfType<OutboxMail>());
        return reminders.Sum(reminder => reminder.Certificates.Count);
    }

    // Now or the next morning, and the mornings after it.
    private static IReadOnlyList<(DateTime At, DateOnly Day)> Mornings(DateTime now, string zone)
    {
        var first = QuietHours.NextOpen(now, zone);
        var day = LocalDay.Of(first, zone);
        return [(first, day), .. Enumerable.Range(1, DaysAhead - 1).Select(ahead => (LocalDay.At(day.AddDays(ahead), QuietHours.Morning, zone), day.AddDays(ahead)))];
    }

    // One mail a person and day, by the outbox's unique index.
    private static string Key(Guid holderId, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"renewal-reminder/{holderId}/{day:yyyy-MM-dd}");

    private sealed record Holder(Guid Id, string Name, string Email, string Language, string? TimeZone);

    private sealed record CertificateReminder(Guid CertificateId, DateTime DueAt, IReadOnlyList<int> Stages, MailText Text, string Subject);

    private sealed record Reminder(string Name, IReadOnlyList<CertificateReminder> Certificates, OutboxMail? Mail);
}
