using Microsoft.EntityFrameworkCore;
using TrainingPortal.Jobs;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Jobs;

namespace TrainingPortal.Tests.Jobs;

/// <summary>What the portal asks of its engine, whichever was built in (<c>-p:JobEngine</c>).</summary>
[Collection(EngineNode.OneAtATime)]
public sealed class JobEngineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-engine-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_job_of_the_schedule_runs_soon_after_the_start()
    {
        await using var database = await TestDatabase.CreateAsync();
        var jobs = Schedule.All.Select(job => new ProbeJob(job.Name)).ToList();
        await using var node = await EngineNode.StartAsync(folder, database, jobs);

        foreach (var job in jobs)
        {
            await job.StartedAsync(1);
        }
    }

    [Fact]
    public async Task What_is_asked_for_does_not_wait_for_its_hour()
    {
        await using var database = await TestDatabase.CreateAsync();
        var job = new ProbeJob(JobNames.RenewalReminders);
        await using var node = await EngineNode.StartAsync(folder, database, [job]);
        await job.StartedAsync(1);
        await Until.TrueAsync(() => job.Ended == 1, () => "It does not end.");

        // The first may still be on its way to the record, and until then a second might be skipped.
        await Until.TrueAsync(
            async () =>
            {
                await node.Engine.StartSoonAsync(job.Name);
                return job.Started >= 2;
            },
            () => "It was asked for, and does not run.",
            TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Two_runs_of_one_job_never_overlap()
    {
        await using var database = await TestDatabase.CreateAsync();
        var release = new TaskCompletionSource<int>();
        var held = new ProbeJob(JobNames.RenewalReminders, (_, cancellation) => release.Task.WaitAsync(cancellation));
        var other = new ProbeJob(JobNames.Expire);
        await using var node = await EngineNode.StartAsync(folder, database, [held, other]);
        await held.StartedAsync(1);
        await other.StartedAsync(1);
        for (var asked = 0; asked < 3; asked++)
        {
            await node.Engine.StartSoonAsync(held.Name);
        }

        // Asked for after them, and run: so they were looked at.
        var before = other.Started;
        await Until.TrueAsync(
            async () =>
            {
                await node.Engine.StartSoonAsync(other.Name);
                return other.Started > before;
            },
            () => "The other job does not run.",
            TimeSpan.FromSeconds(1));

        Assert.Equal((1, 0), (held.Started, held.Ended));
        release.SetResult(0);
        await Until.TrueAsync(() => held.Ended >= 1, () => "It does not end.");
        Assert.Equal(1, held.MostAtOnce);
    }

    [Fact]
    public async Task Two_workers_run_two_jobs_at_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var one = new ProbeJob(JobNames.RenewalReminders, (_, cancellation) => MeetAsync(first, second, cancellation));
        var two = new ProbeJob(JobNames.Expire, (_, cancellation) => MeetAsync(second, first, cancellation));
        await using var node = await EngineNode.StartAsync(folder, database, [one, two], workers: 2);

        await Until.TrueAsync(() => one.Ended >= 1 && two.Ended >= 1, () => "Neither ends without the other.");

        static async Task<int> MeetAsync(TaskCompletionSource here, TaskCompletionSource there, CancellationToken cancellation)
        {
            here.TrySetResult();
            await there.Task.WaitAsync(cancellation);
            return 0;
        }
    }

    [Fact]
    public async Task One_worker_runs_one_job_at_a_time()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (running, most) = (0, 0);
        var jobs = Schedule.All.Select(job => new ProbeJob(job.Name, async (_, cancellation) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await using var looked = database.CreateDbContext();
            await looked.JobRuns.CountAsync(cancellation);
            Interlocked.Decrement(ref running);
            return 0;
        })).ToList();
        await using var node = await EngineNode.StartAsync(folder, database, jobs, workers: 1);

        await Until.TrueAsync(() => jobs.TrueForAll(job => job.Ended >= 1), () => "They do not all run.");
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_node_that_stops_tells_its_jobs_and_waits_until_they_have_stopped()
    {
        await using var database = await TestDatabase.CreateAsync();
        var never = new TaskCompletionSource<int>();
        var job = new ProbeJob(JobNames.RenewalReminders, (_, cancellation) => never.Task.WaitAsync(cancellation));
        await using var node = await EngineNode.StartAsync(folder, database, [job]);
        await job.StartedAsync(1);

        await node.StopAsync();

        Assert.Equal((1, 1), (job.Started, job.Ended));
        await using var read = database.CreateDbContext();
        Assert.True((await read.JobRuns.SingleAsync(run => run.Name == JobNames.RenewalReminders, Cancellation)).Stopped);
    }

    [Fact]
    public async Task A_failure_is_on_record_whatever_the_engine_makes_of_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var job = new ProbeJob(JobNames.RenewalReminders, (_, _) => throw new IOException("The mail server is away."));
        await using var node = await EngineNode.StartAsync(folder, database, [job]);

        await Until.TrueAsync(
            async () =>
            {
                await using var read = database.CreateDbContext();
                return await read.Jobs.AnyAsync(row => row.Name == job.Name && row.Failures >= 1 && row.LastFailure == "The mail server is away.", Cancellation);
            },
            () => "The failure is not on record.");
    }
}
