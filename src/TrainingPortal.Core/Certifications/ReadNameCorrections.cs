using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <param name="Title">Of the certificate.</param>
public sealed record NameCorrectionLine(NameCorrection Correction, Serial Serial, string Title);

/// <summary>Corrections of names: for an administrator those that wait for an answer, for a holder the newest of a certificate.</summary>
public sealed class ReadNameCorrections(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Rows at most in an answer.</summary>
    public const int Most = 50;

    /// <returns>The open ones, the longest waiting first.</returns>
    public async Task<IReadOnlyList<NameCorrectionLine>> OpenAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.CorrectNames);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = await database.NameCorrections
            .AsNoTracking()
            .Where(row => row.SettledAt == null)
            .OrderBy(row => row.AskedAt)
            .Take(Most)
            .Join(database.Certificates.IgnoreAutoIncludes(), row => row.CertificateId, certificate => certificate.Id, (row, certificate) => new { Row = row, certificate.Serial, certificate.Title })
            .ToListAsync(cancellation);
        return [.. rows.Select(row => new NameCorrectionLine(row.Row, Serial.Parse(row.Serial), row.Title)).OrderBy(line => line.Correction.AskedAt)];
    }

    /// <returns>Null where none was asked for this certificate.</returns>
    public async Task<NameCorrection?> OwnAsync(Actor actor, Guid certificateId, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.NameCorrections
            .AsNoTracking()
            .Where(row => row.CertificateId == certificateId && row.HolderId == actor.PersonId)
            .OrderByDescending(row => row.AskedAt)
            .FirstOrDefaultAsync(cancellation);
    }
}
