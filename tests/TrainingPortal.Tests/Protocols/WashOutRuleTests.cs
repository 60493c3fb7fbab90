using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Protocols;
using static TrainingPortal.Tests.Protocols.SchoolBook;

namespace TrainingPortal.Tests.Protocols;

/// <summary>May this client be needled on this day, and if not, from which day on, and which rule binds.</summary>
public class WashOutRuleTests
{
    private static Gen<ClientEvent> Event { get; } =
        from wait in Gen.Elements(Book.Waits.ToArray())
        from day in Gen.Choose(Day("2026-01-01").DayNumber, Day("2027-06-30").DayNumber).Select(DateOnly.FromDayNumber)
        from held in Gen.SubListOf(Enum.GetValues<Clearance>())
        select new ClientEvent(wait.Event, day, [.. held]);

    private static Arbitrary<ClientEvent[]> Histories { get; } = Event.ListOf().Select(list => list.ToArray()).ToArbitrary();

    private static Arbitrary<DateOnly> Days { get; } = Gen.Choose(Day("2026-06-01").DayNumber, Day("2027-03-31").DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    private static WashOutAnswer Ask(string day, params ClientEvent[] events) => WashOutRule.Decide(Book, events, Day(day));

    [Theory]
    [InlineData("isotretinoin", "2026-08-22", "2027-02-22")]
    [InlineData("isotretinoin", "2026-08-31", "2027-02-28")]
    [InlineData("botulinum-toxin", "2026-11-17", "2026-12-01")]
    [InlineData("dermal-filler", "2026-11-01", "2026-11-29")]
    [InlineData("waxing", "2026-11-20", "2026-11-27")]
    [InlineData("needling-over-0-3", "2026-11-10", "2026-12-08")]
    [InlineData("needling-to-0-3", "2026-11-10", "2026-11-24")]
    public void One_event_moves_the_day_by_its_wait(string name, string happened, string earliest)
    {
        var answer = Ask("2026-11-22", new ClientEvent(name, Day(happened)));

        Assert.Equal((WashOutKind.Later, Day(earliest), name), (answer.Kind, answer.Earliest, answer.Binding!.Event));
        Assert.Equal(WashOutKind.Now, Ask(earliest, new ClientEvent(name, Day(happened))).Kind);
    }

    [Fact]
    public void The_later_of_two_waits_binds()
    {
        // Case 9: toxin five days ago, filler three weeks ago.
        var answer = Ask("2026-11-22", new ClientEvent("botulinum-toxin", Day("2026-11-17")), new ClientEvent("dermal-filler", Day("2026-11-01")));
        Assert.Equal((Day("2026-12-01"), "botulinum-toxin"), (answer.Earliest, answer.Binding!.Event));
    }

    [Fact]
    public void A_clearance_in_writing_shortens_only_what_it_is_for()
    {
        Assert.Equal(WashOutKind.Now, Ask("2026-11-22", new ClientEvent("isotretinoin", Day("2026-11-01"), [Clearance.PrescriberOk])).Kind);
        Assert.Equal(WashOutKind.Later, Ask("2026-11-22", new ClientEvent("isotretinoin", Day("2026-11-01"), [Clearance.InjectorOk])).Kind);
        Assert.Equal(Day("2026-11-24"), Ask("2026-11-22", new ClientEvent("dermal-filler", Day("2026-11-10"), [Clearance.InjectorOk])).Earliest);
    }

    [Fact]
    public void A_planned_treatment_closes_the_days_before_it()
    {
        // Toxin planned for 10 December waits two weeks after needling, so the last day before it is 26 November.
        var planned = new ClientEvent("botulinum-toxin", Day("2026-12-10"));
        Assert.Equal(WashOutKind.Now, Ask("2026-11-26", planned).Kind);
        Assert.Equal((WashOutKind.Later, Day("2026-12-24")), (Ask("2026-11-27", planned).Kind, Ask("2026-11-27", planned).Earliest));
    }

    [Fact]
    public void What_lasts_still_and_what_has_no_rule_get_no_day()
    {
        Assert.Equal((WashOutKind.NoDay, "isotretinoin"), (Ask("2026-11-22", new ClientEvent("isotretinoin", null)).Kind, Ask("2026-11-22", new ClientEvent("isotretinoin", null)).Binding!.Event));
        var unknown = Ask("2026-11-22", new ClientEvent("gene-therapy", Day("2020-01-01")));
        Assert.Equal((WashOutKind.NoDay, "gene-therapy"), (unknown.Kind, Assert.Single(unknown.UnknownEvents)));
    }

    [Fact]
    public void What_must_be_true_besides_is_named_until_it_is_there()
    {
        Assert.Contains(Clearance.ProphylaxisPlan, Ask("2026-11-22", new ClientEvent("cold-sore", Day("2026-01-01"))).StillNeeded.Select(needed => needed.Needed));
        var held = new ClientEvent("cold-sore", Day("2026-01-01"), Enum.GetValues<Clearance>());
        Assert.Empty(Ask("2026-11-22", held).StillNeeded);
    }

    [Fact]
    public void Adding_an_event_never_brings_the_earliest_day_forward() => Prop.ForAll(Histories, Event.ToArbitrary(), Days, (history, more, day) =>
        WashOutRule.Decide(Book, [.. history, more], day).Earliest >= WashOutRule.Decide(Book, history, day).Earliest).QuickCheckThrowOnFailure();

    [Fact]
    public void The_earliest_day_is_one_on_which_treatment_may_happen_and_no_day_before_it_is() => Prop.ForAll(Histories, Days, (history, day) =>
    {
        var earliest = WashOutRule.Decide(Book, history, day).Earliest!.Value;
        return WashOutRule.Decide(Book, history, earliest).Kind == WashOutKind.Now
            && Enumerable.Range(0, earliest.DayNumber - day.DayNumber).All(wait => WashOutRule.Decide(Book, history, day.AddDays(wait)).Kind == WashOutKind.Later);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_events_does_not_matter() => Prop.ForAll(Histories, Days, (history, day) =>
        WashOutRule.Decide(Book, history, day).Earliest == WashOutRule.Decide(Book, [.. history.Reverse()], day).Earliest).QuickCheckThrowOnFailure();
}
