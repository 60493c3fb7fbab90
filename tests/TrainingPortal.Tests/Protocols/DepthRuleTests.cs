using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Protocols;

namespace TrainingPortal.Tests.Protocols;

/// <summary>The smallest cap decides, a forbidden zone beats every row, and a refusal names what refused.</summary>
public class DepthRuleTests
{
    private static readonly DepthQuestion s_utah = new("forehead", "fine-lines", "US-UT", LicenceTier.Upper, SupervisorOnFile: true, "skinpen", TrainedTo: 1000);

    private static Arbitrary<DepthQuestion> Questions { get; } =
        (from zone in Gen.Elements(SchoolBook.Book.Zones.Select(zone => zone.Code).ToArray())
         from indication in Gen.Elements(SchoolBook.Book.Indications.Select(indication => indication.Code).ToArray())
         from place in Gen.Elements(SchoolBook.Book.Jurisdictions.Select(place => place.Place).Append("US-XX").ToArray())
         from tier in Gen.Elements(LicenceTier.Basic, LicenceTier.Upper)
         from supervised in Gen.Elements(true, false)
         from trained in Gen.Choose(0, 30).Select(step => step * 100)
         select new DepthQuestion(zone, indication, place, tier, supervised, "skinpen", trained)).ToArbitrary();

    private static Arbitrary<DepthCap[]> Caps { get; } =
        (from caps in (from kind in Gen.Elements(Enum.GetValues<CapKind>())
                       from depth in Gen.Choose(0, 6).Select(step => step * 250)
                       from includes in Gen.Elements(true, false)
                       select new DepthCap(kind, new DepthLimit(depth, includes), "", null)).NonEmptyListOf()
         select caps.ToArray()).ToArbitrary();

    private static DepthAnswer Ask(DepthQuestion question) => DepthRule.Decide(SchoolBook.Book, SchoolBook.Chart, question);

    // zone, indication, place, upper licence, supervisor, trained to; greatest depth, and what caps it.
    [Theory]
    [InlineData("forehead", "fine-lines", "US-UT", true, 1000, 500, CapKind.Zone)]
    [InlineData("cheek", "texture", "US-UT", true, 500, 500, CapKind.Training)]
    [InlineData("cheek", "texture", "US-UT", true, 2000, 1000, CapKind.Indication)]
    [InlineData("cheek", "atrophic-acne-scars", "US-UT", true, 2000, 1500, CapKind.Zone)]
    [InlineData("forehead", "glow", "US-UT", true, 1000, 250, CapKind.Indication)]
    [InlineData("periorbital-outside-rim", "fine-lines", "US-UT", true, 1000, 300, CapKind.Zone)]
    [InlineData("cheek", "texture", "US-NC", false, 2000, 1000, CapKind.Indication)]
    public void The_smallest_cap_decides(string zone, string indication, string place, bool upper, int trained, int most, CapKind decides)
    {
        var answer = Ask(new DepthQuestion(zone, indication, place, upper ? LicenceTier.Upper : LicenceTier.Basic, SupervisorOnFile: true, "skinpen", trained));

        Assert.Empty(answer.Refused);
        Assert.Equal((new DepthLimit(most, true), decides), (answer.Most!.Limit, answer.Most.Kind));
        Assert.All(answer.Caps, cap => Assert.True(cap.Limit >= answer.Most.Limit));
    }

    [Theory]
    [InlineData("eyelid", "glow", "US-UT", true, DepthRefusal.ZoneForbidden)]
    [InlineData("lip-vermilion", "lip-lines", "US-UT", true, DepthRefusal.ZoneForbidden)]
    [InlineData("areola", "striae", "US-UT", true, DepthRefusal.ZoneForbidden)]
    [InlineData("scalp", "hair-loss", "US-UT", true, DepthRefusal.Refer)]
    [InlineData("cheek", "other-scars", "US-UT", true, DepthRefusal.Refer)]
    [InlineData("cheek", "melasma", "US-UT", true, DepthRefusal.Refer)]
    [InlineData("cheek", "hair-loss", "US-UT", true, DepthRefusal.NoRow)]
    [InlineData("cheek", "texture", "US-CA", true, DepthRefusal.NotInScope)]
    [InlineData("face", "glow", "US-FL", true, DepthRefusal.NotInScope)]
    [InlineData("cheek", "texture", "US-UT", false, DepthRefusal.NotInScope)]
    [InlineData("cheek", "texture", "US-MN", true, DepthRefusal.ScopeUnknown)]
    [InlineData("cheek", "texture", "GB-ENG", true, DepthRefusal.ScopeUnknown)]
    [InlineData("cheek", "texture", "US-KS", true, DepthRefusal.ScopeUnknown)]
    [InlineData("temple", "atrophic-acne-scars", "US-UT", true, DepthRefusal.BelowUsefulDepth)]
    [InlineData("chin", "texture", "US-UT", true, DepthRefusal.UnknownZone)]
    public void A_refusal_says_what_refused(string zone, string indication, string place, bool upper, DepthRefusal reason)
    {
        var answer = Ask(new DepthQuestion(zone, indication, place, upper ? LicenceTier.Upper : LicenceTier.Basic, SupervisorOnFile: true, "skinpen", 2000));

        Assert.Null(answer.Most);
        Assert.Contains(reason, answer.Refused.Select(refused => refused.Reason));
        Assert.All(answer.Refused, refused => Assert.NotEmpty(refused.SetBy));
    }

