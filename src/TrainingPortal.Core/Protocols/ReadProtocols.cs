using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Protocols;

/// <summary>The protocols that are in force; they are no secret.</summary>
public sealed class ReadProtocols(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<ProtocolBook> RunAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await InForceAsync(database, cancellation);
    }

    internal static async Task<ProtocolBook> InForceAsync(PortalDbContext database, CancellationToken cancellation) =>
        await database.ProtocolEditions.AsNoTracking().OrderByDescending(edition => edition.Number).Select(edition => edition.Book).FirstOrDefaultAsync(cancellation)
        ?? ProtocolBook.Empty;
}
