using TrainingPortal.Practicals;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Practicals;

/// <summary>Cohen's kappa against values that were worked out by hand, and what is said where it cannot be told.</summary>
public class KappaTests
{
    // 50 pairs: observed (20 + 15) / 50 = 0.7; chance 0.5 × 0.6 + 0.5 × 0.4 = 0.5; kappa 0.2 / 0.5 = 0.4.
    // Variance: 0.4 × (0.5 − 1.1 × 0.3)² + 0.3 × (0.5 − 0.9 × 0.3)² + 0.3² × (0.1 × 1.1² + 0.2 × 0.9²) − (0.35 − 1 + 0.7)²
    // = 0.01156 + 0.01587 + 0.02547 − 0.0025 = 0.0504; / (50 × 0.5⁴) = 0.016128; its root 0.126996; × 1.959964 = 0.248907.
    [Fact]
    public void A_table_of_fifty()
    {
        var kappa = Kappa.Of(new AgreementCounts(20, 5, 10, 15))!;

        Assert.Equal(0.4, kappa.Value, 6);
        Assert.Equal(0.151093, kappa.Low!.Value, 5);
        Assert.Equal(0.648907, kappa.High!.Value, 5);
    }

    // 40 pairs, all four cells 10: observed 0.5, chance 0.5.
    [Fact]
    public void Agreement_by_chance_is_nought() => Assert.Equal(0, Kappa.Of(new AgreementCounts(10, 10, 10, 10))!.Value, 6);

    // 20 pairs, never the same: observed 0, chance 0.5; (0 − 0.5) / 0.5.
    [Fact]
    public void Agreement_never_is_minus_one()
    {
        var kappa = Kappa.Of(new AgreementCounts(0, 10, 10, 0))!;

        Assert.Equal(-1, kappa.Value, 6);
        Assert.InRange(kappa.Low!.Value, -1, -1);
    }

    [Fact]
    public void Agreement_always_is_one_and_has_no_interval()
    {
        var kappa = Kappa.Of(new AgreementCounts(15, 0, 0, 5))!;

        Assert.Equal((1, null, null), (kappa.Value, kappa.Low, kappa.High));
    }

    [Fact]
    public void One_verdict_only_tells_nothing()
    {
        Assert.Null(Kappa.Of(new AgreementCounts(30, 0, 0, 0)));
        Assert.Null(Kappa.Of(new AgreementCounts(0, 0, 0, 30)));
    }

    [Fact]
    public void Fewer_than_twenty_pairs_are_too_few()
    {
        Assert.Equal(20, Kappa.LeastPairs);
        Assert.Null(Kappa.Of(new AgreementCounts(10, 2, 2, 5)));
        Assert.NotNull(Kappa.Of(new AgreementCounts(10, 2, 2, 6)));
    }

    [Fact]
    public void The_worst_step_stands_first_and_steps_with_too_few_pairs_last()
    {
        IReadOnlyList<PracticalStep> steps = [new("alike", "Alike", false), new("apart", "Apart", true)];
        IReadOnlyList<PracticalStep> reworded = [new("alike", "Alike, in other words", false)];
        var pairs = Enumerable.Range(0, 20).Select(number => Pair(steps, (number % 2 == 0, number % 2 == 0), (number % 2 == 0, number % 4 == 0)))
            .Append(Pair(reworded, (true, false)));

        var told = StepAgreement.Of(pairs);

        Assert.Equal(["Apart", "Alike", "Alike, in other words"], told.Select(step => step.Text));
        Assert.Equal((20, 15, false), (told[0].Counts.Pairs, told[0].Counts.Agreeing, told[0].TooFew));
        Assert.Equal(1, told[1].Figure!.Value);
        Assert.True(told[2].TooFew);
    }

    [Fact]
    public void A_pair_names_the_steps_on_which_it_differs_and_takes_not_seen_for_not_done()
    {
        var pair = new MarkedTwice(
            MarkingDay.Steps,
            Verdicts(StepVerdict.Done, StepVerdict.NotDone, StepVerdict.Done, StepVerdict.NotSeen, StepVerdict.Done),
            Verdicts(StepVerdict.Done, StepVerdict.NotSeen, StepVerdict.NotDone, StepVerdict.Done, StepVerdict.Done));

        Assert.Equal([3, 4], pair.Disagreements());
    }

    private static Dictionary<int, StepVerdict> Verdicts(params StepVerdict[] verdicts) => verdicts.Index().ToDictionary(row => row.Index + 1, row => row.Item);

    private static MarkedTwice Pair(IReadOnlyList<PracticalStep> steps, params (bool First, bool Second)[] done) => new(
        steps,
        done.Index().ToDictionary(row => row.Index + 1, row => row.Item.First ? StepVerdict.Done : StepVerdict.NotDone),
        done.Index().ToDictionary(row => row.Index + 1, row => row.Item.Second ? StepVerdict.Done : StepVerdict.NotDone));
}
