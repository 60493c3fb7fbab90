using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

/// <summary>What an invigilator does to attempts: the clock, more time, the end without a result, and two people at once.</summary>
public class InvigilationTests
{
    private const string Reason = "The fire alarm rang";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Time_left_counts_only_the_time_between_pauses_to_the_tick()
    {
        var quiz = new Quiz { Slug = "exam", Title = "Exam", Kind = QuizKind.Exam, Minutes = 30, PassPercent = 80 };
        var gaps = Gen.Choose(0, 900_000_000).Select(ticks => TimeSpan.FromTicks(ticks * 7L)).ListOf().ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(gaps, stretches =>
        {
            var now = School.Opening;
            var attempt = new Attempt(Guid.NewGuid(), Guid.NewGuid(), quiz, [], 1, now);
            var left = TimeSpan.FromMinutes(30);
            foreach (var stretch in stretches)
            {
                now += stretch;
                if (attempt.PausedAt is null)
                {
                    left -= stretch;
                    if (left <= TimeSpan.Zero)
                    {
                        Assert.True(attempt.IsOverdue(now));
                        return;
                    }

                    attempt.Pause(now);
                }
                else
                {
                    Assert.False(attempt.IsOverdue(now));
                    attempt.Resume(now);
                }

                Assert.Equal(left, attempt.DeadlineAt - (attempt.PausedAt ?? now));
            }
        }));
    }

    [Fact]
    public async Task A_stopped_clock_gives_back_what_was_left_however_often_it_is_stopped()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, attempt) = await InTheExamAsync(school);
        var random = new Random(20261102);
        var left = TimeSpan.FromMinutes(30);
        for (var round = 0; round < 25; round++)
        {
            var ran = TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerMinute));
            school.Clock.Advance(ran);
            left -= ran;
            await PausedAsync(school, instructor, attempt);
            Assert.Equal(left, (await RowAsync(school, instructor, attempt)).TimeLeftAt(school.Now));

            school.Clock.Advance(TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerHour)));
            Assert.Equal(left, (await RowAsync(school, instructor, attempt)).TimeLeftAt(school.Now));
            await ResumedAsync(school, instructor, attempt);
            Assert.Equal(left, (await RowAsync(school, instructor, attempt)).TimeLeftAt(school.Now));
        }

        Assert.Equal(50, (await EventsAsync(school, attempt)).Count);
        Assert.True((await school.AnswerAsync(person, attempt, 1, right: true)).Succeeded);
        school.Clock.Advance(left);
        Assert.Equal(SaveAnswerRefusal.Closed, (await school.AnswerAsync(person, attempt, 2, right: true)).Refusal);
    }

    [Fact]
    public async Task While_the_clock_stands_still_nothing_is_taken_and_nothing_ends()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, attempt) = await InTheExamAsync(school);
        school.Clock.Advance(TimeSpan.FromMinutes(29));
        await PausedAsync(school, instructor, attempt);
        school.Clock.Advance(TimeSpan.FromHours(5));

        Assert.Equal(SaveAnswerRefusal.Paused, (await school.AnswerAsync(person, attempt, 1, right: true)).Refusal);
        Assert.Equal(SubmitRefusal.Paused, (await school.SubmitAttempt.RunAsync(person, attempt, twinsShown: true, Cancellation)).Refusal);
        Assert.Equal(AttemptResultRefusal.Open, (await school.ReadAttemptResult.RunAsync(person, attempt, Cancellation)).Refusal);
        Assert.Equal(attempt, await school.StartExamAsync(person));
        Assert.Equal(0, await new CloseOverdueAttempts(school.Database, school.Clock).RunAsync(school.Now, Cancellation));
        Assert.True((await school.ReadAttemptPage.RunAsync(person, attempt, null, posted: null, Cancellation)).Succeeded);

        await ResumedAsync(school, instructor, attempt);
        Assert.True((await school.AnswerAsync(person, attempt, 1, right: true)).Succeeded);
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await new CloseOverdueAttempts(school.Database, school.Clock).RunAsync(school.Now, Cancellation));
    }

    [Fact]
    public async Task Pausing_or_resuming_twice_is_on_record_once()
    {
        await using var school = await School.OpenAsync();
        var (instructor, _, attempt) = await InTheExamAsync(school);
        await PausedAsync(school, instructor, attempt);
        var first = (await school.AttemptAsync(attempt)).PausedAt;
        school.Clock.Advance(TimeSpan.FromMinutes(10));
        await PausedAsync(school, instructor, attempt);
        Assert.Equal(first, (await school.AttemptAsync(attempt)).PausedAt);
        await ResumedAsync(school, instructor, attempt);
        await ResumedAsync(school, instructor, attempt);

        Assert.Equal([(AttemptEventKind.Paused, null, null), (AttemptEventKind.Resumed, 600, null)], await EventsAsync(school, attempt));
        Assert.Equal(["attempt paused", "attempt resumed"], await AuditAsync(school, instructor));
    }

    [Fact]
    public async Task More_time_moves_the_deadline_once_for_each_form()
    {
        await using var school = await School.OpenAsync();
        var (instructor, _, attempt) = await InTheExamAsync(school);
        var form = Guid.NewGuid();
        Assert.Equal(attempt, (await ExtendAsync(school, instructor, attempt, form, 15)).Value);
        Assert.Equal(attempt, (await ExtendAsync(school, instructor, attempt, form, 15)).Value);
        Assert.Equal(InvigilateRefusal.FormSentBefore, (await ExtendAsync(school, instructor, attempt, form, 20)).Refusal);
        await PausedAsync(school, instructor, attempt);
        Assert.Equal(attempt, (await ExtendAsync(school, instructor, attempt, Guid.NewGuid(), 120)).Value);

        Assert.Equal(School.Opening.AddMinutes(30 + 15 + 120), (await school.AttemptAsync(attempt)).DeadlineAt);
        Assert.Equal([(AttemptEventKind.Extended, 900, Reason), (AttemptEventKind.Paused, null, null), (AttemptEventKind.Extended, 7200, Reason)], (await EventsAsync(school, attempt)).OrderBy(row => row.Seconds ?? 1000));
        Assert.Equal(["attempt extended", "attempt extended", "attempt paused"], (await AuditAsync(school, instructor)).Order());
    }

    [Theory]
    [InlineData(0, Reason, InvigilateRefusal.MinutesOutOfRange)]
    [InlineData(-5, Reason, InvigilateRefusal.MinutesOutOfRange)]
    [InlineData(121, Reason, InvigilateRefusal.MinutesOutOfRange)]
    [InlineData(10, null, InvigilateRefusal.ReasonMissing)]
    [InlineData(10, "   why   ", InvigilateRefusal.ReasonMissing)]
    public async Task More_time_needs_minutes_in_range_and_a_reason(int minutes, string? reason, InvigilateRefusal refusal)
    {
        await using var school = await School.OpenAsync();
        var (instructor, _, attempt) = await InTheExamAsync(school);

        Assert.Equal(refusal, (await new ExtendAttempt(school.Database, school.Clock).RunAsync(instructor, attempt, Guid.NewGuid(), minutes, reason, Cancellation)).Refusal);
        Assert.Equal(School.Opening.AddMinutes(30), (await school.AttemptAsync(attempt)).DeadlineAt);
        Assert.Empty(await EventsAsync(school, attempt));
    }

    [Fact]
    public async Task A_reason_has_5_to_300_letters()
    {
        await using var school = await School.OpenAsync();
        var (instructor, _, attempt) = await InTheExamAsync(school);

        Assert.Equal(InvigilateRefusal.ReasonMissing, (await VoidAsync(school, instructor, attempt, "four")).Refusal);
        Assert.Equal(InvigilateRefusal.ReasonMissing, (await VoidAsync(school, instructor, attempt, new string('x', 301))).Refusal);
        Assert.Null((await school.AttemptAsync(attempt)).ClosedAt);
        Assert.True((await VoidAsync(school, instructor, attempt, $"  {new string('x', 300)}  ")).Succeeded);
    }

    [Fact]
    public async Task A_voided_attempt_is_neither_passed_nor_tried_and_its_person_may_start_again_at_once()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, _) = await InTheExamAsync(school);
        foreach (var _ in Enumerable.Range(0, 4))
        {
            // One more than the exam allows in its days, with every answer right.
            var attempt = await school.StartExamAsync(person);
            await school.AnswerAllAsync(person, attempt);
            Assert.True((await VoidAsync(school, instructor, attempt)).Succeeded);
            Assert.True((await VoidAsync(school, instructor, attempt)).Succeeded);

            var row = await school.AttemptAsync(attempt);
            Assert.Equal((AttemptResult.Voided, 0, false, school.Now), (row.Result, row.Points, row.AwaitsAward, row.ClosedAt));
            Assert.Equal([(AttemptEventKind.Voided, null, Reason)], await EventsAsync(school, attempt));
            Assert.Equal(10, row.Answers.Count);
            Assert.Equal(Reason, (await school.ReadAttemptResult.RunAsync(person, attempt, Cancellation)).Value.VoidedBecause);
            Assert.Equal(SaveAnswerRefusal.Closed, (await school.SaveAnswer.ChooseAsync(person, attempt, 1, [3], row.Answers[0].Revision, Cancellation)).Refusal);
        }

        Assert.Equal(0, await school.IssueAsync());
        await school.PassExamAsync(person);
        Assert.Equal(1, await school.IssueAsync());
        var both = instructor with { Roles = new HashSet<string> { Roles.Instructor, Roles.Administrator } };
        var results = await new ReadExamResults(school.Database).RunAsync(both, School.Course, 1, Cancellation);
        Assert.Equal((1, 1, 4, 5), (results!.Attempts, results.Passed, results.Voided, results.Lines.Count));
    }

    [Fact]
    public async Task A_closed_attempt_and_one_whose_time_is_over_are_left_as_they_are()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, attempt) = await InTheExamAsync(school);
        school.Clock.Advance(TimeSpan.FromMinutes(30));
        await AllRefusedAsync(InvigilateRefusal.Closed);
        await school.SubmitAsync(person, attempt);
        var closed = (await school.AttemptAsync(attempt)).Revision;
        await AllRefusedAsync(InvigilateRefusal.Closed);

        Assert.Equal(closed, (await school.AttemptAsync(attempt)).Revision);
        Assert.Empty(await EventsAsync(school, attempt));
        Assert.Empty(await AuditAsync(school, instructor));

        async Task AllRefusedAsync(InvigilateRefusal refusal)
        {
            Assert.Equal(refusal, (await new PauseAttempt(school.Database, school.Clock).RunAsync(instructor, attempt, Cancellation)).Refusal);
            Assert.Equal(refusal, (await new ResumeAttempt(school.Database, school.Clock).RunAsync(instructor, attempt, Cancellation)).Refusal);
            Assert.Equal(refusal, (await ExtendAsync(school, instructor, attempt, Guid.NewGuid(), 5)).Refusal);
            Assert.Equal(refusal, (await VoidAsync(school, instructor, attempt)).Refusal);
        }
    }

    [Fact]
    public async Task Only_staff_invigilates_and_nobody_themselves_nor_a_check()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, attempt) = await InTheExamAsync(school);
        var administrator = await school.AdministratorAsync();
        var check = await school.StartAsync(person, "depth-check");
        var sitting = person with { Roles = instructor.Roles };

        await Assert.ThrowsAsync<ActNotPermittedException>(() => PausedAsync(school, person, attempt));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => ExtendAsync(school, person, attempt, Guid.NewGuid(), 5));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => VoidAsync(school, person, attempt));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => new PauseAll(school.Database, school.Clock).RunAsync(person, School.Exam, Cancellation));
        Assert.Equal(InvigilateRefusal.NotFound, (await ExtendAsync(school, sitting, attempt, Guid.NewGuid(), 5)).Refusal);
        Assert.Equal(InvigilateRefusal.NotFound, (await VoidAsync(school, sitting, attempt)).Refusal);
        Assert.Equal(0, await new PauseAll(school.Database, school.Clock).RunAsync(sitting, School.Exam, Cancellation));
        Assert.Equal(InvigilateRefusal.NotFound, (await VoidAsync(school, instructor, check)).Refusal);
        Assert.Equal(InvigilateRefusal.NotFound, (await VoidAsync(school, instructor, Guid.NewGuid())).Refusal);
        Assert.Null((await school.AttemptAsync(attempt)).PausedAt);
        Assert.True((await VoidAsync(school, administrator, attempt)).Succeeded);
    }

    [Fact]
    public async Task The_whole_room_is_paused_and_goes_on_each_with_their_own_time()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.AdministratorAsync();
        var room = new List<(Actor Person, Guid Attempt)>();
        foreach (var name in new[] { "Ana", "Ben", "Cleo", "Dora" })
        {
            var person = await school.PreparedTraineeAsync(name);
            room.Add((person, await school.StartExamAsync(person)));
            school.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        await school.SubmitAsync(room[3].Person, room[3].Attempt);
        await PausedAsync(school, instructor, room[1].Attempt);
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await new PauseAll(school.Database, school.Clock).RunAsync(instructor, School.Exam, Cancellation));
        Assert.Equal(0, await new PauseAll(school.Database, school.Clock).RunAsync(instructor, School.Exam, Cancellation));
        school.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(3, await new ResumeAll(school.Database, school.Clock).RunAsync(instructor, School.Exam, Cancellation));
        Assert.Equal(0, await new ResumeAll(school.Database, school.Clock).RunAsync(instructor, School.Exam, Cancellation));

        // Twenty minutes had gone by, and for all but Ben one more.
        var left = new List<TimeSpan?>();
        foreach (var (_, attempt) in room)
        {
            left.Add((await RowAsync(school, instructor, attempt)).TimeLeftAt(school.Now));
        }

        Assert.Equal([TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(19), null], left);
        Assert.Equal([(AttemptEventKind.Paused, null, null), (AttemptEventKind.Resumed, 7200, null)], await EventsAsync(school, room[0].Attempt));
        Assert.Equal(["attempt paused", "exam paused", "exam resumed"], await AuditAsync(school, instructor));
        Assert.Null(await new PauseAll(school.Database, school.Clock).RunAsync(instructor, "no-such-exam", Cancellation));
        Assert.Null(await new ResumeAll(school.Database, school.Clock).RunAsync(instructor, "depth-check", Cancellation));
    }

    [Fact]
    public async Task A_pause_among_twenty_saves_keeps_those_that_were_acknowledged_and_no_other()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, _) = await InTheExamAsync(school);
        var refused = 0;
        for (var run = 0; run < 12; run++)
        {
            var attempt = await school.StartExamAsync(person);
            var saves = Enumerable.Range(0, 20).Select(number => SaveAsync(attempt, (number % 10) + 1, number / 10)).ToList();
            var pause = Task.Run(() => run % 2 == 0
                ? new PauseAttempt(school.Database, school.Clock).RunAsync(instructor, attempt, Cancellation)
                : PauseRoomAsync());
            var answers = await Task.WhenAll(saves);
            Assert.True((await pause).Succeeded);

            var row = await school.AttemptAsync(attempt);
            Assert.NotNull(row.PausedAt);
            var kept = answers.Where(answer => answer.Outcome.Succeeded).Select(answer => (answer.Slot, Place: answer.Place)).ToHashSet();
            var questions = await school.QuestionsAsync(attempt);
            Assert.Equal(
                kept.OrderBy(answer => answer.Slot).Select(answer => (answer.Slot, (string?)$"{answer.Place}")),
                questions.Where(question => question.Row.Chosen is not null).Select(question => (question.Row.Slot, question.Row.Chosen)));
            Assert.All(answers, answer => Assert.True(answer.Outcome.Refusal is null or SaveAnswerRefusal.Paused or SaveAnswerRefusal.StalePage, answer.Outcome.ToString()));
            refused += answers.Count(answer => answer.Outcome.Refusal == SaveAnswerRefusal.Paused);
            Assert.Single(await EventsAsync(school, attempt));
            Assert.True((await VoidAsync(school, instructor, attempt)).Succeeded);
        }

        // Else no pause ever came in between, and nothing was tried here.
        Assert.True(refused > 0);

        Task<(int Slot, int Place, Outcome<int, SaveAnswerRefusal> Outcome)> SaveAsync(Guid attempt, int slot, int place) =>
            Task.Run(async () => (slot, place, await school.SaveAnswer.ChooseAsync(person, attempt, slot, [place], revision: 0, Cancellation)));

        async Task<Outcome<Guid, InvigilateRefusal>> PauseRoomAsync()
        {
            Assert.Equal(1, await new PauseAll(school.Database, school.Clock).RunAsync(instructor, School.Exam, Cancellation));
            return Guid.Empty;
        }
    }

    [Fact]
    public async Task Of_a_void_and_a_submit_at_once_one_ends_the_attempt()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, attempt) = await InTheExamAsync(school);
        for (var run = 0; run < 20; run++)
        {
            await school.AnswerAllAsync(person, attempt, (School.Depth, 4));
            var submit = Task.Run(() => school.SubmitAttempt.RunAsync(person, attempt, twinsShown: true, Cancellation));
            var end = await Task.Run(() => VoidAsync(school, instructor, attempt));
            Assert.Equal(Submitted.Closed, (await submit).Value);

            var row = await school.AttemptAsync(attempt);
            Assert.Equal(end.Succeeded ? AttemptResult.Voided : AttemptResult.FailedScore, row.Result);
            Assert.Equal(end.Succeeded ? 0 : 6 * 60, row.Points);
            Assert.Equal(end.Succeeded ? 1 : 0, (await EventsAsync(school, attempt)).Count);
            Assert.True(end.Succeeded || end.Refusal == InvigilateRefusal.Closed);

            school.Clock.Advance(TimeSpan.FromDays(31));
            attempt = await school.StartExamAsync(person);
        }
    }

    [Fact]
    public async Task Two_invigilators_at_once_do_once_what_one_can_do_once_and_twice_what_each_meant()
    {
        await using var school = await School.OpenAsync();
        var (one, _, attempt) = await InTheExamAsync(school);
        var two = await school.AdministratorAsync();
        var form = Guid.NewGuid();

        await BothAsync(actor => new PauseAttempt(school.Database, school.Clock).RunAsync(actor, attempt, Cancellation));
        await BothAsync(actor => ExtendAsync(school, actor, attempt, Guid.NewGuid(), 10));
        await BothAsync(_ => ExtendAsync(school, one, attempt, form, 7));
        await BothAsync(actor => new ResumeAttempt(school.Database, school.Clock).RunAsync(actor, attempt, Cancellation));
        Assert.Equal(School.Opening.AddMinutes(30 + 20 + 7), (await school.AttemptAsync(attempt)).DeadlineAt);
        await BothAsync(actor => VoidAsync(school, actor, attempt));

        Assert.Equal(
            [AttemptEventKind.Paused, AttemptEventKind.Resumed, AttemptEventKind.Extended, AttemptEventKind.Extended, AttemptEventKind.Extended, AttemptEventKind.Voided],
            (await EventsAsync(school, attempt)).Select(row => row.Kind).Order());

        async Task BothAsync(Func<Actor, Task<Outcome<Guid, InvigilateRefusal>>> act) =>
            Assert.All(await Task.WhenAll(Task.Run(() => act(one)), Task.Run(() => act(two))), outcome => Assert.True(outcome.Succeeded, outcome.ToString()));
    }

    [Fact]
    public async Task Time_given_in_the_last_moment_keeps_the_attempt_open_and_time_given_too_late_is_refused()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, attempt) = await InTheExamAsync(school);
        for (var run = 0; run < 20; run++)
        {
            var deadline = (await school.AttemptAsync(attempt)).DeadlineAt!.Value;
            school.Now = deadline.AddTicks(-1);
            var job = Task.Run(() => new CloseOverdueAttempts(school.Database, school.Clock).RunAsync(deadline, Cancellation));
            var given = await Task.Run(() => ExtendAsync(school, instructor, attempt, Guid.NewGuid(), 10));
            await job;

            var row = await school.AttemptAsync(attempt);
            Assert.Equal(given.Succeeded, row.ClosedAt is null);
            Assert.Equal(given.Succeeded ? deadline.AddMinutes(10) : deadline, row.DeadlineAt);
            if (given.Succeeded)
            {
                await VoidAsync(school, instructor, attempt);
            }

            school.Clock.Advance(TimeSpan.FromDays(31));
            attempt = await school.StartExamAsync(person);
        }
    }

    private static async Task<(Actor Instructor, Actor Person, Guid Attempt)> InTheExamAsync(School school)
    {
        var person = await school.PreparedTraineeAsync();
        return (await school.AdministratorAsync(), person, await school.StartExamAsync(person));
    }

    private static async Task PausedAsync(School school, Actor actor, Guid attempt) =>
        Assert.True((await new PauseAttempt(school.Database, school.Clock).RunAsync(actor, attempt, Cancellation)).Succeeded);

    private static async Task ResumedAsync(School school, Actor actor, Guid attempt) =>
        Assert.True((await new ResumeAttempt(school.Database, school.Clock).RunAsync(actor, attempt, Cancellation)).Succeeded);

    private static Task<Outcome<Guid, InvigilateRefusal>> ExtendAsync(School school, Actor actor, Guid attempt, Guid form, int minutes) =>
        new ExtendAttempt(school.Database, school.Clock).RunAsync(actor, attempt, form, minutes, Reason, Cancellation);

    private static Task<Outcome<Guid, InvigilateRefusal>> VoidAsync(School school, Actor actor, Guid attempt, string reason = Reason) =>
        new VoidAttempt(school.Database, school.Clock).RunAsync(actor, attempt, reason, Cancellation);

    private static async Task<BoardRow> RowAsync(School school, Actor actor, Guid attempt) =>
        (await new ReadInvigilatedAttempt(school.Database, school.Clock).RunAsync(actor, School.Exam, attempt, Cancellation))!.Row;

    private static async Task<List<(AttemptEventKind Kind, int? Seconds, string? Reason)>> EventsAsync(School school, Guid attempt)
    {
        await using var database = school.Database.CreateDbContext();
        var rows = await database.AttemptEvents.AsNoTracking().Where(row => row.AttemptId == attempt).OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(Cancellation);
        Assert.All(rows, row => Assert.NotNull(row.ById));
        return [.. rows.Select(row => (row.Kind, row.Seconds, row.Reason))];
    }

    private static async Task<List<string>> AuditAsync(School school, Actor actor)
    {
        await using var database = school.Database.CreateDbContext();
        return await database.AuditEntries.Where(row => row.ActorId == actor.PersonId).OrderBy(row => row.At).ThenBy(row => row.Id).Select(row => row.Act).ToListAsync(Cancellation);
    }
}
