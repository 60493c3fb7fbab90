using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>A credential as it was signed.</summary>
/// <param name="Jws">The compact signature, ASCII.</param>
/// <param name="Sha256">Of <paramref name="Jws"/>, in hexadecimal.</param>
/// <param name="Counts">False: another issue took its place, or the award was withdrawn.</param>
public sealed record SignedCredential(string Serial, string Jws, string Sha256, bool Counts);

/// <summary>Signed credentials, for whoever knows the id of the award, and for their holders.</summary>
public sealed class ReadCredential(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Every issue of an award, newest first; none where there is no such award.</summary>
    public async Task<IReadOnlyList<SignedCredential>> RunAsync(Guid awardId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Credentials
            .Where(row => row.AwardId == awardId && row.Jws != "")
            .Join(database.Certificates, row => row.CertificateId, certificate => certificate.Id, (row, certificate) => new { row, certificate })
            .OrderByDescending(issue => issue.certificate.IssuedAt)
            .Select(issue => new SignedCredential(
                issue.certificate.Serial,
                issue.row.Jws,
                issue.row.Sha256,
                issue.row.RevokedAt == null && issue.certificate.SupersededAt == null && issue.certificate.Revocation == null))
            .ToListAsync(cancellation);
    }

    /// <returns>Null where the actor holds no such certificate, or its credential is still to be signed.</returns>
    public async Task<SignedCredential?> OwnAsync(Actor actor, Serial serial, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Certificates
            .Where(certificate => certificate.Serial == serial.Value && certificate.HolderId == actor.PersonId)
            .Join(database.Credentials, certificate => certificate.Id, row => row.CertificateId, (certificate, row) => new SignedCredential(
                certificate.Serial,
                row.Jws,
                row.Sha256,
                row.RevokedAt == null && certificate.SupersededAt == null && certificate.Revocation == null))
            .FirstOrDefaultAsync(cancellation);
    }
}
