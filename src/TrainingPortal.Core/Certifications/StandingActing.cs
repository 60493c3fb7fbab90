using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Audit;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>Why a certificate is not put on hold or taken off it.</summary>
public enum StandingRefusal
{
    NotFound,
    AlreadyRevoked,

    /// <summary>A newer certificate took its place; that one counts.</summary>
    Superseded,
    AlreadySuspended,
    NotSuspended,

    /// <summary>Longer than <see cref="CertificateEvent.NoteLength"/>.</summary>
    NoteTooLong,
}

/// <summary>What an administrator does to one certificate: the event, its audit entry and the holder's mail are one save.</summary>
internal static class StandingActing
{
    /// <param name="notFound">Said where there is no such certificate, or none any more.</param>
    /// <param name="act">Does it, or says why not; it may be asked a second time where somebody else was first.</param>
    public static async Task<Outcome<Serial, TRefusal>> RunAsync<TRefusal>(
        IDbContextFactory<PortalDbContext> databases,
        IOptions<PortalOptions> portal,
        Serial serial,
        TRefusal notFound,
        Func<Certificate, Outcome<(CertificateEvent Happened, AuditEntry Entry), TRefusal>> act,
        CancellationToken cancellation)
        where TRefusal : struct, Enum
    {
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var certificate = await database.Certificates.FirstOrDefaultAsync(row => row.Serial == serial.Value, cancellation);
            if (certificate is null or { IsWithdrawn: true })
            {
                return notFound;
            }

            var done = act(certificate);
            if (done.Refusal is { } refusal)
            {
                return refusal;
            }

            var holder = await database.Users.Where(row => row.Id == certificate.HolderId).Select(row => new { row.Name, row.Email, row.Language }).FirstAsync(cancellation);
            database.AuditEntries.Add(done.Value.Entry);
            database.Outbox.Add(Mail(certificate, done.Value.Happened, holder.Name, holder.Email!, holder.Language, portal.Value));
            try
            {
                await database.SaveChangesAsync(cancellation);
                return serial;
            }
            catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
            {
                // Somebody else changed it meanwhile: look again, and either it is so by now or it goes through.
            }
        }
    }

    private static OutboxMail Mail(Certificate certificate, CertificateEvent happened, string name, string email, string language, PortalOptions portal)
    {
        var serial = Serial.Parse(certificate.Serial).ToString();
        var (reason, link) = (MailTexts.Reason(language, happened.Reason), portal.Link($"/me/certificates/{serial}"));
        var text = happened.Kind switch
        {
            CertificateEventKind.Suspended => MailTexts.CertificateSuspended(language, portal.Name, name, certificate.Title, serial, reason, link),
            CertificateEventKind.Reinstated => MailTexts.CertificateReinstated(language, portal.Name, name, certificate.Title, serial, reason, link),
            CertificateEventKind.Revoked => MailTexts.CertificateRevoked(language, portal.Name, name, certificate.Title, serial, reason, link),
            CertificateEventKind.Withdrawn => throw new InvalidOperationException("Nobody is left to write to."),
        };
        return new OutboxMail($"certificate-event/{happened.Id}", email, text, confidential: false, happened.At);
    }
}
