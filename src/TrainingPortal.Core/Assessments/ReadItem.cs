using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>An item with all its versions, newest first, and how often each option was chosen.</summary>
public sealed record ItemSheet(Item Item, IReadOnlyList<VersionSheet> Versions);

/// <param name="Tries">Closed attempts that asked it.</param>
/// <param name="Chosen">For each option in the author's order, how often it was chosen.</param>
/// <param name="Unanswered">How often it was left open.</param>
public sealed record VersionSheet(ItemVersion Version, int Tries, IReadOnlyList<int> Chosen, int Unanswered);

/// <summary>One item for its instructors.</summary>
public sealed class ReadItem(IDbContextFactory<PortalDbContext> databases)
{
    /// <returns>Null where there is no such item.</returns>
    public async Task<ItemSheet?> RunAsync(Actor actor, string courseSlug, string code, CancellationToken cancellation)
    {
        actor.Demand(Act.SeeResults);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var item = await database.Items
            .AsNoTracking()
            .Include(row => row.Versions.OrderByDescending(version => version.Number))
            .FirstOrDefaultAsync(row => row.Code == code && database.Courses.Any(course => course.Id == row.CourseId && course.Slug == courseSlug), cancellation);
        if (item is null)
        {
            return null;
        }

        // Grouped by the place chosen and the order it was shown in, so that what is read stays small however often it was asked.
        var asked = await database.AttemptItems
            .Where(row => row.Correct != null && database.ItemVersions.Any(version => version.ItemId == item.Id && version.Id == row.ItemVersionId))
            .GroupBy(row => new { row.ItemVersionId, row.OptionOrder, row.Chosen })
            .Select(group => new { group.Key.ItemVersionId, group.Key.OptionOrder, group.Key.Chosen, Count = group.Count() })
            .ToListAsync(cancellation);
        var byVersion = asked.ToLookup(row => row.ItemVersionId);
        return new ItemSheet(
            item,
            [
                .. item.Versions.Select(version =>
                {
                    var rows = byVersion[version.Id].ToList();
                    return new VersionSheet(
                        version,
                        rows.Sum(row => row.Count),
                        [.. version.Options.Select((_, index) => rows.Where(row => row.Chosen is { } chosen && row.OptionOrder.Index().Any(place => place.Item == index && chosen.Has(place.Index))).Sum(row => row.Count))],
                        rows.Where(row => row.Chosen is null).Sum(row => row.Count));
                }),
            ]);
    }
}
