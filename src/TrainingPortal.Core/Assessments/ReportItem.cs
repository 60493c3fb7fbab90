using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

public enum ReportItemRefusal
{
    NotFound,
    TextMissing,
    TooLong,
}

/// <summary>A trainee says, from inside an attempt, that a question is faulty; saying it again changes what was said.</summary>
public sealed class ReportItem(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>The report's id.</returns>
    public async Task<Outcome<Guid, ReportItemRefusal>> RunAsync(Actor actor, Guid attemptId, int slot, string text, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        if (string.IsNullOrWhiteSpace(text))
        {
            return ReportItemRefusal.TextMissing;
        }

        if (text.Length > ItemReport.TextLength)
        {
            return ReportItemRefusal.TooLong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var paper = await database.Attempts
            .Where(attempt => attempt.Id == attemptId && attempt.PersonId == actor.PersonId)
            .Select(attempt => attempt.Paper.Items)
            .FirstOrDefaultAsync(cancellation);
        if (paper?.FirstOrDefault(item => item.Slot == slot) is not { } asked)
        {
            return ReportItemRefusal.NotFound;
        }

        while (true)
        {
            var report = await database.ItemReports.FirstOrDefaultAsync(row => row.AttemptId == attemptId && row.Slot == slot, cancellation);
            if (report is null)
            {
                report = new ItemReport { Id = Guid.CreateVersion7(now), AttemptId = attemptId, Slot = slot, ItemVersionId = asked.ItemVersionId, Text = text.Trim(), ReportedAt = now };
                database.ItemReports.Add(report);
            }

            report.Text = text.Trim();
            try
            {
                await database.SaveChangesAsync(cancellation);
                return report.Id;
            }
            catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
            {
                // The other of two clicks was first; this one changes what it said.
                database.ChangeTracker.Clear();
            }
        }
    }
}
