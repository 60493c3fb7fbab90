using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

public enum RevokeRefusal
{
    NotFound,
    AlreadyRevoked,
}

/// <summary>Revokes a certificate for good, with a reason that everyone who checks it will read. The holder gets a mail.</summary>
public sealed class RevokeCertificate(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock)
{
    public Task<Outcome<Serial, RevokeRefusal>> RunAsync(Actor actor, Serial serial, RevocationReason reason, CancellationToken cancellation)
    {
        actor.Demand(Act.RevokeCertificates);
        var now = clock.GetUtcNow().UtcDateTime;
        return StandingActing.RunAsync<RevokeRefusal>(
            databases,
            portal,
            serial,
            RevokeRefusal.NotFound,
            certificate =>
            {
                if (certificate.RefusalToRevoke() is { } refusal)
                {
                    return refusal;
                }

                certificate.Revoke(reason, actor.PersonId, now);
                return (certificate.Revocation!, new AuditEntry(now, actor.PersonId, "certificate revoked", serial.ToString()));
            },
            cancellation);
    }
}
