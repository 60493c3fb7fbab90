using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Tests.Assessments;

/// <summary>What each answer is worth, worked out by hand; a point is sixty parts.</summary>
public class ScoringTests
{
    private static readonly ChoiceInteraction s_several = new([new("a", true, ""), new("b", true, ""), new("c", true, ""), new("d", false, ""), new("e", false, "")]);
    private static readonly OrderInteraction s_steps = new([new("a", ""), new("b", ""), new("c", ""), new("d", ""), new("e", "")]);
    private static readonly MatchInteraction s_pairs = new([new("a", "A", ""), new("b", "B", ""), new("c", "C", "")], ["D"]);
    private static readonly ZonesInteraction s_zones = new([new("eyelid", "", true, ""), new("nostril", "", true, ""), new("cheek", "", false, ""), new("neck", "", false, "")]);
    private static readonly NumberInteraction s_length = new(0.75m, 0.05m, [new("mm", 1), new("µm", 0.001m)], "");
    private static readonly TrueFalseInteraction s_claim = new(false, [new("right", true, ""), new("wrong", false, "")]);
    private static readonly WashOutInteraction s_wait = new(new DateOnly(2026, 11, 22), [""], WashOutDecision.From, DateOnly.FromDayNumber(739_950), "");

    [Theory]
    [InlineData("1", 60)]
    [InlineData("0", 0)]
    [InlineData("2", 0)]
    public void One_right_option_is_all_or_nothing(string chosen, int points) =>
        Assert.Equal(new Score(points, points < 60), new ChoiceInteraction([new("a", false, ""), new("b", true, ""), new("c", false, "")]).Score(new Response(chosen)));

    // Three right of five: twenty parts each, and a wrong one takes twenty away.
    [Theory]
    [InlineData("0,1,2", 60)]
    [InlineData("0,1", 40)]
    [InlineData("1", 20)]
    [InlineData("0,1,2,3", 40)]
    [InlineData("0,3", 0)]
    [InlineData("0,3,4", 0)]
    [InlineData("3,4", 0)]
    [InlineData("0,1,2,3,4", 20)]
    public void Of_several_right_options_each_wrong_one_takes_a_share_away(string chosen, int points) =>
        Assert.Equal(new Score(points, points < 60), s_several.Score(new Response(chosen)));

    [Theory]
    [InlineData("0,0", 60)]
    [InlineData("0,1", 30)]
    [InlineData("0,-1", 30)]
    [InlineData("1,0", 0)]
    [InlineData("1,1", 0)]
    [InlineData("-1,0", 0)]
    public void The_reason_is_half_of_a_claim_and_nothing_without_the_verdict(string said, int points) =>
        Assert.Equal(new Score(points, points < 60), s_claim.Score(new Response(said)));

    // 0.70 to 0.80 mm, both ends included; thousandths, then the unit.
    [Theory]
    [InlineData("750,0", 60)]
    [InlineData("700,0", 60)]
    [InlineData("800,0", 60)]
    [InlineData("699,0", 0)]
    [InlineData("801,0", 0)]
    [InlineData("750000,1", 60)]
    [InlineData("700000,1", 60)]
    [InlineData("699999,1", 0)]
    [InlineData("750,1", 0)]
    [InlineData("-750,0", 0)]
    public void A_number_counts_within_its_tolerance_in_its_unit(string given, int points) =>
        Assert.Equal(new Score(points, points < 60), s_length.Score(new Response(given)));

    // Five steps make four pairs of fifteen parts each.
    [Theory]
    [InlineData("0,1,2,3,4", 60)]
    [InlineData("1,2,3,4,0", 45)]
    [InlineData("4,0,1,2,3", 45)]
    [InlineData("0,1,3,2,4", 15)]
    [InlineData("2,3,4,0,1", 45)]
    [InlineData("1,0,2,3,4", 30)]
    [InlineData("4,3,2,1,0", 0)]
    [InlineData("0,1,-1,-1,4", 15)]
    [InlineData("-1,1,2,-1,-1", 15)]
    [InlineData("0,-1,1,-1,2", 0)]
    public void An_order_counts_the_neighbours_that_it_keeps(string given, int points) =>
        Assert.Equal(new Score(points, points < 60), s_steps.Score(new Response(given)));

    [Theory]
    [InlineData("0,1,2", 60)]
    [InlineData("0,2,1", 20)]
    [InlineData("0,1,3", 40)]
    [InlineData("0,0,0", 20)]
    [InlineData("-1,-1,2", 20)]
    [InlineData("3,3,3", 0)]
    public void Each_right_pair_counts(string given, int points) => Assert.Equal(new Score(points, points < 60), s_pairs.Score(new Response(given)));

    [Theory]
    [InlineData("0,1", 60)]
    [InlineData("0", 30)]
    [InlineData("0,1,2", 30)]
    [InlineData("0,2", 0)]
    [InlineData("0,1,2,3", 0)]
    [InlineData("2,3", 0)]
    public void Each_wrong_zone_takes_a_share_away(string picked, int points) => Assert.Equal(new Score(points, points < 60), s_zones.Score(new Response(picked)));

    [Theory]
    [InlineData("1,739950", 60)]
    [InlineData("1,739951", 0)]
    [InlineData("1,739949", 0)]
    [InlineData("1", 0)]
    [InlineData("0", 0)]
    [InlineData("2", 0)]
    public void A_wait_is_right_to_the_day(string given, int points) => Assert.Equal(new Score(points, points < 60), s_wait.Score(new Response(given)));

