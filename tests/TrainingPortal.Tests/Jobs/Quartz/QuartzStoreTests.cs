using Microsoft.Data.Sqlite;
using TrainingPortal.Jobs;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Jobs.Quartz;

/// <summary>What Quartz makes of its file beside the embedded database after a pause, after a power cut, and with a second node on it.</summary>
[Collection(EngineNode.OneAtATime)]
public sealed class QuartzStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-engine-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task However_many_times_were_missed_there_is_one_run()
    {
        await using var database = await TestDatabase.CreateAsync();
        var before = new ProbeJob(JobNames.RenewalReminders);
        await using (var node = await EngineNode.StartAsync(folder, database, [before]))
        {
            await before.StartedAsync(1);
        }

        await using (var store = new SqliteConnection($"Data Source={Path.Combine(folder, "quartz.db")}"))
        {
            await store.OpenAsync(Cancellation);
            await using var back = store.CreateCommand();
            back.CommandText = $"UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = NEXT_FIRE_TIME - {TimeSpan.FromHours(50).Ticks}, PREV_FIRE_TIME = PREV_FIRE_TIME - {TimeSpan.FromHours(50).Ticks}";
            Assert.NotEqual(0, await back.ExecuteNonQueryAsync(Cancellation));
        }

        var (after, other) = (new ProbeJob(JobNames.RenewalReminders), new ProbeJob(JobNames.Expire));
        await using var next = await EngineNode.StartAsync(folder, database, [after, other]);
        await after.StartedAsync(1);
        await FenceAsync(next, other);

        Assert.Equal(1, after.Started);
    }

    [Fact]
    public async Task A_job_that_a_power_cut_ended_runs_once_more()
    {
        await using var database = await TestDatabase.CreateAsync();
        var release = new TaskCompletionSource<int>();
        var cut = new ProbeJob(JobNames.RenewalReminders, (_, cancellation) => release.Task.WaitAsync(cancellation));
        var left = Directory.CreateDirectory(Path.Combine(folder, "left")).FullName;
        await using (var node = await EngineNode.StartAsync(folder, database, [cut]))
        {
            await cut.StartedAsync(1);

            // What would be on the disk if the machine stopped here.
            foreach (var file in Directory.GetFiles(folder, "quartz.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(left, Path.GetFileName(file)));
            }

            release.SetResult(0);
        }

        var (again, other) = (new ProbeJob(JobNames.RenewalReminders), new ProbeJob(JobNames.Expire));
        await using var next = await EngineNode.StartAsync(left, database, [again, other]);
        await again.StartedAsync(1);
        await FenceAsync(next, other);

        Assert.Equal(1, again.Started);
    }

    [Fact]
    public async Task Of_two_nodes_on_one_file_the_second_takes_over_when_the_first_stops_and_not_before()
    {
        await using var database = await TestDatabase.CreateAsync();
        var release = new TaskCompletionSource<int>();
        var job = new ProbeJob(JobNames.RenewalReminders, (_, cancellation) => release.Task.WaitAsync(cancellation));
        var (first, second) = (new ProbeJob(JobNames.Expire), new ProbeJob(JobNames.Expire));
        await using var one = await EngineNode.StartAsync(folder, database, [job, first]);
        await job.StartedAsync(1);
        await using var two = await EngineNode.StartAsync(folder, database, [job, second]);
        await two.Engine.StartSoonAsync(job.Name);
        await FenceAsync(one, first);

        Assert.Equal((1, 1, 0), (job.Started, job.MostAtOnce, second.Started));

        release.SetResult(0);
        await one.StopAsync();
        await second.StartedAsync(1);
        Assert.Equal(1, job.MostAtOnce);
    }

    // What was asked for before it has been looked at, once this one has run.
    private static async Task FenceAsync(EngineNode node, ProbeJob other)
    {
        await other.StartedAsync(1);
        var before = other.Started;
        await Until.TrueAsync(
            async () =>
            {
                await node.Engine.StartSoonAsync(other.Name);
                return other.Started > before;
            },
            () => "The other job does not run.",
            TimeSpan.FromSeconds(1));
    }
}
