using Quartz;

namespace TrainingPortal.Web.Jobs.Quartz;

/// <summary>Runs the scheduler from when it is this process's turn until the portal stops, and then waits for its jobs.</summary>
public sealed class QuartzService(ISchedulerFactory schedulers, StoreTurn turn, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not before the portal serves: jobs use what its start prepares.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await turn.TakeAsync(stoppingToken);

        // Only now, since making it already writes its jobs into the store.
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        await scheduler.Start(stoppingToken);
        try
        {
            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
        finally
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
            turn.Release();
        }
    }
}
