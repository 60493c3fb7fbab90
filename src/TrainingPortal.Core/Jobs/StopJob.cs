using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Jobs;

/// <summary>Why a run is not stopped.</summary>
public enum StopJobRefusal
{
    NotFound,

    /// <summary>It has ended meanwhile.</summary>
    NotRunning,
}

/// <summary>Asks a run to stop, on whichever node it is: it stops after the row it is at, and what is left stays due.</summary>
public sealed class StopJob(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>The job's name.</returns>
    public async Task<Outcome<string, StopJobRefusal>> RunAsync(Actor actor, Guid runId, CancellationToken cancellation)
    {
        actor.Demand(Act.RunJobs);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var run = await database.JobRuns.FirstOrDefaultAsync(row => row.Id == runId, cancellation);
        if (run is null)
        {
            return StopJobRefusal.NotFound;
        }

        if (run.RefusalToStop(now) is { } refusal)
        {
            return refusal;
        }

        if (run.StopAskedAt is null)
        {
            run.StopAskedAt = now;
            database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "job stopped", run.Name));
            await database.SaveChangesAsync(cancellation);
        }

        return run.Name;
    }
}
