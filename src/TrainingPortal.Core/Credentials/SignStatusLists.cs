using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Certifications;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>
/// The job <c>status-lists</c>: sets the bits of what was revoked and signs the lists again, after each change and twice a
/// day. Which bits are set follows from what is on record, so a lost run loses nothing.
/// </summary>
public sealed class SignStatusLists(IDbContextFactory<PortalDbContext> databases, KeyRing keys, IOptions<PortalOptions> portal) : IPortalJob
{
    /// <summary>How old a signature becomes; a list is taken for the truth for four times as long.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromHours(12);

    private const int Batch = 1000;

    // A revocation is on record within seconds of its instant; what should have come later than this is found when the lists are
    // signed again without a change.
    private static readonly TimeSpan s_lookBack = TimeSpan.FromHours(24);

    public string Name => JobNames.StatusLists;

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var old = await database.StatusLists.Where(list => list.SignedAt <= now - Age).Select(list => list.Id).ToListAsync(cancellation);
        await MarkRevokedAsync(database, old.Count > 0 ? DateTime.UnixEpoch : now - s_lookBack, now, cancellation);
        var due = await database.Credentials.Where(row => row.ListDueAt != null).Select(row => row.StatusListId).Distinct().ToListAsync(cancellation);
        var signed = 0;
        foreach (var list in old.Union(due).Order())
        {
            cancellation.ThrowIfCancellationRequested();
            signed += await SignAsync(list, now, cancellation) ? 1 : 0;
        }

        return signed;
    }

    /// <summary>A revocation, or the erasure of the holder, ends every issue of the award.</summary>
    private static async Task MarkRevokedAsync(PortalDbContext database, DateTime since, DateTime now, CancellationToken cancellation)
    {
        while (true)
        {
            var credentials = await database.CertificateEvents
                .Where(happened => happened.At >= since && (happened.Kind == CertificateEventKind.Revoked || happened.Kind == CertificateEventKind.Withdrawn))
                .Join(database.Certificates, happened => happened.CertificateId, certificate => certificate.Id, (happened, certificate) => certificate.AwardId)
                .Join(database.Certificates, award => award, certificate => certificate.AwardId, (award, certificate) => certificate.Id)
                .Join(database.Credentials.Where(row => row.RevokedAt == null), id => id, row => row.CertificateId, (id, row) => row.CertificateId)
                .Distinct()
                .OrderBy(id => id)
                .Take(Batch)
                .ToListAsync(cancellation);
            await StatusLists.RevokeAsync(database, credentials, now, cancellation);
            await database.SaveChangesAsync(cancellation);
            database.ChangeTracker.Clear();
            if (credentials.Count < Batch)
            {
                return;
            }
        }
    }

    private async Task<bool> SignAsync(int id, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var list = await database.StatusLists.FirstAsync(row => row.Id == id, cancellation);
        var due = await database.Credentials.Where(row => row.StatusListId == id && row.ListDueAt != null).ToListAsync(cancellation);
        list.Set(due.Select(row => row.StatusIndex));
        due.ForEach(row => row.MarkListed());
        list.Sign(await keys.SignerAsync(database, now, cancellation), portal.Value, now);
        try
        {
            await database.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another copy of the job signed it meanwhile; what is due and not on it stays due.
            return false;
        }
    }
}
