using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>What a programme certifies, for anyone.</summary>
public sealed class ReadAchievement(IDbContextFactory<PortalDbContext> databases)
{
    /// <returns>Null where there is no such programme.</returns>
    public async Task<Achievement?> RunAsync(string programme, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Programmes.AsNoTracking().FirstOrDefaultAsync(row => row.Slug == programme, cancellation) is { } found ? Achievement.Of(found) : null;
    }
}
