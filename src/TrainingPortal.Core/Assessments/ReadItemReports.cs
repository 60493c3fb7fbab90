using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>What a trainee said of an item; who it was is not told.</summary>
/// <param name="Version">The version that was asked.</param>
public sealed record ItemReportLine(Guid Id, int Version, string Text, DateTime ReportedAt, DateTime? SettledAt);

/// <summary>The reports on an item, open ones first, then the newest.</summary>
public sealed class ReadItemReports(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>More than anybody reads at once.</summary>
    public const int Most = 100;

    public async Task<IReadOnlyList<ItemReportLine>> RunAsync(Actor actor, Guid itemId, CancellationToken cancellation)
    {
        actor.Demand(Act.SeeResults);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.ItemReports
            .Join(database.ItemVersions.Where(version => version.ItemId == itemId), report => report.ItemVersionId, version => version.Id, (report, version) => new { report, version.Number })
            .OrderBy(row => row.report.SettledAt != null)
            .ThenByDescending(row => row.report.ReportedAt)
            .Take(Most)
            .Select(row => new ItemReportLine(row.report.Id, row.Number, row.report.Text, row.report.ReportedAt, row.report.SettledAt))
            .ToListAsync(cancellation);
    }
}
