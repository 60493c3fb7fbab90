using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>An item with all its versions, newest first, and how often each option was chosen.</summary>
public sealed record ItemSheet(Item Item, IReadOnlyList<VersionSheet> Versions);

/// <param name="Tries">Attempts that asked it and count: <see cref="CountedAnswers"/>.</param>
/// <param name="Chosen">For each option in the author's order, how often it was chosen.</param>
/// <param name="Unanswered">How often it was left open.</param>
/// <param name="Frequent">The most frequent responses, the most frequent first; none left open is among them.</param>
public sealed record VersionSheet(ItemVersion Version, int Tries, IReadOnlyList<int> Chosen, int Unanswered, IReadOnlyList<GivenResponse> Frequent);

/// <param name="Times">How often it was given.</param>
public sealed record GivenResponse(Response Response, int Times);

/// <summary>One item for its instructors.</summary>
public sealed class ReadItem(IDbContextFactory<PortalDbContext> databases)
{
    // A depth map has more different answers than anybody would read.
    private const int MostResponses = 500;

    // As many as say what people think; the rest is scattered.
    private const int MostShown = 8;

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

        // Grouped by the response, so that what is read stays small however often the item was asked.
        var counted = database.AnswersThatCount().Where(row => database.ItemVersions.Any(version => version.ItemId == item.Id && version.Id == row.ItemVersionId));
        var tries = await counted.GroupBy(row => row.ItemVersionId).Select(group => new { Version = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Version, row => row.Count, cancellation);
        var asked = await counted
            .GroupBy(row => new { row.ItemVersionId, row.Response })
            .OrderByDescending(group => group.Count())
            .Take(MostResponses)
            .Select(group => new AskedResponse(group.Key.ItemVersionId, group.Key.Response, group.Count()))
            .ToListAsync(cancellation);
        var byVersion = asked.ToLookup(row => row.ItemVersionId);
        return new ItemSheet(item, [.. item.Versions.Select(version => Sheet(version, tries.GetValueOrDefault(version.Id), [.. byVersion[version.Id]]))]);
    }

    private static VersionSheet Sheet(ItemVersion version, int tries, IReadOnlyList<AskedResponse> rows) => new(
        version,
        tries,
        [.. version.Options.Select((_, index) => rows.Where(row => row.Response?.Values.Contains(index) == true).Sum(row => row.Count))],
        rows.Where(row => row.Response is null).Sum(row => row.Count),
        [.. rows.Where(row => row.Response is not null).Take(MostShown).Select(row => new GivenResponse(row.Response!.Value, row.Count))]);

    private sealed record AskedResponse(Guid ItemVersionId, Response? Response, int Count);
}
