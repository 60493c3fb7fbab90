using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Protocols;

/// <summary>The zones that the depth simulator draws, in their order.</summary>
public sealed class ReadSkinZones(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<IReadOnlyList<SkinZone>> RunAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.SkinZones.AsNoTracking().OrderBy(zone => zone.Position).ToListAsync(cancellation);
    }
}