    // Cheek: 0.5 to 1.0 mm, allowed up to and with 1.5. Neck: 0.25 to 0.5 mm, allowed up to and without 1.5. Eyelid: never.
    [Theory]
    [InlineData(0, 0, DepthVerdict.TooShallow)]
    [InlineData(0, 499, DepthVerdict.TooShallow)]
    [InlineData(0, 500, DepthVerdict.Right)]
    [InlineData(0, 1000, DepthVerdict.Right)]
    [InlineData(0, 1001, DepthVerdict.TooDeep)]
    [InlineData(0, 1500, DepthVerdict.TooDeep)]
    [InlineData(0, 1501, DepthVerdict.Unsafe)]
    [InlineData(0, 3000, DepthVerdict.Unsafe)]
    [InlineData(1, 249, DepthVerdict.TooShallow)]
    [InlineData(1, 250, DepthVerdict.Right)]
    [InlineData(1, 500, DepthVerdict.Right)]
    [InlineData(1, 501, DepthVerdict.TooDeep)]
    [InlineData(1, 1499, DepthVerdict.TooDeep)]
    [InlineData(1, 1500, DepthVerdict.Unsafe)]
    [InlineData(2, 0, DepthVerdict.Right)]
    [InlineData(2, 1, DepthVerdict.Unsafe)]
    public void A_depth_is_judged_at_and_around_each_limit(int zone, int micrometres, DepthVerdict verdict) =>
        Assert.Equal(verdict, Interactions.DepthMap.Zones[zone].Judge(micrometres));

    [Theory]
    [InlineData("500,250,0", 60, false)]
    [InlineData("1000,500,0", 60, false)]
    [InlineData("499,500,0", 40, false)]
    [InlineData("1500,501,0", 20, false)]
    [InlineData("1501,500,0", 0, true)]
    [InlineData("500,250,1", 0, true)]
    [InlineData("500,1500,0", 0, true)]
    [InlineData("500,250,-1", 40, true)]
    [InlineData("-1,-1,0", 20, true)]
    public void One_unsafe_zone_takes_every_point_of_a_depth_map(string depths, int points, bool dangerous) =>
        Assert.Equal(new Score(points, dangerous), Interactions.DepthMap.Score(new Response(depths)));

    // How many were asked, which, the decision (0 treat, 1 defer, 2 refer), three depths and the day; step 0 decides.
    [Theory]
    [InlineData("1,0,0,500,250,0,-1", 60, false)]
    [InlineData("2,1,0,0,500,250,0,-1", 60, false)]
    [InlineData("1,0,0,500,250,-1,-1", 60, false)]
    [InlineData("1,0,0,500,-1,-1,-1", 40, false)]
    [InlineData("1,0,0,1200,250,0,-1", 40, false)]
    [InlineData("1,0,0,1501,250,0,-1", 0, true)]
    [InlineData("1,0,0,500,250,100,-1", 0, true)]
    [InlineData("1,1,0,500,250,0,-1", 0, true)]
    [InlineData("0,0,500,250,0,-1", 0, true)]
    [InlineData("1,0,2,500,250,0,-1", 0, true)]
    [InlineData("1,0,1,500,250,0,740000", 0, true)]
    [InlineData("1,0,-1,500,250,0,-1", 0, true)]
    public void A_consultation_needs_its_deciding_steps_and_its_decision(string path, int points, bool dangerous) =>
        Assert.Equal(new Score(points, dangerous), Interactions.Treat.Score(new Response(path)));

    [Fact]
    public void To_wait_is_right_with_the_right_day_only()
    {
        var defer = Interactions.Treat with { Right = ConsultationDecision.Defer, Earliest = DateOnly.FromDayNumber(740_000), Why = "" };
        Assert.Equal(60, defer.Score(new Response("1,0,1,-1,-1,-1,740000")).Points);
        Assert.Equal(0, defer.Score(new Response("1,0,1,-1,-1,-1,740001")).Points);
        Assert.Equal(0, defer.Score(new Response("1,0,1,-1,-1,-1,-1")).Points);
        Assert.Equal(0, defer.Score(new Response("1,1,1,-1,-1,-1,740000")).Points);
    }

    [Theory]
    [InlineData("0.75", "750,0")]
    [InlineData("0,75", "750,0")]
    [InlineData(" 1500 ", "1500000,0")]
    [InlineData("-2", "-2000,0")]
    [InlineData("0,125", "125,0")]
    [InlineData("1.125", "1125,0")]
    [InlineData("1,000", null)] // a thousand, or one
    [InlineData("12,500", null)]
    [InlineData("1.0001", null)]
    [InlineData("half", null)]
    [InlineData("1,5,0", null)]
    [InlineData("1e3", null)]
    public void A_number_is_read_as_people_write_it_and_never_guessed(string typed, string? response)
    {
        var reading = s_length.Read([typed, "0"], [], null);
        Assert.Equal(response, reading.Response?.Text);
        Assert.Equal(response is null ? ReadingFault.NotANumber : null, reading.Fault);
    }

    [Fact]
    public void The_budget_of_a_consultation_cannot_be_overdrawn_and_what_was_asked_cannot_be_unasked()
    {
        Response? saved = null;
        foreach (var ask in new[] { "ask:1", "ask:0", "ask:1" })
        {
            saved = Interactions.Treat.Read([ask], [], saved).Response;
        }

        Assert.Equal([1, 0], Interactions.Treat.Path(saved!.Value).Asked);
        Assert.Equal(ReadingFault.BudgetSpent, Interactions.Treat.Read(["ask:2"], [], saved).Fault);
        Assert.Equal([1, 0], Interactions.Treat.Path(Interactions.Treat.Read(["refer", "", "", "", ""], [], saved).Response!.Value).Asked);
    }
}
