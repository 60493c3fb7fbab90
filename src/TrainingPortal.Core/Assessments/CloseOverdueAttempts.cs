using Microsoft.EntityFrameworkCore;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>The job <c>close-attempts</c>: closes attempts whose deadline passed, with what was saved.</summary>
public sealed class CloseOverdueAttempts(IDbContextFactory<PortalDbContext> databases) : IPortalJob
{
    public string Name => JobNames.CloseAttempts;

    public Task<int> RunAsync(DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
        async most =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return await database.Attempts
                .Where(attempt => attempt.ClosedAt == null && attempt.PausedAt == null && attempt.DeadlineAt <= now)
                .OrderBy(attempt => attempt.DeadlineAt)
                .Select(attempt => attempt.Id)
                .Take(most)
                .ToListAsync(cancellation);
        },
        attemptId => AttemptClosing.CloseAsync(databases, attemptId, now, cancellation),
        cancellation);
}
