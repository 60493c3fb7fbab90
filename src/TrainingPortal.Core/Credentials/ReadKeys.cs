using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>The public keys: anyone may have them, which is what they are for.</summary>
public sealed class ReadKeys(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Every key there ever was, oldest first.</summary>
    public async Task<IReadOnlyList<SigningKey>> RunAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.SigningKeys.AsNoTracking().OrderBy(key => key.CreatedAt).ThenBy(key => key.Use).ToListAsync(cancellation);
    }

    /// <summary>The keys by which credentials can be checked, retired ones too, newest first.</summary>
    public async Task<IReadOnlyList<SigningKey>> PublishedAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Published(database).OrderByDescending(key => key.CreatedAt).ToListAsync(cancellation);
    }

    /// <returns>Null where no such key is published.</returns>
    public async Task<SigningKey?> ByThumbprintAsync(string thumbprint, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Published(database).FirstOrDefaultAsync(key => key.Thumbprint == thumbprint, cancellation);
    }

    private static IQueryable<SigningKey> Published(PortalDbContext database) =>
        database.SigningKeys.AsNoTracking().Where(key => key.Use == KeyUse.VcJwt && key.CompromisedAt == null);
}
