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

    /// <returns>The serial of the newest certificate that rests on a pass, or null while there is none.</returns>
    public async Task<Serial?> ForAttemptAsync(Actor actor, Guid attemptId, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = await database.Certificates
            .AsNoTracking()
            .IgnoreAutoIncludes()
            .Where(row => row.HolderId == actor.PersonId)
            .OrderByDescending(row => row.IssuedAt)
            .Select(row => new { row.Serial, row.AttemptId, row.Facts })
            .ToListAsync(cancellation);
        var serial = rows.Find(row => row.AttemptId == attemptId || row.Facts.Any(fact => fact.Id == attemptId))?.Serial;
        return serial is null ? null : Serial.Parse(serial);
    }

    private static IQueryable<Certificate> Own(PortalDbContext database, Actor actor) =>
        database.Certificates.AsNoTracking().Where(row => row.HolderId == actor.PersonId);
}
