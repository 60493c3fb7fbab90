using Microsoft.Extensions.Logging.Abstractions;
using TrainingPortal.Jobs;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Jobs;

namespace TrainingPortal.Tests.Jobs;

/// <summary>What follows a run, whichever engine drives it.</summary>
public class JobRunnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(JobNames.Issue, 1, 1)]
    [InlineData(JobNames.RenewalReminders, 2, 1)]
    [InlineData(JobNames.Expire, 1, 1)]
    [InlineData(JobNames.Issue, 0, 0)]
    [InlineData(JobNames.CloseAttempts, 1, 0)]
    [InlineData(JobNames.DeliverMail, 1, 0)]
    public async Task Mail_is_delivered_at_once_after_a_run_that_left_some(string name, int rows, int deliveries)
    {
        await using var school = await School.OpenAsync();
        var runner = new JobRunner(new RunJob([new ProbeJob(name, (_, _) => Task.FromResult(rows))], school.Database, school.Clock, NullLogger<RunJob>.Instance), school.Portal, school.Clock);
        var delivered = 0;

        var result = await runner.RunAsync(
            name,
            () =>
            {
                delivered++;
                return Task.CompletedTask;
            },
            Cancellation);

        Assert.Equal((rows, deliveries), (result!.Rows, delivered));
    }

    [Fact]
    public async Task A_daily_job_whose_time_has_not_come_is_no_run()
    {
        await using var school = await School.OpenAsync();
        var job = new ProbeJob(JobNames.Invariants);
        var runner = new JobRunner(new RunJob([job], school.Database, school.Clock, NullLogger<RunJob>.Instance), school.Portal, school.Clock);

        Assert.NotNull(await runner.RunAsync(job.Name, () => Task.CompletedTask, Cancellation));
        school.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(await runner.RunAsync(job.Name, () => Task.CompletedTask, Cancellation));
        Assert.Equal(1, job.Started);
    }
}
