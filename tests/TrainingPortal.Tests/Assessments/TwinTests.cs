using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

/// <summary>A missed critical item brings its twin once, at the end of the same attempt; missing both fails.</summary>
public class TwinTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An exam whose three critical items each have a twin in the bank, answered but for so many critical ones.</summary>
    private static async Task<(School School, Actor Person, Guid Attempt)> AnsweredAsync(int criticalWrong, bool twins = true)
    {
        var school = await School.OpenAsync();
        if (twins)
        {
            await school.AddTwinsAsync();
        }

        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        await school.AnswerAllAsync(person, attempt, (School.Contraindications, criticalWrong));
        return (school, person, attempt);
    }

    [Fact]
    public async Task Without_a_missed_critical_item_the_first_submit_closes()
    {
        var (school, person, attempt) = await AnsweredAsync(criticalWrong: 0);
        await using var _ = school;

        Assert.Equal(Submitted.Passed, (await school.SubmitAttempt.RunAsync(person, attempt, twinsShown: false, Cancellation)).Value);
        Assert.Equal(AttemptResult.Passed, (await school.AttemptAsync(attempt)).Result);
    }

    [Theory]
    [InlineData(true, AttemptResult.Passed)]
    [InlineData(false, AttemptResult.FailedCritical)]
    public async Task Each_missed_one_brings_its_twin_and_that_decides(bool twinRight, AttemptResult result)
    {
        var (school, person, attempt) = await AnsweredAsync(criticalWrong: 2);
        await using var _ = school;

        Assert.Equal(Submitted.TwinsFollow, (await school.SubmitAttempt.RunAsync(person, attempt, twinsShown: false, Cancellation)).Value);

        var asked = await school.AttemptAsync(attempt);
        Assert.Null(asked.ClosedAt);
        Assert.Equal([11, 12], asked.Paper.Items.Where(item => item.TwinOf is not null).Select(item => item.Slot));
        var questions = await school.QuestionsAsync(attempt);
        Assert.All(questions.Skip(10), twin => Assert.Equal(questions[twin.Row.Item.TwinOf!.Value - 1].Code, twin.Code.Replace("twin-", "", StringComparison.Ordinal)));
        await school.AnswerAsync(person, attempt, slot: 11, right: true);
        await school.AnswerAsync(person, attempt, slot: 12, right: twinRight);
        Assert.Equal(twinRight ? Submitted.Passed : Submitted.Closed, (await school.SubmitAttempt.RunAsync(person, attempt, twinsShown: true, Cancellation)).Value);

        var closed = await school.AttemptAsync(attempt);
        Assert.Equal((result, 8 * Score.Full, 10 * Score.Full), (closed.Result, closed.Points, closed.Of));
        var report = (await school.ReadAttemptResult.RunAsync(person, attempt, Cancellation)).Value;
        Assert.Equal(twinRight ? [true, true] : [false, true], report.MissedCritical.Select(missed => missed.TwinRight).Order());
        Assert.All(report.MissedCritical, missed => Assert.StartsWith("/courses/", missed.Lesson, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_open_critical_item_is_missed_too()
    {
        await using var school = await School.OpenAsync();
        await school.AddTwinsAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);

        Assert.Equal(Submitted.TwinsFollow, (await school.SubmitAttempt.RunAsync(person, attempt, twinsShown: false, Cancellation)).Value);
        Assert.Equal(3, (await school.AttemptAsync(attempt)).Paper.Items.Count(item => item.TwinOf is not null));
    }

    [Fact]
    public async Task Without_a_twin_in_the_bank_the_attempt_closes_and_fails()
    {
        var (school, person, attempt) = await AnsweredAsync(criticalWrong: 1, twins: false);
        await using var _ = school;

        Assert.Equal(Submitted.Closed, (await school.SubmitAttempt.RunAsync(person, attempt, twinsShown: false, Cancellation)).Value);
        Assert.Equal(AttemptResult.FailedCritical, (await school.AttemptAsync(attempt)).Result);
    }

    [Fact]
    public async Task While_the_twins_are_open_the_paper_itself_is_handed_in()
    {
        var (school, person, attempt) = await AnsweredAsync(criticalWrong: 1);
        await using var _ = school;
        await school.SubmitAttempt.RunAsync(person, attempt, twinsShown: false, Cancellation);
        var before = (await school.QuestionsAsync(attempt))[0].Row;

        Assert.Equal(SaveAnswerRefusal.HandedIn, (await school.AnswerAsync(person, attempt, slot: 1, right: false)).Refusal);
        var after = (await school.QuestionsAsync(attempt))[0].Row;
        Assert.Equal((before.Chosen, before.Revision), (after.Chosen, after.Revision));
        Assert.Equal(11, (await school.ReadAttemptPage.RunAsync(person, attempt, slot: null, posted: null, Cancellation)).Value.Slot);
        Assert.Equal(11, (await school.ReadAttemptPage.RunAsync(person, attempt, slot: 3, posted: null, Cancellation)).Value.Slot);
    }

    [Fact]
    public async Task A_second_click_on_the_first_submit_does_not_hand_the_twins_in_unseen()
    {
        var (school, person, attempt) = await AnsweredAsync(criticalWrong: 1);
        await using var _ = school;

        var clicks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => school.SubmitAttempt.RunAsync(person, attempt, twinsShown: false, Cancellation))));

        Assert.All(clicks, click => Assert.Equal(Submitted.TwinsFollow, click.Value));
        var asked = await school.AttemptAsync(attempt);
        Assert.Equal((null, 11), (asked.ClosedAt, asked.Paper.Items.Count));
    }

    [Fact]
    public async Task Twins_have_two_minutes_each_and_no_more_is_added_to_a_clock_that_has_them()
    {
        var (school, person, attempt) = await AnsweredAsync(criticalWrong: 2);
        await using var _ = school;
        var deadline = (await school.AttemptAsync(attempt)).DeadlineAt!.Value;

        school.Now = deadline.AddSeconds(-1);
        await school.SubmitAttempt.RunAsync(person, attempt, twinsShown: false, Cancellation);
        Assert.Equal(deadline.AddSeconds(-1).AddMinutes(2 * Attempt.TwinMinutes), (await school.AttemptAsync(attempt)).DeadlineAt);

        var other = await school.PreparedTraineeAsync("Ben Hale");
        var early = await school.StartExamAsync(other);
        var whole = (await school.AttemptAsync(early)).DeadlineAt;
        await school.SubmitAttempt.RunAsync(other, early, twinsShown: false, Cancellation);
        Assert.Equal(whole, (await school.AttemptAsync(early)).DeadlineAt);
    }

    [Fact]
    public async Task Past_the_deadline_there_is_no_twin_whoever_closes()
    {
        var (school, person, attempt) = await AnsweredAsync(criticalWrong: 1);
        await using var _ = school;
        school.Now = School.Opening.AddMinutes(30);

        Assert.Equal(Submitted.Closed, (await school.SubmitAttempt.RunAsync(person, attempt, twinsShown: false, Cancellation)).Value);
        Assert.Equal(AttemptResult.FailedCritical, (await school.AttemptAsync(attempt)).Result);
    }

    [Fact]
    public async Task A_paper_keeps_the_twin_of_an_item_that_it_asks_for_that_items_second_chance()
    {
        await using var school = await School.OpenAsync();
        await school.AddTwinsAsync();
        foreach (var run in Enumerable.Range(0, 20))
        {
            var person = await school.PreparedTraineeAsync($"Person {run}");
            var codes = (await school.QuestionsAsync(await school.StartExamAsync(person))).Select(question => question.Code).ToHashSet();

            Assert.DoesNotContain(codes, code => codes.Contains($"twin-{code}"));
        }
    }
}
