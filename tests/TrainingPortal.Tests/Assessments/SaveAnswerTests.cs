using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

public class SaveAnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<(School School, Actor Person, Guid Attempt)> InTheExamAsync()
    {
        var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        return (school, person, await school.StartExamAsync(person));
    }

    private static async Task<(string? Chosen, int Revision, DateTime? AnsweredAt)> FirstAsync(School school, Guid attempt)
    {
        var row = (await school.QuestionsAsync(attempt))[0].Row;
        return (row.Chosen, row.Revision, row.AnsweredAt);
    }

    [Fact]
    public async Task When_it_returns_the_answer_is_in_the_database()
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;

        var saved = await school.SaveAnswer.ChooseAsync(person, attempt, 1, [2], revision: 0, Cancellation);

        Assert.Equal(1, saved.Value);
        await using var database = school.Database.CreateDbContext();
        await using var other = new SqliteConnection(database.Database.GetConnectionString());
        await other.OpenAsync(Cancellation);
        await using var command = other.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM Answers WHERE AttemptId = '{attempt.ToString().ToUpperInvariant()}' AND Slot = 1 AND Response IS NOT NULL AND Revision = 1 AND AnsweredAt IS NOT NULL";
        Assert.Equal(1L, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task A_change_of_mind_replaces_the_answer()
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;
        await school.SaveAnswer.ChooseAsync(person, attempt, 1, [2], revision: 0, Cancellation);
        school.Clock.Advance(TimeSpan.FromMinutes(1));

        var changed = await school.SaveAnswer.ChooseAsync(person, attempt, 1, [0], revision: 1, Cancellation);

        Assert.Equal(2, changed.Value);
        Assert.Equal(("0", 2, School.Opening.AddMinutes(1)), await FirstAsync(school, attempt));
    }

    [Fact]
    public async Task The_same_page_sent_twice_is_saved_once_and_both_are_told_so()
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;

        var first = await school.SaveAnswer.ChooseAsync(person, attempt, 1, [2], revision: 0, Cancellation);
        school.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await school.SaveAnswer.ChooseAsync(person, attempt, 1, [2], revision: 0, Cancellation);

        Assert.Equal((1, 1), (first.Value, second.Value));
        Assert.Equal(("2", 1, School.Opening), await FirstAsync(school, attempt));
    }

    [Fact]
    public async Task A_double_click_whose_two_posts_arrive_at_once_is_saved_once_and_both_are_told_so()
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;
        foreach (var slot in Enumerable.Range(1, 10))
        {
            var clicks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => school.SaveAnswer.ChooseAsync(person, attempt, slot, [2], revision: 0, Cancellation))));

            Assert.All(clicks, click => Assert.Null(click.Refusal));
            Assert.All(clicks, click => Assert.Equal(1, click.Value));
        }
    }

    [Fact]
    public async Task A_stale_page_is_refused_and_changes_nothing()
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;
        await school.SaveAnswer.ChooseAsync(person, attempt, 1, [2], revision: 0, Cancellation);
        var before = await FirstAsync(school, attempt);

        var stale = await school.SaveAnswer.ChooseAsync(person, attempt, 1, [3], revision: 0, Cancellation);

        Assert.Equal(SaveAnswerRefusal.StalePage, stale.Refusal);
        Assert.Equal(before, await FirstAsync(school, attempt));
    }

    [Fact]
    public async Task Of_two_different_answers_at_once_one_is_saved_and_the_other_told_that_it_was_not()
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;
        foreach (var slot in Enumerable.Range(1, 10))
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(place => Task.Run(() => school.SaveAnswer.ChooseAsync(person, attempt, slot, [place], revision: 0, Cancellation))));

            var saved = Assert.Single(answers.Index(), answer => answer.Item.Succeeded).Index;
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal(SaveAnswerRefusal.StalePage, answer.Refusal));
            Assert.Equal(saved.ToString(System.Globalization.CultureInfo.InvariantCulture), (await school.QuestionsAsync(attempt))[slot - 1].Row.Chosen);
        }
    }

    [Fact]
    public async Task The_last_tick_before_the_deadline_counts_and_the_deadline_does_not()
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;
        var deadline = School.Opening.AddMinutes(30);

        school.Now = deadline.AddTicks(-1);
        Assert.True((await school.SaveAnswer.ChooseAsync(person, attempt, 1, [2], revision: 0, Cancellation)).Succeeded);

        school.Now = deadline;
        Assert.Equal(SaveAnswerRefusal.Closed, (await school.SaveAnswer.ChooseAsync(person, attempt, 2, [2], revision: 0, Cancellation)).Refusal);
        Assert.Null((await school.QuestionsAsync(attempt))[1].Row.Chosen);
    }

    [Fact]
    public async Task After_the_submit_nothing_is_saved()
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;
        await school.SubmitAsync(person, attempt);
        var before = await FirstAsync(school, attempt);

        foreach (var revision in new[] { before.Revision, 0 })
        {
            Assert.Equal(SaveAnswerRefusal.Closed, (await school.SaveAnswer.ChooseAsync(person, attempt, 1, [2], revision, Cancellation)).Refusal);
        }

        Assert.Equal(before, await FirstAsync(school, attempt));
    }

    [Fact]
    public async Task Nobody_answers_in_another_persons_attempt()
    {
        var (school, _, attempt) = await InTheExamAsync();
        await using var _ = school;
        var stranger = await school.TraineeAsync("Ben");

        Assert.Equal(SaveAnswerRefusal.NotFound, (await school.SaveAnswer.ChooseAsync(stranger, attempt, 1, [2], revision: 0, Cancellation)).Refusal);
        Assert.Null((await FirstAsync(school, attempt)).Chosen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(-1)]
    public async Task A_question_that_the_paper_does_not_have_is_not_found(int slot)
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;

        Assert.Equal(SaveAnswerRefusal.NotFound, (await school.SaveAnswer.ChooseAsync(person, attempt, slot, [2], revision: 0, Cancellation)).Refusal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    [InlineData(1, 4)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    public async Task An_option_that_the_question_does_not_have_is_refused(params int[] places)
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;

        Assert.Equal(SaveAnswerRefusal.NotOffered, (await school.SaveAnswer.ChooseAsync(person, attempt, 1, places, revision: 0, Cancellation)).Refusal);
        Assert.Equal((null, 0, null), await FirstAsync(school, attempt));
    }

    [Fact]
    public async Task A_page_with_nothing_chosen_changes_nothing_and_is_not_refused()
    {
        var (school, person, attempt) = await InTheExamAsync();
        await using var _ = school;

        Assert.Equal(0, (await school.SaveAnswer.ChooseAsync(person, attempt, 1, [], revision: 0, Cancellation)).Value);
        Assert.Equal((null, 0, null), await FirstAsync(school, attempt));
    }
}
