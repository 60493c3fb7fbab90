using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Jobs;

/// <summary>Runs are kept one by one, can be stopped, and go after 90 days.</summary>
public class JobRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RunJob Runner(School school, params IPortalJob[] jobs) => new(jobs, school.Database, school.Clock, NullLogger<RunJob>.Instance);

    private static async Task<List<JobRun>> RunsAsync(School school)
    {
        await using var database = school.Database.CreateDbContext();
        return await database.JobRuns.AsNoTracking().OrderBy(run => run.StartedAt).ToListAsync(Cancellation);
    }

    [Fact]
    public async Task The_schedule_leaves_a_row_only_where_something_was_done_and_whoever_asks_always_does()
    {
        await using var school = await School.OpenAsync();
        var administrator = await school.AdministratorAsync();
        await school.PassExamAsync(await school.PreparedTraineeAsync());
        var runner = Runner(school, school.IssueCertificates);
        await runner.RunAsync(JobNames.Issue, null, Cancellation);
        foreach (var asker in new[] { JobAsker.Schedule, JobAsker.Schedule, JobAsker.Verb, new JobAsker(JobOrigin.Person, administrator.PersonId) })
        {
            school.Clock.Advance(TimeSpan.FromMinutes(1));
            await runner.RunAsync(JobNames.Issue, null, asker, Cancellation);
        }

        Assert.Equal(
            [(JobOrigin.Schedule, 1), (JobOrigin.Verb, 0), (JobOrigin.Person, 0)],
            (await RunsAsync(school)).Select(run => (run.Origin, run.Rows)));
        var history = await new ReadJobRuns(school.Database, school.Clock).RunAsync(administrator, JobNames.Issue, 1, Cancellation);
        Assert.Equal([("Ada Moss", JobRunState.Done), (null, JobRunState.Done), (null, JobRunState.Done)], history.Lines.Select(line => (line.By, line.State)));
    }

    [Fact]
    public async Task A_failure_is_kept_with_the_rows_that_were_done_before_it()
    {
        await using var school = await School.OpenAsync();

        await Runner(school, new RowsJob(50, failAt: 30)).RunAsync("rows", null, Cancellation);

        var run = Assert.Single(await RunsAsync(school));
        Assert.Equal((49, 50, JobRunState.Failed, "1 of 50 could not be done. (Row 30 is broken.)"), (run.Rows, run.Total, run.StateAt(school.Now), run.Failure));
    }

    [Fact]
    public async Task It_stops_soon_after_it_is_asked_to_and_what_is_left_stays_due()
    {
        await using var school = await School.OpenAsync();
        var administrator = await school.AdministratorAsync();
        var stop = new StopJob(school.Database, school.Clock);
        var job = new RowsJob(300, atRow: async row =>
        {
            if (row == 45)
            {
                Assert.Equal((40, 200), (await RunsAsync(school)).Single() is var seen ? (seen.Rows, seen.Total) : default);
                Assert.True((await stop.RunAsync(administrator, (await RunsAsync(school)).Single().Id, Cancellation)).Succeeded);
            }
        });

        var result = (await Runner(school, job).RunAsync("rows", null, Cancellation))!;

        Assert.Equal((60, true, null), (result.Rows, result.Stopped, result.Failure));
        Assert.Equal(240, job.Left);
        var run = Assert.Single(await RunsAsync(school));
        Assert.Equal((60, JobRunState.Stopped), (run.Rows, run.StateAt(school.Now)));
        Assert.Equal(StopJobRefusal.NotRunning, (await stop.RunAsync(administrator, run.Id, Cancellation)).Refusal);
        Assert.Equal(StopJobRefusal.NotFound, (await stop.RunAsync(administrator, Guid.NewGuid(), Cancellation)).Refusal);
        Assert.Equal(240, (await Runner(school, job).RunAsync("rows", null, Cancellation))!.Rows);
    }

    [Fact]
    public async Task Only_an_administrator_stops_a_run_and_sees_the_history()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.InstructorAsync();

        await Assert.ThrowsAsync<ActNotPermittedException>(() => new StopJob(school.Database, school.Clock).RunAsync(instructor, Guid.NewGuid(), Cancellation));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadJobRuns(school.Database, school.Clock).RunAsync(instructor, JobNames.Issue, 1, Cancellation));
    }

    [Fact]
    public async Task A_run_whose_process_is_gone_is_told_as_broken_off()
    {
        await using var school = await School.OpenAsync();
        var run = new JobRun { Id = Guid.NewGuid(), Name = "rows", Origin = JobOrigin.Schedule, StartedAt = school.Now, AsOf = school.Now, SeenAt = school.Now };

        Assert.Equal(JobRunState.Running, run.StateAt(school.Now.AddMinutes(10)));
        Assert.Equal(JobRunState.BrokenOff, run.StateAt(school.Now.AddMinutes(10).AddTicks(1)));
    }

    [Fact]
    public async Task After_90_days_runs_and_the_texts_of_sent_mails_and_unanswered_invitations_go_and_nothing_else()
    {
        await using var school = await School.OpenAsync();
        var administrator = await school.AdministratorAsync();
        var start = school.Now;
        await using (var database = school.Database.CreateDbContext())
        {
            database.JobRuns.AddRange(Enumerable.Range(0, 1100).Select(number => new JobRun { Id = Guid.NewGuid(), Name = "rows", Origin = JobOrigin.Verb, StartedAt = start.AddMinutes(number), AsOf = start, SeenAt = start, FinishedAt = start }));
            var (sent, waiting) = (new OutboxMail("test/sent", "a@example.org", new MailText("S", "Body"), false, start), new OutboxMail("test/waiting", "a@example.org", new MailText("S", "Body"), false, start));
            sent.MarkSent(start);
            database.Outbox.AddRange(sent, waiting);
            var (open, accepted) = (new Invitation("open@example.org", null, "en", [], null, null, administrator.PersonId, start), new Invitation("in@example.org", null, "en", [], null, null, administrator.PersonId, start));
            open.DrawToken(start);
            accepted.DrawToken(start);
            accepted.Accept(administrator.PersonId, start);
            database.Invitations.AddRange(open, accepted);
            await database.SaveChangesAsync(Cancellation);
        }

        var job = new EraseOldRows(school.Database);
        Assert.Equal(0, await job.RunAsync(start.AddDays(90), Cancellation));
        Assert.Equal(1102, await job.RunAsync(start.AddDays(120), Cancellation));
        Assert.Equal(0, await job.RunAsync(start.AddDays(120), Cancellation));

        await using var after = school.Database.CreateDbContext();
        Assert.Equal(0, await after.JobRuns.CountAsync(Cancellation));
        Assert.Equal([("test/sent", ""), ("test/waiting", "Body")], (await after.Outbox.OrderBy(mail => mail.Key).ToListAsync(Cancellation)).Select(mail => (mail.Key, mail.Body)));
        Assert.Equal("in@example.org", (await after.Invitations.SingleAsync(Cancellation)).Email);
    }

    [Fact]
    public async Task What_is_listed_beforehand_is_what_the_run_then_does()
    {
        await using var school = await School.OpenAsync();
        await school.PassExamAsync(await school.PreparedTraineeAsync("Ana"));
        await school.StartExamAsync(await school.PreparedTraineeAsync("Ben"));
        var close = new CloseOverdueAttempts(school.Database, school.Clock);
        var preview = new PreviewJob([school.IssueCertificates, close, school.SendRenewalReminders], school.Clock);

        Assert.Equal(("Ana", "Microneedling competence", 1), await OneAsync(JobNames.Issue, null));
        Assert.Equal(("Ben", "Exam: safe practice", 1), await OneAsync(JobNames.CloseAttempts, school.Now.AddHours(1)));
        Assert.Equal(0, (await preview.RunAsync(JobNames.CloseAttempts, null, Cancellation))!.Total);
        Assert.Null(await preview.RunAsync(JobNames.Retention, null, Cancellation));
        Assert.Empty(await RunsAsync(school));

        Assert.Equal(1, await school.IssueAsync());
        Assert.Equal(0, (await preview.RunAsync(JobNames.Issue, null, Cancellation))!.Total);

        async Task<(string, string, int)> OneAsync(string name, DateTime? asOf)
        {
            var due = (await preview.RunAsync(name, asOf, Cancellation))!;
            var line = Assert.Single(due.Lines);
            return (line.Who, line.What, due.Total);
        }
    }

    [Fact]
    public async Task Every_job_that_sends_or_issues_can_say_beforehand_what_it_would_do()
    {
        await using var school = await School.OpenAsync();
        await using (var database = school.Database.CreateDbContext())
        {
            (await database.Programmes.SingleAsync(Cancellation)).ReminderDays = [30];
            await database.SaveChangesAsync(Cancellation);
        }

        var (_, certificate) = await school.CertifyAsync("Ana");
        var expire = new NotifyOfExpiry(school.Database, school.Portal, school.Clock);
        var deliver = new DeliverMail(school.Database, new NoTransport(), school.Clock);
        var preview = new PreviewJob([school.IssueCertificates, school.SendRenewalReminders, expire, deliver], school.Clock);
        Assert.Equal([JobNames.Issue, JobNames.RenewalReminders, JobNames.Expire, JobNames.DeliverMail], preview.Names);

        var mail = Assert.Single((await preview.RunAsync(JobNames.DeliverMail, null, Cancellation))!.Lines);
        Assert.EndsWith("@people.example", mail.Who, StringComparison.Ordinal);
        Assert.Equal((await school.OutboxAsync("certificate-issued")).Single().Subject, mail.What);

        var after = certificate.ValidUntil.AddHours(1);
        await school.SendRenewalReminders.RunAsync(certificate.ValidUntil.AddDays(-20), Cancellation);
        var ended = (await preview.RunAsync(JobNames.Expire, after, Cancellation))!;
        Assert.Equal(("Ana", "Your certificate Microneedling competence has expired", certificate.ValidUntil.AddSeconds(1), 1), Assert.Single(ended.Lines) is var line ? (line.Who, line.What, line.DueAt, ended.Total) : default);
        Assert.Equal(0, (await preview.RunAsync(JobNames.Expire, certificate.ValidUntil, Cancellation))!.Total);

        Assert.Equal(1, await expire.RunAsync(after, Cancellation));
        Assert.Equal(0, (await preview.RunAsync(JobNames.Expire, after, Cancellation))!.Total);
    }

    private sealed class NoTransport : IMailTransport
    {
        public Task SendAsync(OutboxMail mail, CancellationToken cancellation) => throw new InvalidOperationException("Nothing is sent beforehand.");
    }

    /// <summary>A job of so many rows, each done once.</summary>
    private sealed class RowsJob(int rows, int failAt = -1, Func<int, Task>? atRow = null) : IPortalJob
    {
        private readonly List<(Guid Id, int Number)> due = [.. Enumerable.Range(0, rows).Select(number => (Guid.NewGuid(), number))];

        public string Name => "rows";

        public int Left => due.Count;

        public Task<int> RunAsync(DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
            most => Task.FromResult(due.Take(most).Select(row => row.Id).ToList()),
            async id =>
            {
                var row = due.Single(candidate => candidate.Id == id);
                if (row.Number == failAt)
                {
                    throw new IOException($"Row {row.Number} is broken.");
                }

                await (atRow?.Invoke(row.Number) ?? Task.CompletedTask);
                return due.Remove(row);
            },
            cancellation);
    }
}
