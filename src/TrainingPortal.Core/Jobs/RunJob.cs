using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TrainingPortal.Persistence;

namespace TrainingPortal.Jobs;

/// <summary>How a run ended.</summary>
/// <param name="Failure">What went wrong, or none.</param>
public sealed record JobRunResult(int Rows, TimeSpan Took, string? Failure);

/// <summary>Runs a job and keeps how it went; a failure is recorded and told, never swallowed.</summary>
public sealed partial class RunJob(
    IEnumerable<IPortalJob> jobs,
    IDbContextFactory<PortalDbContext> databases,
    TimeProvider clock,
    ILogger<RunJob> log)
{
    /// <summary>The jobs there are, by name.</summary>
    public IReadOnlyList<string> Names { get; } = [.. jobs.Select(job => job.Name)];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="asOf">The instant (UTC) as of which it decides; none for now.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <returns>Null where there is no such job.</returns>
    public async Task<JobRunResult?> RunAsync(string name, DateTime? asOf, CancellationToken cancellation)
    {
        var job = jobs.FirstOrDefault(candidate => candidate.Name == name);
        if (job is null)
        {
            return null;
        }

        var startedAt = clock.GetUtcNow().UtcDateTime;
        var watch = Stopwatch.StartNew();
        var rows = 0;
        string? failure = null;
        try
        {
            rows = await job.RunAsync(asOf ?? startedAt, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // Every kind of failure is for the administrator's screen; the next run tries again.
            LogFailed(exception, name);
            failure = exception.Message[..Math.Min(exception.Message.Length, 2000)];
        }

        var result = new JobRunResult(rows, watch.Elapsed, failure);
        await RecordAsync(name, startedAt, result, cancellation);
        return result;
    }

    private async Task RecordAsync(string name, DateTime startedAt, JobRunResult result, CancellationToken cancellation)
    {
        var finishedAt = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
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
            cancellation);
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
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException lost) when (UniqueIndex.Refused(lost))
        {
            await RecordAsync(name, startedAt, result, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Name} failed")]
    private partial void LogFailed(Exception exception, string name);
}
