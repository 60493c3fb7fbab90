using Microsoft.EntityFrameworkCore;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>
/// Part of the job <c>issue</c>: certificates from before there were signed credentials get theirs. They are those without an
/// award, found through the index on it.
/// </summary>
internal sealed class SignEarlierCertificates(IDbContextFactory<PortalDbContext> databases, CredentialIssue credentials)
{
    public Task<int> RunAsync(DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
        async most =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return await database.Certificates.Where(row => row.AwardId == null).OrderBy(row => row.IssuedAt).Select(row => row.Id).Take(most).ToListAsync(cancellation);
        },
        certificateId => SignAsync(certificateId, now, cancellation),
        cancellation);

    private async Task<bool> SignAsync(Guid certificateId, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificate = await database.Certificates.FirstAsync(row => row.Id == certificateId, cancellation);
        if (certificate.AwardId is not null)
        {
            return false;
        }

        // Oldest first, so that what it replaced has its award by now; an issue that replaced it meanwhile may have one too.
        var award = await database.Certificates
            .Where(row => row.AwardId != null && (row.Id == certificate.ReplacesId || row.ReplacesId == certificateId))
            .Select(row => row.AwardId)
            .FirstOrDefaultAsync(cancellation);
        certificate.JoinAward(award ?? Guid.NewGuid());
        await credentials.AddAsync(database, certificate, now, cancellation);
        try
        {
            await database.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Another copy of the job was first; if not, the next run finds it again.
            return false;
        }
    }
}
