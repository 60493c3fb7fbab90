using TrainingPortal.Certifications;

namespace TrainingPortal.Tests.Certifications;

/// <summary>What of a programme is done, from nothing but the facts.</summary>
public class RequirementRuleTests
{
    private static readonly DateTime s_first = new(2026, 11, 2, 9, 30, 0, DateTimeKind.Utc);

    private static readonly (RequirementKind Kind, string Slug)[] s_all =
        [(RequirementKind.Course, "hygiene"), (RequirementKind.Exam, "theory"), (RequirementKind.Exam, "law"), (RequirementKind.Practical, "pad"), (RequirementKind.Practical, "station")];

    private static Programme Asking(IEnumerable<(RequirementKind Kind, string Slug)> asked, params ProgrammePart[] parts)
    {
        var slugs = asked.ToLookup(row => row.Kind, row => row.Slug);
        return new Programme
        {
            Slug = "p",
            Title = "P",
            Level = "L",
            TimeZone = "America/Denver",
            Scope = "s",
            ValidityMonths = 24,
            RenewalWindowDays = 90,
            OwnCourses = [.. slugs[RequirementKind.Course]],
            Exams = [.. slugs[RequirementKind.Exam]],
            Practicals = [.. slugs[RequirementKind.Practical]],
            Parts = parts,
        };
    }

    private static RequirementFact Done(RequirementKind kind, string slug, DateTime at) => new(kind, slug, Guid.NewGuid(), at, null);

    private static bool Earned(Programme programme, IReadOnlyCollection<RequirementFact> facts, DateTime now) =>
        RequirementRule.IsEarned(RequirementRule.StatesOf(programme.Requirements, facts, RequirementCycle.First, programme, now));

    [Fact]
    public void Any_combination_in_any_order_is_earned_exactly_when_all_of_it_is_done()
    {
        foreach (var choice in Enumerable.Range(1, (1 << s_all.Length) - 1))
        {
            var asked = s_all.Where((_, index) => (choice & (1 << index)) != 0).ToArray();
            var programme = Asking(asked);
            var random = new Random(choice);
            foreach (var _ in Enumerable.Range(0, 10))
            {
                // What was not asked is done too, and must change nothing.
                var order = s_all.ToArray();
                random.Shuffle(order);
                var facts = new List<RequirementFact>();
                foreach (var (day, (kind, slug)) in order.Index())
                {
                    Assert.Equal(asked.All(row => facts.Exists(fact => (fact.Kind, fact.Slug) == row)), Earned(programme, facts, s_first.AddDays(day)));
                    facts.Add(Done(kind, slug, s_first.AddDays(day)));
                }

                Assert.True(Earned(programme, facts, s_first.AddDays(9)));
                facts.Reverse();
                Assert.True(Earned(programme, facts, s_first.AddDays(9)));
            }
        }
    }

    [Fact]
    public void A_programme_that_asks_for_nothing_is_never_earned() => Assert.False(Earned(Asking([]), [], s_first));

    // The last day on which it counts is the same day of the month 12 months later; after a leap day the last of February.
    [Theory]
    [InlineData("2026-11-02T09:30:00Z", "2027-11-02T20:00:00Z", true)]
    [InlineData("2026-11-02T09:30:00Z", "2027-11-03T20:00:00Z", false)]
    [InlineData("2028-02-29T18:00:00Z", "2029-02-28T18:00:00Z", true)]
    [InlineData("2028-02-29T18:00:00Z", "2029-03-01T18:00:00Z", false)]
    [InlineData("2026-11-02T05:30:00Z", "2027-11-02T07:30:00Z", false)]
    public void A_practical_with_months_of_its_own_must_still_be_good_when_the_rest_is_done(string signed, string passed, bool earned)
    {
        var programme = Asking([(RequirementKind.Exam, "theory"), (RequirementKind.Practical, "pad")], new ProgrammePart("pad", "Technique", 12, RequirementKind.Practical));
        var at = DateTime.Parse(passed, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);
        RequirementFact[] facts = [Done(RequirementKind.Practical, "pad", DateTime.Parse(signed, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal)), Done(RequirementKind.Exam, "theory", at)];

        var states = RequirementRule.StatesOf(programme.Requirements, facts, RequirementCycle.First, programme, at.AddYears(5));

        Assert.Equal((earned, !earned), (RequirementRule.IsEarned(states), states[1].Lapsed));
    }

    [Fact]
    public void A_job_that_runs_late_takes_nothing_from_anybody()
    {
        var programme = Asking([(RequirementKind.Exam, "theory"), (RequirementKind.Practical, "pad")], new ProgrammePart("pad", "Technique", 1, RequirementKind.Practical));

        Assert.True(Earned(programme, [Done(RequirementKind.Practical, "pad", s_first), Done(RequirementKind.Exam, "theory", s_first.AddDays(3))], s_first.AddYears(3)));
    }

    [Fact]
    public void What_an_award_rests_on_counts_for_it_alone()
    {
        var programme = Asking([(RequirementKind.Exam, "theory"), (RequirementKind.Practical, "pad")]);
        RequirementFact[] first = [Done(RequirementKind.Exam, "theory", s_first), Done(RequirementKind.Practical, "pad", s_first)];
        var certificate = new Certificate(programme, null, Guid.NewGuid(), "Ana", Validity.From(s_first, programme, first), replaces: null, s_first, new Earning(1, s_first, first, null));
        var cycle = RequirementCycle.Following(certificate, programme);
        var late = s_first.AddMonths(23);

        IReadOnlyList<RequirementState> States(params RequirementFact[] more) => RequirementRule.StatesOf(programme.Requirements, [.. first, .. more], cycle, programme, late);

        Assert.Equal(2, cycle.Number);
        Assert.All(States(), state => Assert.Null(state.Fact));
        Assert.False(RequirementRule.IsEarned(States(Done(RequirementKind.Exam, "theory", late))));

        // Signed off soon after the award it says nothing of the day of the renewal.
        Assert.False(RequirementRule.IsEarned(States(Done(RequirementKind.Exam, "theory", late), Done(RequirementKind.Practical, "pad", s_first.AddMonths(1)))));
        Assert.True(RequirementRule.IsEarned(States(Done(RequirementKind.Exam, "theory", late), Done(RequirementKind.Practical, "pad", late))));
    }
}
