using Hangfire;

namespace TrainingPortal.Web.Jobs.Hangfire;

/// <summary>Enqueues jobs, for whichever node is free.</summary>
public sealed partial class HangfireJobEngine(IBackgroundJobClient jobs, ILogger<HangfireJobEngine> log) : IJobEngine
{
    public string? DashboardAddress => HangfireDashboard.Address;

    public Task StartSoonAsync(string name)
    {
        try
        {
            jobs.Enqueue<HangfireJob>(job => job.RunAsync(name, null, CancellationToken.None));
        }
        catch (BackgroundJobClientException failure)
        {
            LogNotStarted(failure, name);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Name} was not started at once; its schedule will")]
    private partial void LogNotStarted(Exception failure, string name);
}
