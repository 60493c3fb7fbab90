using Microsoft.EntityFrameworkCore;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>The job <c>close-attempts</c>: closes attempts whose deadline passed, with what was saved.</summary>
public sealed class CloseOverdueAttempts(IDbContextFactory<PortalDbContext> databases) : IPortalJob
{
    private const int Batch = 200;

    public string Name => JobNames.CloseAttempts;

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        var closed = 0;
        while (true)
        {
            List<Guid> overdue;
            await using (var database = await databases.CreateDbContextAsync(cancellation))
            {
                overdue = await database.Attempts
                    .Where(attempt => attempt.ClosedAt == null && attempt.DeadlineAt <= now)
                    .OrderBy(attempt => attempt.DeadlineAt)
                    .Select(attempt => attempt.Id)
                    .Take(Batch)
                    .ToListAsync(cancellation);
            }

            foreach (var attemptId in overdue)
            {
                await AttemptClosing.CloseAsync(databases, attemptId, now, cancellation);
                closed++;
            }

            if (overdue.Count < Batch)
            {
                return closed;
            }
        }
    }
}
