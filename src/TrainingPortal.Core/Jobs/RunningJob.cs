using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Jobs;

/// <summary>
/// The run that is under way, as a job's loop sees it: it tells how far it is, and hears there that it is to stop. It goes
/// with the flow of execution, so that a job need not know whether anybody watches: called directly, there is none.
/// </summary>
public sealed class RunningJob : IDisposable
{
    // Often enough to stop soon, seldom enough not to be felt.
    private const int RowsBetweenBorders = 20;

    private static readonly AsyncLocal<RunningJob?> Flow = new();

    private readonly IDbContextFactory<PortalDbContext> databases;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stop;
    private int passed;

    internal RunningJob(JobRun run, IDbContextFactory<PortalDbContext> databases, TimeProvider clock, CancellationToken cancellation)
    {
        Run = run;
        this.databases = databases;
        this.clock = clock;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Flow.Value = this;
    }

    /// <summary>None where a job is called directly.</summary>
    public static RunningJob? Current => Flow.Value;

    internal JobRun Run { get; }

    /// <summary>Whether the run has its row by now.</summary>
    internal bool OnRecord { get; private set; }

    /// <summary>Cancelled when the run is to stop, for whichever reason.</summary>
    internal CancellationToken Stop => stop.Token;

    public void Dispose()
    {
        Flow.Value = null;
        stop.Dispose();
    }

    /// <summary>So many more are due.</summary>
    public async Task FoundAsync(int due)
    {
        Run.Total = Math.Max(Run.Total ?? 0, Run.Rows + due);
        await PassBorderAsync();
    }

    /// <summary>Was at some rows, of which so many were done.</summary>
    /// <param name="done">None where nothing was left to do.</param>
    /// <param name="of">The rows passed.</param>
    public async Task PassAsync(int done, int of = 1)
    {
        Run.Rows += done;
        passed += of;
        if (passed >= RowsBetweenBorders)
        {
            await PassBorderAsync();
        }
    }

    /// <summary>Puts on record how far the run is, and reads whether it is to stop.</summary>
    internal async Task PassBorderAsync()
    {
        passed = 0;
        Run.SeenAt = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(CancellationToken.None);
        if (!OnRecord)
        {
            database.JobRuns.Add(Run);
            await database.SaveChangesAsync(CancellationToken.None);
            OnRecord = true;
            return;
        }

        var own = database.JobRuns.Where(row => row.Id == Run.Id);
        await own.ExecuteUpdateAsync(
            update => update
                .SetProperty(row => row.SeenAt, Run.SeenAt)
                .SetProperty(row => row.Rows, Run.Rows)
                .SetProperty(row => row.Total, Run.Total),
            CancellationToken.None);
        if (await own.AnyAsync(row => row.StopAskedAt != null, CancellationToken.None))
        {
            await stop.CancelAsync();
        }
    }
}
