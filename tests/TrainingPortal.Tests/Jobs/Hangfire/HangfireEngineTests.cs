using Hangfire;
using Hangfire.InMemory;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using TrainingPortal.Jobs;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Jobs;

namespace TrainingPortal.Tests.Jobs.Hangfire;

/// <summary>What Hangfire does in its own way.</summary>
[Collection(EngineNode.OneAtATime)]
public sealed class HangfireEngineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-engine-").FullName;

    // Its log is one for the whole process, and may be that of a portal that is gone.
    public HangfireEngineTests() => GlobalConfiguration.Configuration.UseNoOpLogProvider();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_run_that_left_mail_is_continued_by_its_delivery()
    {
        await using var database = await TestDatabase.CreateAsync();
        var issue = new ProbeJob(JobNames.Issue, (run, _) => Task.FromResult(run == 1 ? 3 : 0));
        await using var node = await EngineNode.StartAsync(folder, database, [issue, new ProbeJob(JobNames.DeliverMail)]);
        var monitor = node.Services.GetRequiredService<JobStorage>().GetMonitoringApi();

        await Until.TrueAsync(
            () => monitor.SucceededJobs(0, 100).Any(job => (string)job.Value.Job.Args[0] == JobNames.DeliverMail
                && monitor.JobDetails(job.Key).History.Any(state => state.StateName == "Awaiting" && Argument(state.Data["ParentId"]) == JobNames.Issue)),
            () => "No delivery continued the run.");

        string Argument(string jobId) => (string)monitor.JobDetails(jobId).Job.Args[0];
    }

    [Fact]
    public async Task A_run_that_failed_is_put_in_line_for_another_try()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var node = await EngineNode.StartAsync(folder, database, [new ProbeJob(JobNames.RenewalReminders, (_, _) => throw new IOException("The mail server is away."))]);
        var storage = node.Services.GetRequiredService<JobStorage>();

        await Until.TrueAsync(() => storage.GetMonitoringApi().ScheduledCount() == 1, () => "Nothing is in line.");

        var (id, job) = storage.GetMonitoringApi().ScheduledJobs(0, 1).Single();
        using var connection = storage.GetConnection();
        Assert.Equal((JobNames.RenewalReminders, "1"), ((string)job.Job.Args[0], connection.GetJobParameter(id, "RetryCount")));
        Assert.Contains("The mail server is away.", storage.GetMonitoringApi().JobDetails(id).History.Single(state => state.StateName == "Failed").Data["ExceptionMessage"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_nodes_on_one_storage_run_a_job_once_at_a_time()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var shared = new InMemoryStorage();
        var release = new TaskCompletionSource<int>();
        var job = new ProbeJob(JobNames.RenewalReminders, (_, cancellation) => release.Task.WaitAsync(cancellation));
        await using var one = await EngineNode.StartAsync(folder, database, [job], more: services => services.AddSingleton<JobStorage>(shared));
        await job.StartedAsync(1);

        // Its start asks for every job once more.
        await using var two = await EngineNode.StartAsync(folder, database, [job], more: services => services.AddSingleton<JobStorage>(shared));
        await Until.TrueAsync(() => shared.GetMonitoringApi() is var monitor && monitor.EnqueuedCount("default") == 0 && monitor.ProcessingCount() == 1, () => "The rest is not through.");

        Assert.Equal((1, 1), (job.Started, job.MostAtOnce));
        Assert.Equal(2, shared.GetMonitoringApi().Servers().Count);
        release.SetResult(0);
    }

    [Fact]
    public async Task Its_recurring_jobs_are_those_of_the_schedule_and_no_other()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var shared = new InMemoryStorage();
        await using (await EngineNode.StartAsync(folder, database, [], more: services => services.AddSingleton<JobStorage>(shared)))
        {
            new RecurringJobManager(shared).AddOrUpdate("a-job-of-an-older-version", () => Console.WriteLine(), "0 0 * * *", new RecurringJobOptions());
        }

        await using var node = await EngineNode.StartAsync(folder, database, [], more: services => services.AddSingleton<JobStorage>(shared));

        using var connection = shared.GetConnection();
        var recurring = connection.GetRecurringJobs();
        Assert.Equal(Schedule.All.Select(job => (job.Name, HangfireSchedule.Cron(job.Every))).Order(), recurring.Select(job => (job.Id, job.Cron)).Order());
        foreach (var job in Schedule.All)
        {
            Assert.InRange(recurring.Single(row => row.Id == job.Name).NextExecution!.Value, DateTime.UnixEpoch, TimeProvider.System.GetUtcNow().UtcDateTime + job.Every);
        }
    }

    [Theory]
    [InlineData("00:00:15", "*/15 * * * * *")]
    [InlineData("00:01:00", "0 */1 * * * *")]
    [InlineData("00:15:00", "0 */15 * * * *")]
    [InlineData("01:00:00", "0 0 */1 * * *")]
    [InlineData("06:00:00", "0 0 */6 * * *")]
    public void An_interval_becomes_a_cron_expression_of_even_steps(string every, string cron) =>
        Assert.Equal(cron, HangfireSchedule.Cron(TimeSpan.Parse(every, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("00:00:07")]
    [InlineData("00:00:00")]
    [InlineData("00:25:00")]
    [InlineData("1.00:00:00")]
    public void An_interval_without_even_steps_is_refused(string every) =>
        Assert.Throws<ArgumentException>(() => HangfireSchedule.Cron(TimeSpan.Parse(every, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_storage_on_SQL_Server_is_made_of_the_portals_connection_string()
    {
        var storage = HangfireEngine.OnSqlServer("Server=db.example;Database=portal;User Id=portal;Password=secret;Encrypt=true", prepareSchema: false);

        Assert.Equal("SQL Server: db.example@portal", storage.ToString());
    }
}
