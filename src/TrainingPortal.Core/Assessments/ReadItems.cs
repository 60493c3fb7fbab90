using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>An item in the bank with how it did: attempts that were closed and drew any of its versions, practice left out.</summary>
/// <param name="Tries">How often it was asked in closed attempts.</param>
/// <param name="Right">How often the answer was right; unanswered counts as wrong.</param>
/// <param name="OpenReports">Reports of trainees that nobody has settled yet.</param>
public sealed record ItemLine(
    string Code,
    string Domain,
    ItemUse Use,
    ItemOrigin Origin,
    int Version,
    bool Critical,
    string Stem,
    int Tries,
    int Right,
    int OpenReports)
{
    /// <summary>Answers below this number say little: the share is shown as too few to judge.</summary>
    public const int EnoughTries = 20;

    /// <summary>Per cent right, or null where it was never asked.</summary>
    public decimal? ShareRight => Tries == 0 ? null : 100m * Right / Tries;
}

/// <summary>Which items an instructor wants to see.</summary>
public sealed record ItemFilter(string? Domain, ItemUse? Use, string? Search, int Page)
{
    public const int PageSize = 25;
}

/// <summary>A page of a course's bank, with how each item did.</summary>
public sealed class ReadItems(IDbContextFactory<PortalDbContext> databases)
{
    /// <returns>The rows of the page and how many there are in all; null where there is no such course.</returns>
    public async Task<(IReadOnlyList<ItemLine> Lines, int Total)?> RunAsync(Actor actor, string courseSlug, ItemFilter filter, CancellationToken cancellation)
    {
        actor.Demand(Act.SeeResults);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var courseId = await database.Courses.Where(course => course.Slug == courseSlug).Select(course => (Guid?)course.Id).FirstOrDefaultAsync(cancellation);
        if (courseId is null)
        {
            return null;
        }

        var items = database.Items.Where(item => item.CourseId == courseId && !item.Retired);
        if (!string.IsNullOrWhiteSpace(filter.Domain))
        {
            items = items.Where(item => item.Domain == filter.Domain);
        }

        if (filter.Use is { } use)
        {
            items = items.Where(item => item.Use == use);
        }

        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            // LIKE, since it does not mind capitals on either database.
            var search = $"%{filter.Search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            items = items.Where(item =>
                EF.Functions.Like(item.Code, search, "\\")
                || item.Versions.Any(version => version.Number == item.CurrentVersion && EF.Functions.Like(version.Stem, search, "\\")));
        }

        var counted = database.AnswersThatCount();
        var total = await items.CountAsync(cancellation);
        var lines = await items
            .OrderBy(item => item.Code)
            .Skip((Math.Max(filter.Page, 1) - 1) * ItemFilter.PageSize)
            .Take(ItemFilter.PageSize)
            .Select(item => new ItemLine(
                item.Code,
                item.Domain,
                item.Use,
                item.Origin,
                item.CurrentVersion,
                item.Versions.Where(version => version.Number == item.CurrentVersion).Select(version => version.Critical).First(),
                item.Versions.Where(version => version.Number == item.CurrentVersion).Select(version => version.Stem).First(),
                counted.Count(asked => item.Versions.Any(version => version.Id == asked.ItemVersionId)),
                counted.Count(asked => asked.Correct && item.Versions.Any(version => version.Id == asked.ItemVersionId)),
                database.ItemReports.Count(report => report.SettledAt == null && item.Versions.Any(version => version.Id == report.ItemVersionId))))
            .ToListAsync(cancellation);
        return (lines, total);
    }
}
