using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>Puts a certificate on hold, with a reason that everyone who checks it will read, and a note for the staff. The holder gets a mail.</summary>
public sealed class SuspendCertificate(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock)
{
    /// <param name="typedNote">For the staff only; may be empty.</param>
    public async Task<Outcome<Serial, StandingRefusal>> RunAsync(Actor actor, Serial serial, SuspensionReason reason, string? typedNote, CancellationToken cancellation)
    {
        actor.Demand(Act.RevokeCertificates);
        var now = clock.GetUtcNow().UtcDateTime;
        var note = string.IsNullOrWhiteSpace(typedNote) ? null : typedNote.Trim();
        if (note?.Length > CertificateEvent.NoteLength)
        {
            return StandingRefusal.NoteTooLong;
        }

        return await StandingActing.RunAsync<StandingRefusal>(
            databases,
            portal,
            serial,
            StandingRefusal.NotFound,
            certificate => certificate.RefusalToSuspend() is { } refusal
                ? refusal
                : (certificate.Suspend(reason, note, actor.PersonId, now), new AuditEntry(now, actor.PersonId, "certificate suspended", serial.ToString())),
            cancellation);
    }
}
