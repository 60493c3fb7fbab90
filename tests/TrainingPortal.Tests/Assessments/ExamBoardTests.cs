using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Persistence;
using TrainingPortal.Persistence.Sqlite;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

/// <summary>What the exam board shows, the sign of life behind it, and the share that critical items alone made fail.</summary>
public class ExamBoardTests
{
    private static readonly DateTime s_noon = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, BoardState.Working)]
    [InlineData(89, BoardState.Working)]
    [InlineData(90, BoardState.LineLost)]
    [InlineData(600, BoardState.LineLost)]
    public void The_line_is_lost_after_90_seconds_without_a_sign_of_life(int seconds, BoardState state) =>
        Assert.Equal(state, Row(lastSeen: s_noon.AddSeconds(-seconds)).StateAt(s_noon));

    [Fact]
    public void What_came_last_in_an_attempt_is_its_state()
    {
        var later = s_noon.AddMinutes(30);
        Assert.Equal(BoardState.Twins, (Row() with { Twins = true }).StateAt(s_noon));
        Assert.Equal(BoardState.LineLost, (Row(lastSeen: s_noon.AddMinutes(-2)) with { Twins = true }).StateAt(s_noon));
        Assert.Equal(BoardState.Paused, (Row(lastSeen: s_noon.AddMinutes(-2)) with { PausedAt = s_noon }).StateAt(later));
        Assert.Equal(BoardState.TimeUp, Row().StateAt(later));
        Assert.Equal(BoardState.TimeUp, (Row() with { ClosedAt = later, Result = AttemptResult.Passed }).StateAt(later));
        Assert.Equal(BoardState.HandedIn, (Row() with { ClosedAt = s_noon, Result = AttemptResult.Passed }).StateAt(later));
        Assert.Equal(BoardState.HandedIn, (Row() with { ClosedAt = s_noon, DeadlineAt = null }).StateAt(later));
        Assert.Equal(BoardState.Voided, (Row() with { ClosedAt = s_noon, PausedAt = s_noon, Result = AttemptResult.Voided }).StateAt(later));
        Assert.Equal(TimeSpan.Zero, Row().TimeLeftAt(later.AddMinutes(1)));
        Assert.Null((Row() with { DeadlineAt = null }).TimeLeftAt(s_noon));
    }

    [Fact]
    public async Task The_board_shows_who_sits_the_exam_and_who_has_just_sat_it()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.StaffAsync();
        var (early, _) = await StartAsync("Early");
        await school.SubmitAsync(early, await school.StartExamAsync(early));
        school.Clock.Advance(TimeSpan.FromHours(3) + TimeSpan.FromTicks(1));
        var (passed, exam) = await StartAsync("Zoe");
        await school.AnswerAllAsync(passed, exam);
        await school.SubmitAsync(passed, exam);
        var (working, open) = await StartAsync("Cleo");
        var (_, alone) = await StartAsync("Ana");
        await school.AnswerAsync(working, open, 1, right: true);
        await school.AnswerAsync(working, open, 2, right: false);
        school.Clock.Advance(TimeSpan.FromMinutes(2));

        var board = (await new ReadExamBoard(school.Database, school.Clock).RunAsync(instructor, School.Exam, Cancellation))!;
        Assert.Equal(
            [("Ana", BoardState.LineLost, 0, 10), ("Cleo", BoardState.LineLost, 2, 10), ("Zoe", BoardState.HandedIn, 10, 10)],
            board.Rows.Select(row => (row.Name, row.StateAt(board.Now), row.Answered, row.Items)));
        Assert.Equal([TimeSpan.FromMinutes(28), TimeSpan.FromMinutes(28), null], board.Rows.Select(row => row.TimeLeftAt(board.Now)));
        Assert.Equal((AttemptResult.Passed, alone, false), (board.Rows[2].Result, board.Rows[0].AttemptId, board.More));

        // The results are the instructors'.
        var administrator = await new ReadExamBoard(school.Database, school.Clock).RunAsync(await school.AdministratorAsync(), School.Exam, Cancellation);
        Assert.All(administrator!.Rows, row => Assert.Null(row.Result));
        Assert.Equal([(School.Exam, 2, 0)], (await new ReadExamRooms(school.Database).RunAsync(instructor, Cancellation)).Select(room => (room.Slug, room.Open, room.Paused)));
        Assert.Null(await new ReadExamBoard(school.Database, school.Clock).RunAsync(instructor, "depth-check", Cancellation));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadExamBoard(school.Database, school.Clock).RunAsync(working, School.Exam, Cancellation));

        // One's own attempt is for somebody else to watch.
        var own = await new ReadExamBoard(school.Database, school.Clock).RunAsync(working with { Roles = instructor.Roles }, School.Exam, Cancellation);
        Assert.DoesNotContain("Cleo", own!.Rows.Select(row => row.Name));

        async Task<(Actor Person, Guid Attempt)> StartAsync(string name)
        {
            var person = await school.PreparedTraineeAsync(name);
            return (person, await school.StartExamAsync(person));
        }
    }

    [Fact]
    public async Task Twins_are_counted_to_the_paper()
    {
        await using var school = await School.OpenAsync();
        await using (var database = school.Database.CreateDbContext())
        {
            foreach (var (code, twin) in new[] { ("e1", "e2"), ("e3", "e4") })
            {
                var item = await database.Items.Where(row => row.Code == $"{School.Contraindications}-{code}").Select(row => row.Id).SingleAsync(Cancellation);
                await database.ItemVersions.Where(row => row.ItemId == item).ExecuteUpdateAsync(update => update.SetProperty(row => row.Twin, $"{School.Contraindications}-{twin}"), Cancellation);
            }
        }

        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        await school.AnswerAllAsync(person, attempt, (School.Contraindications, 3));
        Assert.Equal(Submitted.TwinsFollow, (await school.SubmitAttempt.RunAsync(person, attempt, twinsShown: false, Cancellation)).Value);
        await school.AnswerAsync(person, attempt, 11, right: true);

        var board = (await new ReadExamBoard(school.Database, school.Clock).RunAsync(await school.StaffAsync(), School.Exam, Cancellation))!;
        var row = Assert.Single(board.Rows);
        Assert.Equal((BoardState.Twins, 11, 12), (row.StateAt(board.Now), row.Answered, row.Items));
    }

    [Fact]
    public async Task The_board_asks_twice_and_by_the_exams_index_however_many_attempts_there_are()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        await school.StartExamAsync(person);
        var instructor = await school.StaffAsync();
        var questions = new Questions(school.Database);

        await new ReadExamBoard(questions, school.Clock).RunAsync(instructor, School.Exam, Cancellation);

        Assert.Equal(2, questions.Asked.Count);
        Assert.Contains(questions.Plan, step => step.Contains("IX_Attempts_QuizId_ClosedAt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sign_of_life_moves_nothing_but_the_instant_at_which_the_page_was_seen()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        var before = await school.AttemptAsync(attempt);
        school.Clock.Advance(TimeSpan.FromMinutes(3));
        var seen = new MarkSeen(school.Database, school.Clock);

        Assert.Equal(AttemptStanding.Running, (await seen.RunAsync(person, attempt, Cancellation)).Value);
        var after = await school.AttemptAsync(attempt);
        Assert.Equal((school.Now, before.Revision, before.DeadlineAt), (after.LastSeenAt, after.Revision, after.DeadlineAt));

        Assert.Equal(MarkSeenRefusal.NotFound, (await seen.RunAsync(await school.TraineeAsync("Ben"), attempt, Cancellation)).Refusal);
        Assert.Equal(MarkSeenRefusal.NotFound, (await seen.RunAsync(person, Guid.NewGuid(), Cancellation)).Refusal);
        await new PauseAttempt(school.Database, school.Clock).RunAsync(await school.StaffAsync(), attempt, Cancellation);
        school.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(AttemptStanding.Paused, (await seen.RunAsync(person, attempt, Cancellation)).Value);
        Assert.Equal(school.Now, (await school.AttemptAsync(attempt)).LastSeenAt);
        await new VoidAttempt(school.Database, school.Clock).RunAsync(await school.StaffAsync(), attempt, "Left the room", Cancellation);
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(AttemptStanding.Closed, (await seen.RunAsync(person, attempt, Cancellation)).Value);
        Assert.Equal(school.Now.AddMinutes(-1), (await school.AttemptAsync(attempt)).LastSeenAt);
    }

    [Fact]
    public async Task Signs_of_life_never_make_a_save_fail()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        var signs = Enumerable.Range(0, 40).Select(_ => Task.Run(() => new MarkSeen(school.Database, school.Clock).RunAsync(person, attempt, Cancellation))).ToList();
        var saves = Enumerable.Range(1, 10).Select(slot => Task.Run(() => school.SaveAnswer.ChooseAsync(person, attempt, slot, [1], 0, Cancellation))).ToList();

        Assert.All(await Task.WhenAll(saves), save => Assert.True(save.Succeeded, save.ToString()));
        Assert.All(await Task.WhenAll(signs), sign => Assert.True(sign.Succeeded, sign.ToString()));
        Assert.Equal(10, (await school.AttemptAsync(attempt)).Revision);
    }

    [Fact]
    public async Task The_critical_share_counts_those_who_reached_everything_else_and_rests_on_twenty()
    {
        await using var school = await School.OpenAsync();
        await school.ChangeQuizAsync(School.Exam, quiz => quiz.MostAttempts = null);
        var instructor = await school.StaffAsync();
        var person = await school.PreparedTraineeAsync();
        var share = new ReadCriticalShare(school.Database);
        Assert.Equal(new CriticalShare(0, 0), await share.RunAsync(instructor, School.Exam, Cancellation));

        // By criticals alone; by criticals below the pass mark; by criticals at the pass mark and below a gate; by the pass mark.
        (string, int)[][] failures = [[(School.Contraindications, 1)], [(School.Contraindications, 3)], [(School.Contraindications, 1), (School.Depth, 1)], [(School.Hygiene, 3)]];
        await school.ChangeQuizAsync(School.Exam, quiz => quiz.Blueprint = [new(School.Depth, 4, 100), new(School.Hygiene, 3, null), new(School.Contraindications, 3, null)]);
        for (var number = 0; number < 19; number++)
        {
            await school.SitExamAsync(person, failures[number % 4]);
            school.Clock.Advance(TimeSpan.FromDays(2));
        }

        var voided = await school.StartExamAsync(person);
        await new VoidAttempt(school.Database, school.Clock).RunAsync(instructor, voided, "Left the room", Cancellation);
        var few = (await share.RunAsync(instructor, School.Exam, Cancellation))!;
        Assert.Equal((19, 5, null), (few.Attempts, few.Failed, few.Percent));

        await school.PassExamAsync(person);
        var enough = (await share.RunAsync(instructor, School.Exam, Cancellation))!;
        Assert.Equal((20, 5, 25m), (enough.Attempts, enough.Failed, enough.Percent));
        Assert.Equal(enough, (await new ReadExamResults(school.Database).RunAsync(instructor, School.Course, 1, Cancellation))!.Criticals);
        Assert.Null(await share.RunAsync(instructor, "depth-check", Cancellation));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => share.RunAsync(person, School.Exam, Cancellation));
        await Assert.ThrowsAsync<ActNotPermittedException>(async () => await share.RunAsync(await school.AdministratorAsync(), School.Exam, Cancellation));
    }

    private static BoardRow Row(DateTime? lastSeen = null) =>
        new(Guid.Empty, "Ana", "ana@example.org", s_noon, 3, 10, lastSeen ?? s_noon, null, s_noon.AddMinutes(30), false, null, null);

    /// <summary>The same database, with what it is asked and how it finds it.</summary>
    private sealed class Questions(TestDatabase database) : DbCommandInterceptor, IDbContextFactory<PortalDbContext>
    {
        public List<string> Asked { get; } = [];

        public List<string> Plan { get; } = [];

        public PortalDbContext CreateDbContext()
        {
            using var same = database.CreateDbContext();
            return new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(same.Database.GetConnectionString()).AddInterceptors(this).Options);
        }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Asked.Add(command.CommandText);
            var asked = command.CommandText;
            command.CommandText = "EXPLAIN QUERY PLAN " + asked;
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    Plan.Add(reader.GetString(3));
                }
            }

            command.CommandText = asked;
            return result;
        }
    }

    [Fact]
    public async Task An_instructor_watches_the_people_of_their_own_cohorts_and_nobody_else_does()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        var stranger = await school.InstructorAsync("Stranger");
        var person = await school.PreparedTraineeAsync();
        await people.JoinAsync(instructor, cohort, person);
        var attempt = await school.StartExamAsync(person);
        var board = new ReadExamBoard(school.Database, school.Clock);

        Assert.Single((await board.RunAsync(instructor, School.Exam, Cancellation))!.Rows);
        Assert.Empty((await board.RunAsync(stranger, School.Exam, Cancellation))!.Rows);
        Assert.NotNull((await new PauseAttempt(school.Database, school.Clock).RunAsync(stranger, attempt, Cancellation)).Refusal);
        Assert.Null((await school.AttemptAsync(attempt)).PausedAt);
        Assert.True((await new PauseAttempt(school.Database, school.Clock).RunAsync(instructor, attempt, Cancellation)).Succeeded);
    }
}
