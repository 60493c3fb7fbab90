using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

public class AttemptPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_page_carries_holds_neither_the_key_nor_a_rationale()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        await using var database = school.Database.CreateDbContext();
        var secrets = (await database.ItemVersions.AsNoTracking().ToListAsync(Cancellation))
            .SelectMany(version => version.Interaction.Rationales.Append(version.Objective))
            .Concat(["Correct", "correct", "Why", "why", "KeyIndex", "keyIndex", "Critical", "critical"])
            .ToList();
        Assert.True(secrets.Count > 100);

        foreach (var question in await school.QuestionsAsync(attempt))
        {
            var page = (await school.ReadAttemptPage.RunAsync(person, attempt, question.Row.Slot, posted: null, Cancellation)).Value;
            foreach (var options in new[] { JsonSerializerOptions.Default, JsonSerializerOptions.Web })
            {
                var sent = JsonSerializer.SerializeToUtf8Bytes(page, options);
                Assert.True(Holds(sent, question.Version.Stem));
                Assert.DoesNotContain(secrets, secret => Holds(sent, secret));
            }
        }
    }

    [Fact]
    public async Task The_options_stand_in_the_order_that_was_drawn()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);
        foreach (var question in await school.QuestionsAsync(attempt))
        {
            var page = (await school.ReadAttemptPage.RunAsync(person, attempt, question.Row.Slot, posted: null, Cancellation)).Value;
            Assert.Equal(question.Row.OptionOrder.Select(option => question.Version.Options[option].Text), ((ChoiceFace)page.Face).Options);
        }
    }

    [Fact]
    public async Task Without_a_number_it_is_the_first_open_question_and_at_the_end_the_last()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);

        async Task<int> ShownAsync() => (await school.ReadAttemptPage.RunAsync(person, attempt, null, posted: null, Cancellation)).Value.Slot;

        Assert.Equal(1, await ShownAsync());
        await school.AnswerAsync(person, attempt, slot: 1, right: true);
        await school.AnswerAsync(person, attempt, slot: 3, right: true);
        Assert.Equal(2, await ShownAsync());
        var page = (await school.ReadAttemptPage.RunAsync(person, attempt, 2, posted: null, Cancellation)).Value;
        Assert.Equal([true, false, true, false, false, false, false, false, false, false], page.Answered);
        foreach (var slot in new[] { 2, 4, 5, 6, 7, 8, 9, 10 })
        {
            await school.AnswerAsync(person, attempt, slot, right: true);
        }

        Assert.Equal(10, await ShownAsync());
    }

    [Fact]
    public async Task A_question_that_the_paper_does_not_have_is_not_found()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.StartExamAsync(person);

        Assert.Equal(AttemptPageRefusal.NotFound, (await school.ReadAttemptPage.RunAsync(person, attempt, 11, posted: null, Cancellation)).Refusal);
        Assert.Equal(AttemptPageRefusal.NotFound, (await school.ReadAttemptPage.RunAsync(person, Guid.NewGuid(), 1, posted: null, Cancellation)).Refusal);
    }

    [Fact]
    public async Task A_closed_attempt_has_no_pages_any_more()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attempt = await school.PassExamAsync(person);

        Assert.Equal(AttemptPageRefusal.Closed, (await school.ReadAttemptPage.RunAsync(person, attempt, 1, posted: null, Cancellation)).Refusal);
    }

    private static bool Holds(byte[] sent, string text) => sent.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
