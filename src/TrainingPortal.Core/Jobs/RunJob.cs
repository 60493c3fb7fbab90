using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TrainingPortal.Persistence;

namespace TrainingPortal.Jobs;

/// <summary>How a run ended.</summary>
/// <param name="Rows">Rows done, also where it then failed or was stopped.</param>
/// <param name="Failure">What went wrong, or none.</param>
/// <param name="Stopped">It was asked to stop before it was through.</param>
public sealed record JobRunResult(int Rows, TimeSpan Took, string? Failure, bool Stopped = false);

/// <summary>Runs a job and keeps how it went; a failure is recorded and told, never swallowed.</summary>
public sealed partial class RunJob(
    IEnumerable<IPortalJob> jobs,
    IDbContextFactory<PortalDbContext> databases,
    TimeProvider clock,
    ILogger<RunJob> log)
{
    /// <summary>The jobs there are, by name.</summary>
    public IReadOnlyList<string> Names { get; } = [.. jobs.Select(job => job.Name)];

    /// <summary>Runs a job because its time has come.</summary>
    /// <inheritdoc cref="RunAsync(string, DateTime?, JobAsker, CancellationToken)"/>
    public Task<JobRunResult?> RunAsync(string name, DateTime? asOf, CancellationToken cancellation) =>
        RunAsync(name, asOf, JobAsker.Schedule, cancellation);

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="asOf">The instant (UTC) as of which it decides; none for now.</param>
    /// <param name="asker">Who asked for it.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <returns>Null where there is no such job.</returns>
    public async Task<JobRunResult?> RunAsync(string name, DateTime? asOf, JobAsker asker, CancellationToken cancellation)
    {
        var job = jobs.FirstOrDefault(candidate => candidate.Name == name);
        if (job is null)
        {
            return null;
        }

        var startedAt = clock.GetUtcNow().UtcDateTime;
        var run = new JobRun
        {
            Id = Guid.CreateVersion7(startedAt),
            Name = name,
            Origin = asker.Origin,
            PersonId = asker.PersonId,
            StartedAt = startedAt,
            AsOf = asOf ?? startedAt,
        };
        using var running = new RunningJob(run, databases, clock, cancellation);
        if (asker.Origin != JobOrigin.Schedule)
        {
            await running.PassBorderAsync();
        }

        var watch = Stopwatch.StartNew();
        string? failure = null;
        try
        {
            run.Rows = await job.RunAsync(run.AsOf, running.Stop);
        }
        catch (OperationCanceledException) when (running.Stop.IsCancellationRequested)
        {
            run.Stopped = true;
        }
        catch (Exception exception)
        {
            // Every kind of failure is for the administrator's screen; the next run tries again.
            LogFailed(exception, name);
            failure = exception.Message[..Math.Min(exception.Message.Length, 2000)];
        }

        // How it ended is put on record also where the portal is being stopped.
        var result = new JobRunResult(run.Rows, watch.Elapsed, failure, run.Stopped);
        await FinishAsync(running, result);
        await RecordAsync(name, startedAt, result);
        cancellation.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>How a job last went; none where it never ran.</summary>
    public async Task<JobRecord?> LastAsync(string name, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Jobs.AsNoTracking().FirstOrDefaultAsync(row => row.Name == name, cancellation);
    }

    private async Task FinishAsync(RunningJob running, JobRunResult result)
    {
        var run = running.Run;
        var quiet = run.Origin == JobOrigin.Schedule && result is { Rows: 0, Failure: null, Stopped: false };
        if (quiet && !running.OnRecord)
        {
            return;
        }

        run.SeenAt = clock.GetUtcNow().UtcDateTime;
        run.FinishedAt = run.SeenAt;
        run.Milliseconds = (int)result.Took.TotalMilliseconds;
        run.Failure = result.Failure;
        await using var database = await databases.CreateDbContextAsync(CancellationToken.None);
        var own = database.JobRuns.Where(row => row.Id == run.Id);
        if (quiet)
        {
            await own.ExecuteDeleteAsync(CancellationToken.None);
            return;
        }

        if (running.OnRecord)
        {
            await own.ExecuteUpdateAsync(
                update => update
                    .SetProperty(row => row.SeenAt, run.SeenAt)
                    .SetProperty(row => row.FinishedAt, run.FinishedAt)
                    .SetProperty(row => row.Milliseconds, run.Milliseconds)
                    .SetProperty(row => row.Rows, run.Rows)
                    .SetProperty(row => row.Total, run.Total)
                    .SetProperty(row => row.Stopped, run.Stopped)
                    .SetProperty(row => row.Failure, run.Failure),
                CancellationToken.None);
            return;
        }

        database.JobRuns.Add(run);
        await database.SaveChangesAsync(CancellationToken.None);
    }

    private async Task RecordAsync(string name, DateTime startedAt, JobRunResult result)
    {
        var finishedAt = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(CancellationToken.None);
        var failed = result.Failure is not null;
        var milliseconds = (int)result.Took.TotalMilliseconds;
        var updated = await database.Jobs.Where(row => row.Name == name).ExecuteUpdateAsync(
            update => update
                .SetProperty(row => row.LastStartedAt, startedAt)
                .SetProperty(row => row.LastFinishedAt, finishedAt)
                .SetProperty(row => row.LastMilliseconds, milliseconds)
                .SetProperty(row => row.LastRows, result.Rows)
                .SetProperty(row => row.Runs, row => row.Runs + 1)
                .SetProperty(row => row.Failures, row => row.Failures + (failed ? 1 : 0))
                .SetProperty(row => row.LastFailedAt, row => failed ? finishedAt : row.LastFailedAt)
                .SetProperty(row => row.LastFailure, row => failed ? result.Failure : row.LastFailure),
            CancellationToken.None);
        if (updated == 1)
        {
            return;
        }

        database.Jobs.Add(new JobRecord
        {
            Name = name,
            LastStartedAt = startedAt,
            LastFinishedAt = finishedAt,
            LastMilliseconds = milliseconds,
            LastRows = result.Rows,
            Runs = 1,
            Failures = failed ? 1 : 0,
            LastFailedAt = failed ? finishedAt : null,
            LastFailure = result.Failure,
        });
        try
        {
            await database.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateException lost) when (UniqueIndex.Refused(lost))
        {
            await RecordAsync(name, startedAt, result);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Name} failed")]
    private partial void LogFailed(Exception exception, string name);
}
