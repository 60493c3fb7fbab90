using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Jobs;

/// <summary>How each job last went, by name; a job that never ran has no record.</summary>
public sealed class ReadJobs(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<IReadOnlyDictionary<string, JobRecord>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.RunJobs);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Jobs.AsNoTracking().ToDictionaryAsync(row => row.Name, cancellation);
    }

    /// <summary>The runs under way on any node that have done or found something, the oldest first.</summary>
    public async Task<IReadOnlyList<JobRun>> UnderWayAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.RunJobs);
        var since = clock.GetUtcNow().UtcDateTime - JobRun.Silence;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.JobRuns.AsNoTracking().Where(run => run.FinishedAt == null && run.SeenAt >= since).OrderBy(run => run.StartedAt).ToListAsync(cancellation);
    }
}
