using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Jobs;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Jobs;

public class RunJobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RunJob Runner(School school, params IPortalJob[] more) => new(
        [school.IssueCertificates, school.SendRenewalReminders, new CloseOverdueAttempts(school.Database, school.Clock), .. more],
        school.Database,
        school.Clock,
        NullLogger<RunJob>.Instance);

    private static async Task<JobRecord> RecordAsync(School school, string name)
    {
        var records = await new ReadJobs(school.Database, school.Clock).RunAsync(await school.AdministratorAsync(), Cancellation);
        return records[name];
    }

    [Fact]
    public async Task A_run_is_kept_with_its_rows_and_its_time()
    {
        await using var school = await School.OpenAsync();
        await school.PassExamAsync(await school.PreparedTraineeAsync());

        Assert.Equal((1, null), await Runner(school).RunAsync(JobNames.Issue, asOf: null, Cancellation) is { } first ? (first.Rows, first.Failure) : default);
        var record = await RecordAsync(school, JobNames.Issue);
        Assert.Equal((1, 0, 1, School.Opening, School.Opening), (record.Runs, record.Failures, record.LastRows, record.LastStartedAt, record.LastFinishedAt));

        school.Clock.Advance(TimeSpan.FromMinutes(1));
        await Runner(school).RunAsync(JobNames.Issue, asOf: null, Cancellation);
        record = await RecordAsync(school, JobNames.Issue);
        Assert.Equal((2, 0, 0, School.Opening.AddMinutes(1)), (record.Runs, record.Failures, record.LastRows, record.LastStartedAt));
    }

    [Fact]
    public async Task It_can_be_asked_to_decide_as_of_another_time()
    {
        await using var school = await School.OpenAsync();
        await school.StartExamAsync(await school.PreparedTraineeAsync());

        Assert.Equal(0, (await Runner(school).RunAsync(JobNames.CloseAttempts, asOf: null, Cancellation))!.Rows);
        Assert.Equal(1, (await Runner(school).RunAsync(JobNames.CloseAttempts, School.Opening.AddHours(1), Cancellation))!.Rows);
        Assert.Equal(School.Opening, (await RecordAsync(school, JobNames.CloseAttempts)).LastStartedAt);
    }

    [Fact]
    public async Task A_failure_is_kept_with_what_it_said_and_the_next_run_succeeds()
    {
        await using var school = await School.OpenAsync();
        await school.PassExamAsync(await school.PreparedTraineeAsync());
        await SetZoneAsync(school, "Nowhere/Land");

        var failed = (await Runner(school).RunAsync(JobNames.Issue, null, Cancellation))!;
        Assert.Contains("Nowhere/Land", failed.Failure, StringComparison.Ordinal);
        var record = await RecordAsync(school, JobNames.Issue);
        Assert.Equal((1, 1, School.Opening, failed.Failure), (record.Runs, record.Failures, record.LastFailedAt, record.LastFailure));

        await SetZoneAsync(school, "America/Denver");
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((1, null), await Runner(school).RunAsync(JobNames.Issue, null, Cancellation) is { } next ? (next.Rows, next.Failure) : default);
        record = await RecordAsync(school, JobNames.Issue);
        Assert.Equal((2, 1, 1, School.Opening, failed.Failure), (record.Runs, record.Failures, record.LastRows, record.LastFailedAt, record.LastFailure));
    }

    [Fact]
    public async Task A_long_story_of_a_failure_is_cut_to_what_the_record_holds()
    {
        await using var school = await School.OpenAsync();

        await Runner(school, new FailingJob(new string('x', 5000))).RunAsync("failing", null, Cancellation);

        Assert.InRange((await RecordAsync(school, "failing")).LastFailure!.Length, 100, 2000);
    }

    [Fact]
    public async Task Twenty_first_runs_at_once_give_one_record_of_twenty_runs()
    {
        await using var school = await School.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Runner(school).RunAsync(JobNames.CloseAttempts, null, Cancellation))));

        await using var database = school.Database.CreateDbContext();
        var record = await database.Jobs.SingleAsync(Cancellation);
        Assert.Equal((JobNames.CloseAttempts, 20, 0), (record.Name, record.Runs, record.Failures));
    }

    [Fact]
    public async Task A_job_that_there_is_not_is_no_run()
    {
        await using var school = await School.OpenAsync();

        Assert.Null(await Runner(school).RunAsync("no-such-job", null, Cancellation));
        await using var database = school.Database.CreateDbContext();
        Assert.False(await database.Jobs.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task Only_an_administrator_sees_how_jobs_went()
    {
        await using var school = await School.OpenAsync();

        await Assert.ThrowsAsync<ActNotPermittedException>(async () => await new ReadJobs(school.Database, school.Clock).RunAsync(await school.InstructorAsync(), Cancellation));
    }

    private static async Task SetZoneAsync(School school, string zone)
    {
        await using var database = school.Database.CreateDbContext();
        await database.Programmes.ExecuteUpdateAsync(update => update.SetProperty(row => row.TimeZone, zone), Cancellation);
    }

    private sealed class FailingJob(string message) : IPortalJob
    {
        public string Name => "failing";

        public Task<int> RunAsync(DateTime now, CancellationToken cancellation) => throw new IOException(message);
    }
}
