using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

public enum SettleItemReportRefusal
{
    NotFound,
}

/// <summary>An instructor has looked at a report and done what it takes; settling it again changes nothing.</summary>
public sealed class SettleItemReport(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, SettleItemReportRefusal>> RunAsync(Actor actor, Guid reportId, CancellationToken cancellation)
    {
        actor.Demand(Act.WriteItems);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var report = await database.ItemReports.FirstOrDefaultAsync(row => row.Id == reportId, cancellation);
        if (report is null)
        {
            return SettleItemReportRefusal.NotFound;
        }

        if (report.SettledAt is null)
        {
            (report.SettledAt, report.SettledById) = (now, actor.PersonId);
            database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "item report settled", report.Id.ToString()));
            await database.SaveChangesAsync(cancellation);
        }

        return report.Id;
    }
}
