using Microsoft.EntityFrameworkCore;
using TrainingPortal.Assessments;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

/// <summary>Time that an outage of the portal itself took is given back, once, to the attempts that were running.</summary>
public class OutageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static KeepPulse Pulse(School school) => new(school.Database, school.Clock);

    [Fact]
    public async Task A_running_attempt_gets_the_time_back_and_it_is_on_record()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        await Pulse(school).BeatAsync(Cancellation);

        // Away for an hour, well past the deadline.
        school.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await Pulse(school).BeatAsync(Cancellation));

        Assert.Equal(School.Opening.AddMinutes(90), (await school.AttemptAsync(attempt)).DeadlineAt);
        Assert.True((await school.AnswerAsync(person, attempt, slot: 1, right: true)).Succeeded);
        await using var database = school.Database.CreateDbContext();
        var happened = await database.AttemptEvents.SingleAsync(Cancellation);
        Assert.Equal((AttemptEventKind.OutageGivenBack, 3600, null), (happened.Kind, happened.Seconds, happened.ById));
        var outage = await database.Outages.SingleAsync(Cancellation);
        Assert.Equal((School.Opening, School.Opening.AddHours(1), 1), (outage.From, outage.Until, outage.Attempts));
    }

    [Fact]
    public async Task A_portal_that_beats_on_gives_nothing_back()
    {
        await using var school = await School.OpenAsync();
        var attempt = await school.StartExamAsync(await school.PreparedTraineeAsync());
        for (var beat = 0; beat < 20; beat++)
        {
            Assert.Equal(0, await Pulse(school).BeatAsync(Cancellation));
            school.Clock.Advance(KeepPulse.Silence);
        }

        Assert.Equal(School.Opening.AddMinutes(30), (await school.AttemptAsync(attempt)).DeadlineAt);
    }

    [Fact]
    public async Task Two_nodes_that_come_back_at_once_give_back_once()
    {
        await using var school = await School.OpenAsync();
        var attempt = await school.StartExamAsync(await school.PreparedTraineeAsync());
        await Pulse(school).BeatAsync(Cancellation);
        school.Clock.Advance(TimeSpan.FromMinutes(5));

        var given = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Pulse(school).BeatAsync(Cancellation))));

        Assert.Equal(1, given.Sum());
        Assert.Equal(School.Opening.AddMinutes(35), (await school.AttemptAsync(attempt)).DeadlineAt);
    }

    [Fact]
    public async Task An_attempt_whose_time_was_over_before_and_one_that_is_paused_get_nothing()
    {
        await using var school = await School.OpenAsync();
        var over = await school.StartExamAsync(await school.PreparedTraineeAsync());
        school.Now = School.Opening.AddMinutes(31);
        var paused = await school.StartExamAsync(await school.PreparedTraineeAsync("Ben Hale"));
        await using (var database = school.Database.CreateDbContext())
        {
            (await database.Attempts.Include(row => row.Paper).SingleAsync(row => row.Id == paused, Cancellation)).Pause(school.Now);
            await database.SaveChangesAsync(Cancellation);
        }

        await Pulse(school).BeatAsync(Cancellation);
        school.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(0, await Pulse(school).BeatAsync(Cancellation));
        Assert.Equal(School.Opening.AddMinutes(30), (await school.AttemptAsync(over)).DeadlineAt);
        Assert.Equal(School.Opening.AddMinutes(61), (await school.AttemptAsync(paused)).DeadlineAt);
    }

    [Fact]
    public async Task The_job_run_by_hand_while_the_portal_is_away_leaves_what_will_get_its_time_back()
    {
        await using var school = await School.OpenAsync();
        var attempt = await school.StartExamAsync(await school.PreparedTraineeAsync());
        school.Now = School.Opening.AddMinutes(10);
        await Pulse(school).BeatAsync(Cancellation);
        school.Now = School.Opening.AddMinutes(45);

        Assert.Equal(0, await new CloseOverdueAttempts(school.Database, school.Clock).RunAsync(school.Now, Cancellation));

        await Pulse(school).BeatAsync(Cancellation);
        Assert.True((await school.AttemptAsync(attempt)).IsOpen(school.Now));
        school.Now = School.Opening.AddMinutes(65);
        await Pulse(school).BeatAsync(Cancellation);
        Assert.Equal(School.Opening.AddMinutes(85), (await school.AttemptAsync(attempt)).DeadlineAt);
    }
}
