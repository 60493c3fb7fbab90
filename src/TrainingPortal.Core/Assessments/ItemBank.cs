using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>
/// Item versions and drawable banks, kept in memory: a version never changes, and a bank is asked for with the stamps of
/// its courses, so what is kept can be unneeded but never wrong.
/// </summary>
public sealed class ItemBank(IDbContextFactory<PortalDbContext> databases) : IDisposable
{
    private const int MostVersions = 20_000;
    private readonly MemoryCache versions = new(new MemoryCacheOptions { SizeLimit = MostVersions });
    private readonly MemoryCache banks = new(new MemoryCacheOptions { SizeLimit = MostVersions });

    public void Dispose()
    {
        versions.Dispose();
        banks.Dispose();
    }

    internal async Task<ItemVersion> VersionAsync(Guid id, CancellationToken cancellation) => (await VersionsAsync([id], cancellation))[id];

    internal async Task<IReadOnlyDictionary<Guid, ItemVersion>> VersionsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, ItemVersion>();
        foreach (var id in ids)
        {
            if (versions.TryGetValue<ItemVersion>(id, out var known))
            {
                found[id] = known!;
            }
        }

        var missing = ids.Where(id => !found.ContainsKey(id)).ToList();
        if (missing.Count == 0)
        {
            return found;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        foreach (var version in await database.ItemVersions.AsNoTracking().Where(row => missing.Contains(row.Id)).ToListAsync(cancellation))
        {
            found[version.Id] = Keep(version);
        }

        return found;
    }

    /// <summary>What the quiz may draw now.</summary>
    internal async Task<DrawableBank> DrawableAsync(PortalDbContext database, Quiz quiz, CancellationToken cancellation)
    {
        var stamps = await database.CoursesClosedBy(quiz).OrderBy(course => course.Id).Select(course => course.BankStamp).ToListAsync(cancellation);
        return await DrawableAsync(database, quiz, stamps, cancellation);
    }

    /// <param name="database">Read where the bank is not kept.</param>
    /// <param name="quiz">Which draws.</param>
    /// <param name="stamps">Of the courses that the quiz closes, in the order of their ids.</param>
    /// <param name="cancellation">Ends the read.</param>
    internal async Task<DrawableBank> DrawableAsync(PortalDbContext database, Quiz quiz, IReadOnlyList<Guid> stamps, CancellationToken cancellation)
    {
        var key = $"{quiz.Id} {quiz.Kind} {quiz.ModuleFolder} {string.Join(' ', stamps)}";
        if (banks.TryGetValue<DrawableBank>(key, out var known))
        {
            return known!;
        }

        var rows = await database.ItemsDrawnBy(quiz)
            .Join(
                database.ItemVersions.AsNoTracking(),
                item => new { ItemId = item.Id, Number = item.CurrentVersion },
                version => new { version.ItemId, version.Number },
                (item, version) => new { item.Id, item.Code, item.Domain, item.Use, Version = version })
            .ToListAsync(cancellation);
        var bank = new DrawableBank(rows.Select(row => new DrawableItem(row.Id, row.Code, row.Domain, Keep(row.Version), row.Use == ItemUse.Pilot)));
        return banks.Set(key, bank, new MemoryCacheEntryOptions { Size = bank.Items.Count });
    }

    private ItemVersion Keep(ItemVersion version) => versions.Set(version.Id, version, new MemoryCacheEntryOptions { Size = 1 });
}
