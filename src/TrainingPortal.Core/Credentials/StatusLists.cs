using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>What takes a signed certificate out of force for those who check without asking us.</summary>
public static class StatusLists
{
    /// <summary>
    /// Marks the credentials of certificates as revoked; the job <c>status-lists</c> sets their bits. For one issue that a
    /// correction replaced; what was revoked as a whole the job finds by itself.
    /// </summary>
    /// <param name="database">Whoever asks saves it, with the reason for it.</param>
    /// <param name="now">UTC.</param>
    public static async Task RevokeAsync(PortalDbContext database, IReadOnlyCollection<Guid> certificateIds, DateTime now, CancellationToken cancellation)
    {
        foreach (var credential in await database.Credentials.Where(row => certificateIds.Contains(row.CertificateId) && row.RevokedAt == null).ToListAsync(cancellation))
        {
            credential.Revoke(now);
        }
    }
}
