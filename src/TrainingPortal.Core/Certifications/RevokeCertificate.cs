using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

public enum RevokeRefusal
{
    NotFound,
    AlreadyRevoked,
}

/// <summary>Revokes a certificate for good, with a reason that everyone who checks it will read.</summary>
public sealed class RevokeCertificate(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Serial, RevokeRefusal>> RunAsync(Actor actor, Serial serial, RevocationReason reason, CancellationToken cancellation)
    {
        actor.Demand(Act.RevokeCertificates);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificate = await database.Certificates
            .Include(row => row.Revocation)
            .FirstOrDefaultAsync(row => row.Serial == serial.Value, cancellation);
        if (certificate is null)
        {
            return RevokeRefusal.NotFound;
        }

        if (certificate.RefusalToRevoke() is { } refusal)
        {
            return refusal;
        }

        certificate.Revoke(reason, actor.PersonId, now);
        database.Revocations.Add(certificate.Revocation!);
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "certificate revoked", serial.ToString()));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Somebody else changed it meanwhile: look again, and either it is revoked by now or it goes through.
            return await RunAsync(actor, serial, reason, cancellation);
        }

        return serial;
    }
}
