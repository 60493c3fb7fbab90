using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>A status list as it is served.</summary>
/// <param name="Version">Counts its signatures.</param>
public sealed record SignedStatusList(string Jwt, int Version);

/// <summary>The signed status list of a number, for anyone.</summary>
public sealed class ReadStatusList(IDbContextFactory<PortalDbContext> databases)
{
    /// <returns>Null where there is no such list.</returns>
    public async Task<SignedStatusList?> RunAsync(int list, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.StatusLists.Where(row => row.Id == list).Select(row => new SignedStatusList(row.Jwt, row.Version)).FirstOrDefaultAsync(cancellation);
    }
}
