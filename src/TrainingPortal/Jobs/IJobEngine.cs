using Microsoft.Extensions.Options;
using TrainingPortal.Jobs;

namespace TrainingPortal.Web.Jobs;

/// <summary>What drives the jobs in this process: the engine that was built in, or none where <c>Jobs:Enabled</c> is false.</summary>
public interface IJobEngine
{
    /// <summary>Where administrators find the engine's own pages; none where it has none.</summary>
    string? DashboardAddress { get; }

    /// <summary>Starts a job as soon as possible; it would have run on its schedule anyway, so a failure here loses nothing.</summary>
    Task StartSoonAsync(string name);
}

/// <summary>On a node that serves pages only: another node's schedule does it.</summary>
public sealed class NoJobEngine : IJobEngine
{
    public string? DashboardAddress => null;

    public Task StartSoonAsync(string name) => Task.CompletedTask;
}

/// <summary>Runs a job for an engine if its time has come, and starts the delivery of the mail it may have left.</summary>
public sealed class JobRunner(RunJob run, IOptions<PortalOptions> portal, TimeProvider clock)
{
    /// <param name="name">One of <see cref="JobNames"/>.</param>
    /// <param name="deliver">Has <see cref="JobNames.DeliverMail"/> run next, in the engine's own way.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <returns>How it went; null where its time has not come.</returns>
    public async Task<JobRunResult?> RunAsync(string name, Func<Task> deliver, CancellationToken cancellation)
    {
        var scheduled = Schedule.All.First(job => job.Name == name);
        if (scheduled.At is not null && !scheduled.IsDue(await run.LastAsync(name, cancellation), clock.GetUtcNow().UtcDateTime, portal.Value.TimeZone))
        {
            return null;
        }

        var result = await run.RunAsync(name, asOf: null, cancellation);
        if (result is { Rows: > 0 } && name is JobNames.Issue or JobNames.RenewalReminders or JobNames.Expire)
        {
            await deliver();
        }

        return result;
    }
}
