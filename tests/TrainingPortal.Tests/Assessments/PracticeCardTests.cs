using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Assessments;

namespace TrainingPortal.Tests.Assessments;

public class PracticeCardTests
{
    private static readonly DateOnly s_monday = new(2026, 11, 2);

    // Answers in the order in which they were given: so many days after the one before, right or not, how sure.
    private static Arbitrary<(int After, bool Right, Certainty? Certainty)[]> Histories { get; } =
        (from days in Gen.Choose(0, 40)
         from right in Gen.Elements(true, true, false)
         from certainty in Gen.Elements<Certainty?>(null, Certainty.Low, Certainty.Middle, Certainty.High)
         select (days, right, certainty)).ArrayOf().ToArbitrary();

    private static (PracticeCard Card, DateOnly Today) Lived((int After, bool Right, Certainty? Certainty)[] history)
    {
        var (card, today) = (new PracticeCard(Guid.NewGuid(), Guid.NewGuid(), s_monday), s_monday);
        foreach (var (after, right, certainty) in history)
        {
            today = today.AddDays(after);
            card.Answered(right, certainty, today);
        }

        return (card, today);
    }

    [Fact]
    public void Answered_right_whenever_it_is_due_an_item_comes_back_later_each_time_up_to_half_a_year()
    {
        var card = new PracticeCard(Guid.NewGuid(), Guid.NewGuid(), s_monday);
        var waits = new List<int>();
        for (var time = 0; time < 9; time++)
        {
            var today = card.DueOn;
            card.Answered(right: true, Certainty.High, today);
            waits.Add(card.DueOn.DayNumber - today.DayNumber);
        }

        Assert.Equal([1, 3, 7, 16, 35, 80, 180, 180, 180], waits);
    }

    [Fact]
    public void An_item_that_is_missed_is_due_at_once_however_well_it_was_known()
    {
        var card = new PracticeCard(Guid.NewGuid(), Guid.NewGuid(), s_monday);
        card.Answered(right: true, null, s_monday);
        card.Answered(right: true, null, s_monday.AddDays(1));
        card.Answered(right: false, Certainty.High, s_monday.AddDays(2));

        Assert.Equal((0, s_monday.AddDays(2), s_monday.AddDays(2)), (card.Streak, card.DueOn, card.AnsweredOn));
    }

    [Fact]
    public void A_lucky_guess_leaves_an_item_where_it_is()
    {
        var card = new PracticeCard(Guid.NewGuid(), Guid.NewGuid(), s_monday);
        card.Answered(right: true, Certainty.High, s_monday);
        card.Answered(right: true, Certainty.Low, s_monday.AddDays(5));

        Assert.Equal((1, s_monday.AddDays(6)), (card.Streak, card.DueOn));
    }

    [Fact]
    public void Right_answers_before_an_item_is_due_do_not_put_it_off() => Check.QuickThrowOnFailure(Prop.ForAll(Histories, history =>
    {
        var (card, today) = Lived(history);
        card.Answered(right: true, null, today);
        var (streak, due) = (card.Streak, card.DueOn);

        card.Answered(right: true, Certainty.High, today);

        Assert.Equal((streak, due, today), (card.Streak, card.DueOn, card.AnsweredOn));
    }));

    [Fact]
    public void An_item_answered_right_is_never_due_before_one_answered_wrong_at_the_same_time() => Check.QuickThrowOnFailure(Prop.ForAll(Histories, Histories, (one, other) =>
    {
        var (right, first) = Lived(one);
        var (wrong, second) = Lived(other);
        var now = first > second ? first : second;
        foreach (var certainty in new Certainty?[] { null, Certainty.Low, Certainty.Middle, Certainty.High })
        {
            right.Answered(right: true, certainty, now);
            wrong.Answered(right: false, certainty, now);
            Assert.True(right.DueOn >= wrong.DueOn);
        }
    }));
}
