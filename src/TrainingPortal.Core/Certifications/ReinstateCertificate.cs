using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>Takes a certificate off hold: from now on it is worth what its dates say. The holder gets a mail.</summary>
public sealed class ReinstateCertificate(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock)
{
    /// <param name="typedNote">For the staff only; may be empty.</param>
    public async Task<Outcome<Serial, StandingRefusal>> RunAsync(Actor actor, Serial serial, ReinstatementReason reason, string? typedNote, CancellationToken cancellation)
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
            certificate => certificate.RefusalToReinstate() is { } refusal
                ? refusal
                : (certificate.Reinstate(reason, note, actor.PersonId, now), new AuditEntry(now, actor.PersonId, "certificate reinstated", serial.ToString())),
            cancellation);
    }
}