    [Fact]
    public void A_prescription_device_without_a_supervisor_on_file_is_refused()
    {
        var refused = Assert.Single(Ask(s_utah with { SupervisorOnFile = false }).Refused);
        Assert.Equal((DepthRefusal.SupervisorMissing, "Utah"), (refused.Reason, refused.SetBy));
        Assert.Contains("S85", refused.Origin!.Sources);
    }

    [Fact]
    public void Stretch_marks_are_medical_where_no_rule_opens_their_depth_to_estheticians()
    {
        var body = s_utah with { Zone = "abdomen", Indication = "striae", TrainedTo = 2500 };
        Assert.Equal([DepthRefusal.MedicalOnly, DepthRefusal.NotInScope], Ask(body with { Place = "US-OH" }).Refused.Select(refused => refused.Reason));

        // Utah opens 1.5 mm, and the label was evaluated to 1.5 mm.
        Assert.Equal(new DepthLimit(1500, true), Ask(body).Most!.Limit);
    }

    [Fact]
    public void A_larger_area_leaves_out_what_is_forbidden_in_it() =>
        Assert.Equal(["ear", "eyelid", "lip-vermilion", "nostril"], Ask(s_utah with { Zone = "face", Indication = "glow" }).LeaveOut.Select(zone => zone.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void A_limit_that_leaves_its_own_value_out_is_stricter()
    {
        Assert.True(new DepthLimit(1500, false) < new DepthLimit(1500, true));
        Assert.False(new DepthLimit(1500, false).Allows(1500));
        Assert.True(new DepthLimit(1500, false).Allows(1499));
        Assert.True(new DepthLimit(1500, true).Allows(1500));
    }

    [Fact]
    public void Adding_a_cap_never_raises_the_allowed_depth() => Prop.ForAll(Caps, Caps, (caps, more) =>
        DepthCap.Strictest([.. caps, .. more]).Limit <= DepthCap.Strictest(caps).Limit).QuickCheckThrowOnFailure();

    [Fact]
    public void Less_training_never_raises_the_allowed_depth() => Prop.ForAll(Questions, Gen.Choose(0, 30).ToArbitrary(), (question, steps) =>
    {
        var less = Ask(question with { TrainedTo = Math.Min(question.TrainedTo, steps * 100) });
        return less.Most is null || (Ask(question).Most is { } more && less.Most.Limit <= more.Limit);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_stricter_law_never_raises_the_allowed_depth() => Prop.ForAll(Questions, Gen.Choose(0, 30).ToArbitrary(), (question, steps) =>
    {
        var book = SchoolBook.Book;
        var stricter = book with
        {
            Jurisdictions = [.. book.Jurisdictions.Select(place => place.Most is { } most ? place with { Most = new DepthLimit(Math.Min(most.Micrometres, steps * 100), false), BeyondSupervised = false } : place)],
        };
        var less = DepthRule.Decide(stricter, SchoolBook.Chart, question);
        return less.Most is null || (Ask(question).Most is { } more && less.Most.Limit <= more.Limit);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_allowed_is_under_every_cap_and_what_is_forbidden_never_is() => Prop.ForAll(Questions, question =>
    {
        var answer = Ask(question);
        var never = SchoolBook.Chart.Rows.Any(row => row.Zone == question.Zone && row.Answer == DepthRowAnswer.Never);
        return answer.Most is null
            ? answer.Refused.Count > 0
            : !never && answer.Caps.All(cap => cap.Limit >= answer.Most.Limit) && answer.Caps.Any(cap => cap.Kind == CapKind.Training);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_unknown_place_never_gets_a_depth() => Prop.ForAll(Questions, question =>
        Ask(question with { Place = "US-ZZ" }).Most is null).QuickCheckThrowOnFailure();
}
