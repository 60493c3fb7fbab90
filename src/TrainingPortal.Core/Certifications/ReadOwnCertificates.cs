using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>A certificate with its status now.</summary>
public sealed record OwnCertificate(Certificate Certificate, CertificateStatus Status);

/// <summary>The actor's own certificates, newest first, and the one for a pass.</summary>
public sealed class ReadOwnCertificates(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<IReadOnlyList<OwnCertificate>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = await Own(database, actor).OrderByDescending(row => row.IssuedAt).ToListAsync(cancellation);
        return [.. rows.Select(row => new OwnCertificate(row, row.StatusAt(now)))];
    }

    /// <returns>Null where the actor holds no such certificate.</returns>
    public async Task<OwnCertificate?> BySerialAsync(Actor actor, Serial serial, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var row = await Own(database, actor).FirstOrDefaultAsync(row => row.Serial == serial.Value, cancellation);
        return row is null ? null : new OwnCertificate(row, row.StatusAt(now));
    }

    /// <returns>The serial of the certificate that a pass earned, or null while it is being made.</returns>
    public async Task<Serial?> ForAttemptAsync(Actor actor, Guid attemptId, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var serial = await database.Certificates
            .Where(row => row.AttemptId == attemptId && row.HolderId == actor.PersonId)
            .OrderByDescending(row => row.IssuedAt)
            .Select(row => row.Serial)
            .FirstOrDefaultAsync(cancellation);
        return serial is null ? null : Serial.Parse(serial);
    }

    private static IQueryable<Certificate> Own(PortalDbContext database, Actor actor) =>
        database.Certificates.AsNoTracking().Where(row => row.HolderId == actor.PersonId);
}
