using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

/// <summary>The end of an attempt: by submitting it, or by its deadline, and what is kept of it then.</summary>
public class ClosingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submitting_grades_what_was_saved()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        school.Clock.Advance(TimeSpan.FromMinutes(1));
        var attempt = await school.AttemptAsync(await school.SitExamAsync(person, (School.Depth, 1), (School.Hygiene, 1)));

        Assert.Equal((AttemptResult.Passed, 8 * Score.Full, School.Opening.AddMinutes(1), true), (attempt.Result, attempt.Points, attempt.ClosedAt, attempt.AwaitsAward));
        Assert.Equal([new DomainScore(School.Depth, 180, 240, 75, 60), new(School.Hygiene, 120, 180, 60, 60), new(School.Contraindications, 180, 180, null, 60)], attempt.Domains);
    }

    [Theory]
    [InlineData(1, 2, 0, AttemptResult.FailedScore)]
    [InlineData(2, 0, 0, AttemptResult.FailedGate)]
    [InlineData(0, 0, 1, AttemptResult.FailedCritical)]
    public async Task A_failure_says_by_what(int depth, int hygiene, int contraindications, AttemptResult result)
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attemptId = await school.SitExamAsync(person, (School.Depth, depth), (School.Hygiene, hygiene), (School.Contraindications, contraindications));

        var report = (await school.ReadAttemptResult.RunAsync(person, attemptId, Cancellation)).Value;
        Assert.Equal((result, 10 - depth - hygiene - contraindications, 10, false), (report.Result, report.Points / Score.Full, report.Of / Score.Full, report.TimeRanOut));
        Assert.Equal(contraindications, report.MissedCritical.Count);
        Assert.Empty(report.Items);
    }

    [Fact]
    public async Task A_check_explains_every_answer_when_it_is_over()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();
        await school.EnrolAsync(person);
        var attemptId = await school.StartAsync(person, "depth-check");
        await school.AnswerAsync(person, attemptId, slot: 1, right: true);
        Assert.Equal(AttemptResultRefusal.Open, (await school.ReadAttemptResult.RunAsync(person, attemptId, Cancellation)).Refusal);
        await school.SubmitAsync(person, attemptId);

        var review = (await school.ReadAttemptResult.RunAsync(person, attemptId, Cancellation)).Value.Items;
        Assert.Equal(2, review.Count);
        Assert.Equal((review[0].Key!.Key, Score.Full), (review[0].Response, review[0].Points));
        Assert.Equal((null, 0), (review[1].Response, review[1].Points));
        Assert.All(review, item => Assert.All(item.Key!.Rationales, Assert.NotEmpty));
    }

    [Fact]
    public async Task Submitting_twice_gives_one_result()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attemptId = await school.SitExamAsync(person);
        var once = await RowAsync(school, attemptId);
        school.Clock.Advance(TimeSpan.FromMinutes(1));

        await school.SubmitAsync(person, attemptId);

        Assert.Equal(once, await RowAsync(school, attemptId));
    }

    [Fact]
    public async Task Ten_submits_at_once_give_one_result()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attemptId = await school.StartExamAsync(person);
        await school.AnswerAllAsync(person, attemptId);

        var submits = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => school.SubmitAttempt.RunAsync(person, attemptId, twinsShown: false, Cancellation))));

        Assert.All(submits, submit => Assert.True(submit.Succeeded));
        var attempt = await school.AttemptAsync(attemptId);
        Assert.Equal((AttemptResult.Passed, 10 * Score.Full, 10 + 1), (attempt.Result, attempt.Points, attempt.Revision));
    }

    [Fact]
    public async Task Nobody_sees_or_submits_another_persons_attempt()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attemptId = await school.StartExamAsync(person);
        var stranger = await school.TraineeAsync("Ben");

        Assert.Equal(SubmitRefusal.NotFound, (await school.SubmitAttempt.RunAsync(stranger, attemptId, twinsShown: false, Cancellation)).Refusal);
        Assert.Equal(AttemptPageRefusal.NotFound, (await school.ReadAttemptPage.RunAsync(stranger, attemptId, null, posted: null, Cancellation)).Refusal);
        Assert.Equal(AttemptResultRefusal.NotFound, (await school.ReadAttemptResult.RunAsync(stranger, attemptId, Cancellation)).Refusal);
        Assert.Null((await school.AttemptAsync(attemptId)).ClosedAt);
    }

    [Fact]
    public async Task Past_the_deadline_the_page_the_result_the_submit_a_new_start_and_the_job_close_alike()
    {
        await using var school = await School.OpenAsync();
        var closers = new Dictionary<string, Func<Actor, Guid, Task>>
        {
            ["page"] = async (person, attempt) => Assert.Equal(AttemptPageRefusal.Closed, (await school.ReadAttemptPage.RunAsync(person, attempt, null, posted: null, Cancellation)).Refusal),
            ["result"] = async (person, attempt) => Assert.True((await school.ReadAttemptResult.RunAsync(person, attempt, Cancellation)).Value.TimeRanOut),
            ["submit"] = (person, attempt) => school.SubmitAsync(person, attempt),
            ["start"] = async (person, _) => Assert.NotNull((await school.StartAttempt.RunAsync(person, School.Exam, Cancellation)).Refused),
            ["job"] = async (_, _) => Assert.Equal(1, await new CloseOverdueAttempts(school.Database, school.Clock).RunAsync(school.Now, Cancellation)),
        };
        var attempts = new Dictionary<string, (Actor Person, Guid Attempt)>();
        foreach (var closer in closers.Keys)
        {
            var person = await school.PreparedTraineeAsync(closer);
            var attempt = await school.StartExamAsync(person);
            foreach (var question in (await school.QuestionsAsync(attempt)).Where(question => question.Row.Domain != School.Hygiene))
            {
                await school.AnswerAsync(person, attempt, question.Row.Slot, right: true);
            }

            attempts[closer] = (person, attempt);
        }

        school.Clock.Advance(TimeSpan.FromMinutes(47));
        var rows = new Dictionary<string, string>();
        foreach (var (closer, (person, attempt)) in attempts)
        {
            await closers[closer](person, attempt);
            rows[closer] = await RowAsync(school, attempt);
        }

        var row = Assert.Single(rows.Values.Distinct());
        Assert.StartsWith("FailedScore 7 closed 11/02/2026 10:00:00", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_job_leaves_alone_what_is_not_overdue()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var exam = await school.StartExamAsync(person);
        var check = await school.StartAsync(person, "depth-check");

        Assert.Equal(0, await new CloseOverdueAttempts(school.Database, school.Clock).RunAsync(School.Opening.AddMinutes(30).AddTicks(-1), Cancellation));
        Assert.Null((await school.AttemptAsync(exam)).ClosedAt);
        Assert.Equal(1, await new CloseOverdueAttempts(school.Database, school.Clock).RunAsync(School.Opening.AddMinutes(30), Cancellation));
        Assert.Equal(0, await new CloseOverdueAttempts(school.Database, school.Clock).RunAsync(School.Opening.AddYears(1), Cancellation));
        Assert.Null((await school.AttemptAsync(check)).ClosedAt);
    }

    [Fact]
    public async Task A_pass_that_the_deadline_closed_is_a_pass()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attemptId = await school.StartExamAsync(person);
        await school.AnswerAllAsync(person, attemptId);
        school.Clock.Advance(TimeSpan.FromHours(5));
        await new CloseOverdueAttempts(school.Database, school.Clock).RunAsync(school.Now, Cancellation);

        var attempt = await school.AttemptAsync(attemptId);
        Assert.Equal((AttemptResult.Passed, true, attempt.DeadlineAt), (attempt.Result, attempt.AwaitsAward, attempt.ClosedAt));
    }

    [Fact]
    public async Task An_answer_that_was_acknowledged_while_the_attempt_was_submitted_counts()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();
        await school.EnrolAsync(person);
        for (var run = 0; run < 30; run++)
        {
            var attemptId = await school.StartAsync(person, "depth-check");
            var questions = await school.QuestionsAsync(attemptId);
            var submit = Task.Run(() => school.SubmitAttempt.RunAsync(person, attemptId, twinsShown: false, Cancellation));
            var saves = questions
                .Select(question => Task.Run(() => school.SaveAnswer.ChooseAsync(person, attemptId, question.Row.Slot, [question.RightPlace], 0, Cancellation)))
                .ToList();
            var answers = await Task.WhenAll(saves);
            Assert.True((await submit).Succeeded);

            var attempt = await school.AttemptAsync(attemptId);
            Assert.NotNull(attempt.ClosedAt);
            Assert.Equal(answers.Count(answer => answer.Succeeded) * Score.Full, attempt.Points);
            Assert.All(attempt.Answers, answer => Assert.Equal(answers[answer.Slot - 1].Succeeded, answer.Correct));
            Assert.All(attempt.Answers, answer => Assert.Equal(answers[answer.Slot - 1].Succeeded, answer.Response is not null));
        }
    }

    [Fact]
    public async Task An_answer_that_comes_just_after_the_submit_is_told_that_the_attempt_is_closed()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();
        await school.EnrolAsync(person);
        for (var run = 0; run < 30; run++)
        {
            var attemptId = await school.StartAsync(person, "depth-check");
            var answer = Task.Run(() => school.SaveAnswer.ChooseAsync(person, attemptId, 1, [0], 0, Cancellation));
            await school.SubmitAsync(person, attemptId);

            Assert.True((await answer).Refusal is null or SaveAnswerRefusal.Closed, $"run {run}: {(await answer).Refusal}");
        }
    }

    // Everything that closing leaves behind, but for what differs from paper to paper.
    private static async Task<string> RowAsync(School school, Guid attemptId)
    {
        var attempt = await school.AttemptAsync(attemptId);
        var items = attempt.Answers
            .Select(item => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"answered {item.Response is not null} correct {item.Correct} revision {item.Revision}"))
            .Order(StringComparer.Ordinal);
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{attempt.Result} {attempt.Points / Score.Full} closed {attempt.ClosedAt} awaits {attempt.AwaitsAward} revision {attempt.Revision} {string.Join(';', attempt.Domains)} {string.Join(';', items)}");
    }
}
