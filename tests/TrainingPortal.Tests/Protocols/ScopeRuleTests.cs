using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Protocols;

namespace TrainingPortal.Tests.Protocols;

/// <summary>Yes, no, only under supervision, or unknown; with the rule quoted and its age.</summary>
public class ScopeRuleTests
{
    private static Arbitrary<ScopeQuestion> Questions { get; } =
        (from place in Gen.Elements(SchoolBook.Book.Jurisdictions.Select(place => place.Place).ToArray())
         from tier in Gen.Elements(LicenceTier.Basic, LicenceTier.Upper)
         from depth in Gen.Choose(1, 3000)
         from prescription in Gen.Elements(true, false)
         from classTwo in Gen.Elements(true, false)
         select new ScopeQuestion(place, tier, depth, prescription, classTwo)).ToArbitrary();

    private static ScopeAnswer Ask(ScopeQuestion question) => ScopeRule.Decide(SchoolBook.Book, question);

    [Theory]
    [InlineData("US-CA", true, 250, ScopeAnswerKind.No, ScopeReason.NotAllowed)]
    [InlineData("US-FL", true, 250, ScopeAnswerKind.No, ScopeReason.NotAllowed)]
    [InlineData("US-CO", true, 10, ScopeAnswerKind.No, ScopeReason.NotAllowed)]
    [InlineData("US-TX", true, 250, ScopeAnswerKind.No, ScopeReason.NotAllowed)]
    [InlineData("US-UT", false, 250, ScopeAnswerKind.No, ScopeReason.HigherLicenceNeeded)]
    [InlineData("US-UT", true, 1500, ScopeAnswerKind.Yes, ScopeReason.Allowed)]
    [InlineData("US-UT", true, 1501, ScopeAnswerKind.OnlyUnderSupervision, ScopeReason.BeyondUnsupervisedDepth)]
    [InlineData("US-MN", true, 250, ScopeAnswerKind.Unknown, ScopeReason.DepthNotFound)]
    [InlineData("US-MN", false, 250, ScopeAnswerKind.No, ScopeReason.HigherLicenceNeeded)]
    [InlineData("US-AZ", true, 501, ScopeAnswerKind.No, ScopeReason.BeyondGreatestDepth)]
    [InlineData("GB-SCT", true, 250, ScopeAnswerKind.Unknown, ScopeReason.LawUnsettled)]
    [InlineData("US-KS", true, 250, ScopeAnswerKind.Unknown, ScopeReason.PlaceNotFound)]
    public void Without_a_prescription_or_class_two_device(string place, bool upper, int depth, ScopeAnswerKind kind, ScopeReason reason)
    {
        var answer = Ask(new ScopeQuestion(place, upper ? LicenceTier.Upper : LicenceTier.Basic, depth, PrescriptionDevice: false, ClassTwoDevice: false));

        Assert.Equal((kind, reason), (answer.Kind, answer.Reason));
        Assert.Equal(reason != ScopeReason.PlaceNotFound, answer.Row is { Rule.Length: > 20, Citation.Length: > 0 });
    }

    [Fact]
    public void A_device_can_ask_for_a_supervisor()
    {
        Assert.Equal(ScopeReason.SupervisionRequired, Ask(new ScopeQuestion("US-UT", LicenceTier.Upper, 500, PrescriptionDevice: true, ClassTwoDevice: true)).Reason);
        var carolina = Ask(new ScopeQuestion("US-NC", LicenceTier.Basic, 500, PrescriptionDevice: false, ClassTwoDevice: true));
        Assert.Equal((ScopeAnswerKind.OnlyUnderSupervision, ScopeReason.SupervisionRequired), (carolina.Kind, carolina.Reason));
        Assert.StartsWith("physician", carolina.Row!.Supervisor, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_tells_the_rules_age()
    {
        var answer = Ask(new ScopeQuestion("US-UT", LicenceTier.Upper, 500, false, false));
        Assert.Equal(40, answer.AgeInDays(answer.Row!.Origin.Verified.AddDays(40)));
        Assert.Null(Ask(new ScopeQuestion("US-KS", LicenceTier.Upper, 500, false, false)).AgeInDays(SchoolBook.Day("2027-01-01")));
    }

    [Fact]
    public void A_place_that_is_not_known_never_answers_yes() => Prop.ForAll(Questions, question =>
        Ask(question with { Place = "US-ZZ" }) is { Kind: ScopeAnswerKind.Unknown, Row: null }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_what_is_written_down_answers_yes() => Prop.ForAll(Questions, question =>
    {
        var answer = Ask(question);
        return answer.Kind != ScopeAnswerKind.Yes
            || answer.Row is { Answer: JurisdictionAnswer.Allowed, Depth: PlaceDepth.Stated or PlaceDepth.NoneStated, Tier: { } tier } && question.Licence >= tier;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Going_deeper_never_turns_a_no_into_a_yes() => Prop.ForAll(Questions, Gen.Choose(0, 2000).ToArbitrary(), (question, more) =>
        Ask(question).Kind == ScopeAnswerKind.Yes || Ask(question with { Depth = question.Depth + more }).Kind != ScopeAnswerKind.Yes).QuickCheckThrowOnFailure();
}
