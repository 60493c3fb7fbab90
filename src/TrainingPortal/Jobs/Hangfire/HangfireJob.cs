using Hangfire;
using Hangfire.Server;
using TrainingPortal.Jobs;

namespace TrainingPortal.Web.Jobs.Hangfire;

/// <summary>Every job of the portal, told apart by its argument.</summary>
public sealed class HangfireJob(JobRunner runner, IBackgroundJobClient jobs)
{
    /// <summary>
    /// A run that failed is tried again by Hangfire, sooner than an hourly schedule would. The portal's own record has each
    /// failure, so one that was given up does not stay in Hangfire's list for ever.
    /// </summary>
    [SkipWhileRunning]
    [AutomaticRetry(Attempts = 3, DelaysInSeconds = [20, 60, 180], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    [JobDisplayName("{0}")]
    public async Task RunAsync(string name, PerformContext? context, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(
            name,
            () =>
            {
                // Whether it then succeeds or is given up, what it decided before that is to be sent.
                jobs.ContinueJobWith<HangfireJob>(
                    context!.BackgroundJob.Id,
                    job => job.RunAsync(JobNames.DeliverMail, null, CancellationToken.None),
                    nextState: null,
                    JobContinuationOptions.OnAnyFinishedState);
                return Task.CompletedTask;
            },
            cancellation);
        if (result?.Failure is { } failure)
        {
            throw new JobRunFailedException(failure);
        }
    }
}

/// <summary>Tells Hangfire that a run failed, in the words of the portal's own record.</summary>
public sealed class JobRunFailedException(string failure) : Exception(failure);
