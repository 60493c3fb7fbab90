using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>Finds certificates for an administrator, by serial or by the start of the holder's name.</summary>
public sealed class FindCertificates(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <summary>Rows at most in an answer.</summary>
    public const int Most = 50;

    public async Task<IReadOnlyList<OwnCertificate>> RunAsync(Actor actor, string? search, CancellationToken cancellation)
    {
        actor.Demand(Act.RevokeCertificates);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = database.Certificates.AsNoTracking().AsQueryable();
        if (Serial.TryParse(search, out var serial))
        {
            rows = rows.Where(row => row.Serial == serial.Value);
        }
        else if (!string.IsNullOrWhiteSpace(search))
        {
            rows = rows.Where(row => row.HolderName.StartsWith(search.Trim()));
        }

        var found = await rows.OrderByDescending(row => row.IssuedAt).Take(Most).ToListAsync(cancellation);
        return [.. found.Select(row => new OwnCertificate(row, row.StatusAt(now)))];
    }
}
