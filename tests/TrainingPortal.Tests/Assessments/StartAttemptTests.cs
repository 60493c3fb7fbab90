using Microsoft.EntityFrameworkCore;
using TrainingPortal.Assessments;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

public class StartAttemptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<StartRefusal?> RefusalAsync(School school, Accounts.Actor person, string quiz = School.Exam) =>
        (await school.StartAttempt.RunAsync(person, quiz, Cancellation)).Refused?.Reason;

    [Fact]
    public async Task The_way_to_the_exam_is_enrolling_reading_everything_and_passing_every_check()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();

        Assert.Equal(StartRefusal.NotEnrolled, await RefusalAsync(school, person));
        await school.EnrolAsync(person);
        Assert.Equal(StartRefusal.LessonsUnread, await RefusalAsync(school, person));
        await school.ReadEverythingAsync(person);
        Assert.Equal(StartRefusal.ChecksNotPassed, await RefusalAsync(school, person));
        await school.PassChecksAsync(person);
        Assert.Null(await RefusalAsync(school, person));
    }

    [Fact]
    public async Task A_failed_check_is_not_a_passed_one()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();
        await school.EnrolAsync(person);
        await school.ReadEverythingAsync(person);
        foreach (var domain in new[] { School.Depth, School.Hygiene, School.Contraindications })
        {
            var check = await school.StartAsync(person, $"{domain}-check");
            await school.AnswerAllAsync(person, check, (School.Hygiene, 2));
            await school.SubmitAsync(person, check);
        }

        Assert.Equal(StartRefusal.ChecksNotPassed, await RefusalAsync(school, person));
    }

    [Fact]
    public async Task A_quiz_that_is_not_there_or_no_longer_there_is_not_found()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        await school.ChangeQuizAsync(School.Exam, exam => exam.Retired = true);

        Assert.Equal(StartRefusal.QuizNotFound, await RefusalAsync(school, person));
        Assert.Equal(StartRefusal.QuizNotFound, await RefusalAsync(school, person, "no-such-quiz"));
    }

    [Fact]
    public async Task A_bank_with_too_few_items_gives_no_attempt_rather_than_a_short_paper()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        await school.ChangeQuizAsync(School.Exam, exam => exam.Blueprint = [new(School.Depth, 6, null)]);

        Assert.Equal(StartRefusal.TooFewItems, await RefusalAsync(school, person));
    }

    [Fact]
    public async Task After_a_failure_the_exam_opens_again_when_the_wait_is_over()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        await school.SitExamAsync(person, (School.Depth, 4));

        school.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        var (_, refused) = await school.StartAttempt.RunAsync(person, School.Exam, Cancellation);
        Assert.Equal(new StartRefused(StartRefusal.WaitAfterFailure, School.Opening.AddHours(24)), refused);

        school.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await RefusalAsync(school, person));
    }

    [Fact]
    public async Task Twenty_starts_at_once_end_in_one_attempt()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();

        var starts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => school.StartAttempt.RunAsync(person, School.Exam, Cancellation))));

        Assert.All(starts, start => Assert.Null(start.Refused));
        var attemptId = Assert.Single(starts.Select(start => start.AttemptId).Distinct());
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(attemptId, (await database.Attempts.SingleAsync(attempt => attempt.Kind == QuizKind.Exam, Cancellation)).Id);
    }

    [Fact]
    public async Task Starting_again_leads_back_to_the_open_attempt_with_its_answers()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        await school.AnswerAsync(person, attempt, slot: 1, right: true);
        school.Clock.Advance(TimeSpan.FromMinutes(29));

        Assert.Equal(attempt, await school.StartExamAsync(person));
        Assert.NotNull((await school.QuestionsAsync(attempt))[0].Row.Chosen);
    }

    [Fact]
    public async Task The_deadline_is_set_at_the_start_and_a_check_has_none()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();

        Assert.Equal(School.Opening.AddMinutes(30), (await school.AttemptAsync(await school.StartExamAsync(person))).DeadlineAt);
        Assert.Null((await school.AttemptAsync(await school.StartAsync(person, "depth-check"))).DeadlineAt);
    }

    [Fact]
    public async Task Two_people_sit_the_same_exam_at_once_each_with_their_own_paper()
    {
        await using var school = await School.OpenAsync();
        var ana = await school.PreparedTraineeAsync("Ana");
        var ben = await school.PreparedTraineeAsync("Ben");

        Assert.NotEqual(await school.StartExamAsync(ana), await school.StartExamAsync(ben));
    }

    [Fact]
    public async Task Check_items_and_exam_items_never_mix()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();

        Assert.All(await school.QuestionsAsync(await school.StartExamAsync(person)), question => Assert.Contains("-e", question.Code, StringComparison.Ordinal));
        Assert.All(await school.QuestionsAsync(await school.StartAsync(person, "depth-check")), question => Assert.Contains("-c", question.Code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pass_mark_and_the_gates_are_those_of_the_start()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        await school.AnswerAllAsync(person, attempt, (School.Depth, 1));
        await school.ChangeQuizAsync(School.Exam, exam => (exam.PassPercent, exam.Blueprint) = (100, [new(School.Depth, 4, 100)]));
        await school.SubmitAsync(person, attempt);

        Assert.Equal(AttemptResult.Passed, (await school.AttemptAsync(attempt)).Result);
    }
}
