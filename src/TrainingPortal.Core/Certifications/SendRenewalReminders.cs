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
/// for all of them, and by day where they are. Their employers are told too, in one mail a day for all of their people; whoever
/// is both gets one for both. The cost follows what is due, not how many certificates there are.
/// </summary>
public sealed class SendRenewalReminders(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock) : IPreviewedJob
{
    private const int Batch = 200;

    // After so many mails on as many days in a row, the next waits until a day is free.
    private const int DaysAhead = 3;

    private readonly EmployerDigests digests = new(portal);

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
        reminded += await RemindEachAsync(now, cancellation);
        return reminded + await TellEmployersAsync(now, cancellation);
    }

    public async Task<DueList> ListDueAsync(DateTime now, int most, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var decided = await DecideAsync(database, await HoldersAsync(database, now, most, cancellation), now, cancellation);
        var waiting = await EmployerDigests.WaitingAsync(database, await EmployersAsync(database, now, most, cancellation), now, cancellation);
        var toHolders = decided.Reminders.SelectMany(reminder => reminder.Certificates.Select(row => new DueLine(row.DueAt, reminder.Holder.Name, row.Subject)));
        var toEmployers = decided.Notices.Concat(waiting)
            .Where(told => told.Certificate is not null)
            .Select(told => new DueLine(told.Notice.DecidedAt, told.Employer, EmployerDigests.Line(told.Language, told.Certificate!, now)));
        var total = await Due(database, now).CountAsync(cancellation)
            + await Due(database, now).Join(EmployerDigests.Employments(database), row => row.HolderId, row => row.PersonId, (row, _) => row.Id).CountAsync(cancellation)
            + await Waiting(database, now).CountAsync(cancellation);
        return new DueList([.. toHolders.Concat(toEmployers).OrderBy(line => line.DueAt).Take(most)], total);
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

    private static IQueryable<EmployerNotice> Waiting(PortalDbContext database, DateTime now) => database.EmployerNotices.Where(notice => notice.WaitsUntil <= now);

    // The employers with notices that wait, who have waited longest first. As many rows as fill the mails of that many, since
    // grouping them in the database would read those of all employers (What_a_job_asks_every_minute_is_answered_by_its_index).
    private static async Task<List<Guid>> EmployersAsync(PortalDbContext database, DateTime now, int most, CancellationToken cancellation)
    {
        var employers = await Waiting(database, now)
            .OrderBy(notice => notice.WaitsUntil)
            .Select(notice => notice.EmployerId)
            .Take(most * EmployerDigests.MostLines)
            .ToListAsync(cancellation);
        return [.. employers.Distinct().Take(most)];
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

    /// <returns>How many mails were written.</returns>
    private Task<int> TellEmployersAsync(DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
        async most =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return await EmployersAsync(database, now, most, cancellation);
        },
        employerId => TellEmployerAsync(employerId, now, cancellation),
        cancellation);

    private async Task<bool> TellEmployerAsync(Guid employerId, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var employer = await database.Users.Where(row => row.Id == employerId).Select(row => new Holder(row.Id, row.Name, row.Email!, row.Language, row.TimeZone)).FirstAsync(cancellation);
        var waiting = await EmployerDigests.WaitingAsync(database, [employerId], now, cancellation);
        foreach (var told in waiting.Where(told => told.Certificate is null))
        {
            told.Notice.Settle(mailed: false);
        }

        var toTell = waiting.Where(told => told.Certificate is not null).ToList();
        var mailed = false;
        if (toTell.Count > 0)
        {
            var zone = digests.Zone(employer.TimeZone, toTell[0].Certificate!);
            var (open, today) = (QuietHours.NextOpen(now, zone), LocalDay.Of(now, zone));
            mailed = open <= now && !await database.Outbox.AnyAsync(mail => mail.Key == Key(employerId, today), cancellation);

            // By night, or with another mail of the day: all of them go into the next one.
            var next = open > now ? open : LocalDay.At(today.AddDays(1), QuietHours.Morning, zone);
            foreach (var told in toTell)
            {
                if (mailed)
                {
                    told.Notice.Settle(mailed: true);
                }
                else
                {
                    told.Notice.Wait(next);
                }
            }

            if (mailed)
            {
                var text = MailTexts.EmployerDigest(employer.Language, portal.Value.Name, employer.Name, digests.Lines(employer.Language, toTell, now));
                database.Outbox.Add(new OutboxMail(Key(employerId, today), employer.Email, text, confidential: false, clock.GetUtcNow().UtcDateTime, quietZone: zone));
            }
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
            return mailed;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Another copy of the job was first with this employer; if not, the next run finds the rest.
            return false;
        }
    }

    /// <summary>What each holder is to be told: certificates, people and mails of the days ahead are read once for all of them.</summary>
    private async Task<Decided> DecideAsync(PortalDbContext database, List<Guid> holderIds, DateTime now, CancellationToken cancellation)
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
        var decided = reminders.Select(row => Decide(row.Holder, row.Own, row.Zone, taken, now)).ToList();
        var stages = decided.SelectMany(reminder => reminder.Certificates).ToDictionary(row => row.CertificateId, row => row.Stages[^1]);
        var notices = await digests.DecideAsync(database, [.. certificates.Where(row => stages.ContainsKey(row.Id)).Select(row => (row, stages[row.Id]))], now, cancellation);
        var told = notices.Concat(await EmployerDigests.WaitingAsync(database, holderIds, until: null, cancellation)).ToLookup(row => row.Notice.EmployerId);
        return new Decided([.. decided.Select(reminder => WithMail(reminder, [.. told[reminder.Holder.Id].Where(row => row.Certificate is not null)], now))], notices);
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

        return new Reminder(holder, rows, sendAt, day, zone, Mail: null);
    }

    // Whoever is reminded of their own is told of their people in the same mail.
    private Reminder WithMail(Reminder reminder, IReadOnlyList<ToldOf> told, DateTime now)
    {
        var (holder, rows, sendAt, day, zone, _) = reminder;
        if (rows.Count == 0)
        {
            return reminder;
        }

        foreach (var row in told)
        {
            row.Notice.Settle(mailed: true);
        }

        var own = string.Join('\n', rows.Select(row => $"- {row.Subject}"));
        var link = portal.Value.Link("/me/certificates");
        var text = rows.Count switch
        {
            _ when told.Count > 0 => MailTexts.RenewalAndStaff(holder.Language, portal.Value.Name, holder.Name, own, digests.Lines(holder.Language, told, sendAt), link),
            1 => rows[0].Text,
            _ => MailTexts.RenewalDigest(holder.Language, portal.Value.Name, holder.Name, own, link),
        };

        // As if it were another time, the mail still waits as long as it would have then.
        var written = clock.GetUtcNow().UtcDateTime;
        return reminder with { Mail = new OutboxMail(Key(holder.Id, day), holder.Email, text, confidential: false, written, written + (sendAt - now), zone) };
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

    private static int Add(PortalDbContext database, Decided decided, DateTime now)
    {
        var reminders = decided.Reminders;
        database.EmployerNotices.AddRange(decided.Notices.Select(told => told.Notice));
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

    // One mail a person and day, by the outbox's unique index, as a holder and as an employer.
    private static string Key(Guid holderId, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"renewal-reminder/{holderId}/{day:yyyy-MM-dd}");

    private sealed record Holder(Guid Id, string Name, string Email, string Language, string? TimeZone);

    private sealed record CertificateReminder(Guid CertificateId, DateTime DueAt, IReadOnlyList<int> Stages, MailText Text, string Subject);

    private sealed record Reminder(Holder Holder, IReadOnlyList<CertificateReminder> Certificates, DateTime SendAt, DateOnly Day, string Zone, OutboxMail? Mail);

    /// <param name="Notices">What the employers of those holders are to be told.</param>
    private sealed record Decided(List<Reminder> Reminders, List<ToldOf> Notices);
}
