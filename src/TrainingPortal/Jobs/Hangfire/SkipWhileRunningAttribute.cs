using Hangfire.Common;
using Hangfire.Server;
using Hangfire.Storage;

namespace TrainingPortal.Web.Jobs.Hangfire;

/// <summary>
/// One run of a job at a time over all nodes: a second is skipped, since the first or the next of the schedule finds what is
/// due. Hangfire's own <c>DisableConcurrentExecution</c> would keep a worker waiting for it, and every 15 seconds one more.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SkipWhileRunningAttribute : JobFilterAttribute, IServerFilter
{
    private const string Held = nameof(SkipWhileRunningAttribute);

    public void OnPerforming(PerformingContext context)
    {
        try
        {
            context.Items[Held] = context.Connection.AcquireDistributedLock($"portal-job:{context.BackgroundJob.Job.Args[0]}", TimeSpan.Zero);
        }
        catch (DistributedLockTimeoutException)
        {
            context.Canceled = true;
        }
    }

    public void OnPerformed(PerformedContext context)
    {
        if (context.Items.TryGetValue(Held, out var held))
        {
            ((IDisposable)held).Dispose();
        }
    }
}
