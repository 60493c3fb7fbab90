using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>
/// The job <c>expire</c>. Nothing has to be written for a certificate to expire, since its status is computed. Where the
/// programme promises a reminder on the first day after the end, <see cref="SendRenewalReminders"/> tells the holder; where
/// it does not, this job does, once, which the reminder's own key holds.
/// </summary>
public sealed class NotifyOfExpiry(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock) : IPreviewedJob
{
    /// <summary>Whose end lies back further is told nothing any more.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromDays(30);

    public string Name => JobNames.Expire;

    public Task<int> RunAsync(DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
        async most =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return await Due(database, now).OrderBy(row => row.ValidUntil).Select(row => row.Id).Take(most).ToListAsync(cancellation);
        },
        certificateId => NotifyAsync(certificateId, now, cancellation),
        cancellation);

    public async Task<DueList> ListDueAsync(DateTime now, int most, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var due = await Due(database, now)
            .OrderBy(row => row.ValidUntil)
            .Take(most)
            .Join(database.Users, row => row.HolderId, user => user.Id, (row, user) => new { Certificate = row, user.Name, user.Language })
            .AsNoTracking()
            .ToListAsync(cancellation);
        return new DueList(
            [.. due.OrderBy(row => row.Certificate.ValidUntil).Select(row => new DueLine(row.Certificate.ValidUntil.AddSeconds(1), row.Name, Text(row.Certificate, row.Name, row.Language).Subject))],
            await Due(database, now).CountAsync(cancellation));
    }

    private static IQueryable<Certificate> Due(PortalDbContext database, DateTime now)
    {
        var (from, before) = (now - Late, now.AddSeconds(-1));

        // A reminder that is still to come may be the one of the end.
        return database.Certificates
            .Where(row => row.SupersededAt == null && row.Revocation == null && row.ValidUntil >= from && row.ValidUntil <= before && row.NextReminderAt == null)
            .Where(row => !row.Events.Any(happened => happened.Kind == CertificateEventKind.Withdrawn))
            .Where(row => !database.ReminderNotices.Any(notice => notice.CertificateId == row.Id && notice.DaysBefore == 0))
            .Where(row => !(row.Cause == CertificateCause.Corrected && database.ReminderNotices.Any(notice => notice.CertificateId == row.ReplacesId && notice.DaysBefore == 0)));
    }

    private MailText Text(Certificate certificate, string name, string language) => MailTexts.RenewalReminder(
        language,
        portal.Value.Name,
        name,
        certificate.EndingPart is { } part ? $"{certificate.Title}: {part.Name}" : certificate.Title,
        certificate.LastValidDay,
        Serial.Parse(certificate.Serial).ToString(),
        days: null,
        portal.Value.Link("/me/certificates"));

    private async Task<bool> NotifyAsync(Guid certificateId, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificate = await database.Certificates.FirstAsync(row => row.Id == certificateId, cancellation);
        if (!certificate.Stands)
        {
            return false;
        }

        certificate.KeepNotice();
        database.ReminderNotices.Add(new ReminderNotice { CertificateId = certificateId, DaysBefore = 0, DecidedAt = now, Mailed = true });
        var holder = await database.Users.Where(row => row.Id == certificate.HolderId).Select(row => new { row.Name, row.Email, row.Language, row.TimeZone }).FirstAsync(cancellation);
        var written = clock.GetUtcNow().UtcDateTime;
        var zone = holder.TimeZone ?? portal.Value.TimeZone ?? certificate.TimeZone;
        database.Outbox.Add(new OutboxMail(
            $"renewal-reminder/{certificateId}/0",
            holder.Email!,
            Text(certificate, holder.Name, holder.Language),
            confidential: false,
            written,
            QuietHours.NextOpen(written, zone),
            zone));
        try
        {
            await database.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Another copy of the job was first, or it was renewed, revoked or withdrawn meanwhile.
            return false;
        }
    }
}
