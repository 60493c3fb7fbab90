using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Jobs;

/// <summary>How each job last went, by name; a job that never ran has no record.</summary>
public sealed class ReadJobs(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<IReadOnlyDictionary<string, JobRecord>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.RunJobs);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Jobs.AsNoTracking().ToDictionaryAsync(row => row.Name, cancellation);
    }
}
