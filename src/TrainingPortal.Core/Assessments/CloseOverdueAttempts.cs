using Microsoft.EntityFrameworkCore;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>The job <c>close-attempts</c>: closes attempts whose deadline passed, with what was saved.</summary>
public sealed class CloseOverdueAttempts(IDbContextFactory<PortalDbContext> databases, TimeProvider clock) : IPortalJob
{
    public string Name => JobNames.CloseAttempts;

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        // Run by hand while the portal is away, it leaves those that the portal will give the time back to.
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var awaySince = await KeepPulse.AwaySinceAsync(database, clock.GetUtcNow().UtcDateTime, cancellation);
        return await CloseAsync(awaySince is { } since && since < now ? since : now, now, cancellation);
    }

    private Task<int> CloseAsync(DateTime overdueBy, DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
        async most =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return await database.Attempts
                .Where(attempt => attempt.ClosedAt == null && attempt.PausedAt == null && attempt.DeadlineAt <= overdueBy)
                .OrderBy(attempt => attempt.DeadlineAt)
                .Select(attempt => attempt.Id)
                .Take(most)
                .ToListAsync(cancellation);
        },
        async attemptId =>
        {
            await AttemptClosing.CloseAsync(databases, attemptId, now, cancellation);
            return true;
        },
        cancellation);
}
