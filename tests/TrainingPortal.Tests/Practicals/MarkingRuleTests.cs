using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Practicals;

namespace TrainingPortal.Tests.Practicals;

/// <summary>What marks make of a practical.</summary>
public class MarkingRuleTests
{
    // A letter a step: d done, n not done, s not seen, - open and critical. Upper case is critical.
    [Theory]
    [InlineData("D d d d d", 80, true)]
    [InlineData("D d d d d n", 80, true)]
    [InlineData("D d d d n", 80, false)]
    [InlineData("D d d d s", 80, false)]
    [InlineData("N d d d d", 0, false)]
    [InlineData("S d d d d", 0, false)]
    [InlineData("- d d d d", 0, false)]
    [InlineData("D D N d d d d d d d d d", 80, false)]
    [InlineData("D n n n n", 0, true)]
    [InlineData("D d d n", 66, true)]
    [InlineData("D d d n", 67, false)]
    [InlineData("D D", 100, true)]
    [InlineData("d d s", 66, true)]
    public void Critical_steps_come_first_and_the_share_of_the_others_next(string marked, int percent, bool passed)
    {
        var (steps, verdicts) = Read(marked);

        Assert.Equal(passed, MarkingRule.Judge(steps, percent, verdicts).Passed);
    }

    [Fact]
    public void It_names_the_steps_that_are_open_and_those_that_were_missed()
    {
        var (steps, verdicts) = Read("D n S - d s N");

        var score = MarkingRule.Judge(steps, 50, verdicts);

        Assert.Equal([4], score.Open);
        Assert.Equal([3, 7], score.MissedCritical);
        Assert.Equal([2, 6], score.Missed);
        Assert.Equal((1, 3), (score.Done, score.Of));
    }

    [Fact]
    public void A_missed_critical_step_fails_whatever_else_was_done() => Prop.ForAll(Sheets, sheet =>
    {
        var judged = Judge(sheet.Marks, sheet.Percent);
        Assert.False(judged.Passed && sheet.Marks.Any(mark => mark is { Critical: true, Verdict: not StepVerdict.Done }));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_steps_changes_nothing() => Prop.ForAll(Sheets, sheet =>
    {
        var (one, other) = (Judge(sheet.Marks, sheet.Percent), Judge([.. sheet.Marks.Reverse()], sheet.Percent));
        Assert.Equal((one.Passed, one.Done, one.Of, one.Open.Count), (other.Passed, other.Done, other.Of, other.Open.Count));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_more_step_done_never_makes_a_pass_a_fail() => Prop.ForAll(Sheets, sheet =>
    {
        var before = Judge(sheet.Marks, sheet.Percent).Passed;
        foreach (var place in Enumerable.Range(0, sheet.Marks.Length))
        {
            (bool Critical, StepVerdict? Verdict)[] better = [.. sheet.Marks];
            better[place].Verdict = StepVerdict.Done;
            Assert.True(!before || Judge(better, sheet.Percent).Passed);
        }
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<((bool Critical, StepVerdict? Verdict)[] Marks, int Percent)> Sheets { get; } =
        (from marks in (from critical in Gen.Elements(true, false, false)
                        from verdict in Gen.Elements<StepVerdict?>(StepVerdict.Done, StepVerdict.Done, StepVerdict.Done, StepVerdict.NotDone, StepVerdict.NotSeen, null)
                        select (critical, verdict)).ArrayOf()
         from percent in Gen.Choose(0, 100)
         select (marks, percent)).ToArbitrary();

    private static MarkingScore Judge((bool Critical, StepVerdict? Verdict)[] marks, int percent) => MarkingRule.Judge(
        [.. marks.Select((mark, index) => new PracticalStep($"s{index}", "A step.", mark.Critical))],
        percent,
        marks.Index().ToDictionary(mark => mark.Index + 1, mark => mark.Item.Verdict));

    private static (IReadOnlyList<PracticalStep> Steps, Dictionary<int, StepVerdict?> Verdicts) Read(string marked)
    {
        var letters = marked.Split(' ').Select(word => word[0]).ToList();
        return (
            [.. letters.Select((letter, index) => new PracticalStep($"s{index}", "A step.", char.IsUpper(letter) || letter == '-'))],
            letters.Index().ToDictionary(row => row.Index + 1, row => char.ToLowerInvariant(row.Item) switch
            {
                'd' => StepVerdict.Done,
                'n' => StepVerdict.NotDone,
                's' => StepVerdict.NotSeen,
                _ => (StepVerdict?)null,
            }));
    }
}
