using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>
/// The job <c>renewal-reminders</c>: puts every reminder that is due on record once and mails the most urgent of them, so
/// that after a pause nobody gets four mails at once. The cost follows what is due, not how many certificates there are.
/// </summary>
public sealed class SendRenewalReminders(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock) : IPortalJob
{
    public string Name => JobNames.RenewalReminders;

    public Task<int> RunAsync(DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
        async most =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return await database.Certificates
                .Where(certificate => certificate.NextReminderAt <= now)
                .OrderBy(certificate => certificate.NextReminderAt)
                .Select(certificate => certificate.Id)
                .Take(most)
                .ToListAsync(cancellation);
        },
        certificateId => RemindAsync(certificateId, now, cancellation),
        cancellation);

    private async Task<bool> RemindAsync(Guid certificateId, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificate = await database.Certificates.FirstAsync(row => row.Id == certificateId, cancellation);
        var due = certificate.TakeDueReminders(now);
        if (due.Count == 0)
        {
            return false;
        }

        var mostUrgent = due[^1];
        database.ReminderNotices.AddRange(due.Select(days => new ReminderNotice
        {
            CertificateId = certificateId,
            DaysBefore = days,
            DecidedAt = now,
            Mailed = days == mostUrgent,
        }));
        var holder = await database.Users.Where(row => row.Id == certificate.HolderId).Select(row => new { row.Name, row.Email, row.Language }).FirstAsync(cancellation);
        database.Outbox.Add(new OutboxMail(
            $"renewal-reminder/{certificateId}/{mostUrgent}",
            holder.Email!,
            MailTexts.RenewalReminder(
                holder.Language,
                portal.Value.Name,
                holder.Name,
                certificate.EndingPart is { } part ? $"{certificate.Title}: {part.Name}" : certificate.Title,
                certificate.LastValidDay,
                Serial.Parse(certificate.Serial).ToString(),
                mostUrgent == 0 ? null : certificate.DaysLeft(now),
                portal.Value.Link("/me/certificates")),
            confidential: false,
            clock.GetUtcNow().UtcDateTime));
        try
        {
            await database.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Another copy of the job was first with this certificate.
            return false;
        }
    }
}
