using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.CourseFiles;
using TrainingPortal.Protocols;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

/// <summary>Items of every type: those of <c>tests/item-types</c>, and others with different answers.</summary>
internal static class Interactions
{
    private static readonly Lazy<IReadOnlyDictionary<string, Interaction>> s_files = new(() =>
    {
        var read = CourseFolder.Read(RepositoryFolder.ItemTypes);
        Assert.Empty(read.Faults);
        return read.Content!.Courses.Single().Items.ToDictionary(item => item.Code.Text, item => item.Interaction);
    });

    private static readonly DepthZone s_cheek = new("cheek", "Cheek", new DepthRange(500, 1000), new DepthLimit(1500, true), "Cheek row");
    private static readonly DepthZone s_neck = new("neck", "Neck", new DepthRange(250, 500), new DepthLimit(1500, false), "Neck row");
    private static readonly DepthZone s_eyelid = new("eyelid", "Eyelid", null, null, "Nobody needles here.");
    private static readonly DateOnly s_day = new(2026, 11, 22);

    private static readonly IReadOnlyList<ConsultationStep> s_steps =
    [
        new("Any medicines?", "Isotretinoin until August.", Check: false, Deciding: true, "It waits six months."),
        new("What do you do?", "I teach.", Check: false, Deciding: false, "Nobody needed to know."),
        new("Look at the skin", "Calm.", Check: true, Deciding: false, "Calm skin allows it."),
    ];

    public static IReadOnlyList<Interaction> All =>
    [
        .. s_files.Value.Values,
        new TrueFalseInteraction(true, [new("Because", true, "It is so."), new("Or else", false, "It is not.")]),
        new NumberInteraction(12.5m, 0, [new("min", 1)], "Exactly so long."),
        new NumberInteraction(-2, 0.5m, [new("°C", 1)], "Below freezing."),
        new MatchInteraction([new("a", "A", "Why a"), new("b", "B", "Why b")], []),
        DepthMap,
        new WashOutInteraction(s_day, ["Nothing."], WashOutDecision.Now, null, "Nothing waits."),
        new WashOutInteraction(s_day, ["I take isotretinoin."], WashOutDecision.Refer, null, "Nobody knows when it ends."),
        new ConsultationInteraction("Mia", s_day, 2, s_steps, [s_cheek, s_eyelid], ConsultationDecision.Defer, new DateOnly(2027, 2, 22), "It waits."),
        new ConsultationInteraction("Mia", s_day, 2, s_steps, [s_cheek], ConsultationDecision.Refer, null, "It is not for you."),
        Treat,
    ];

    /// <summary>Cheek 0.5 to 1.0 mm and unsafe above 1.5; neck 0.25 to 0.5 mm and unsafe from 1.5; eyelid never.</summary>
    public static DepthMapInteraction DepthMap { get; } = new("The school's chart", [s_cheek, s_neck, s_eyelid]);

    /// <summary>The first step decides; the budget is two; the right decision is to treat the cheek and leave the eyelid out.</summary>
    public static ConsultationInteraction Treat { get; } = new("Mia", s_day, 2, s_steps, [s_cheek, s_neck, s_eyelid], ConsultationDecision.Treat, null, "Nothing speaks against it.");

    /// <summary>An item of <c>tests/item-types</c>.</summary>
    public static TInteraction Of<TInteraction>(string code)
        where TInteraction : Interaction => (TInteraction)s_files.Value[code];

    /// <summary>What people may answer, half of it left open.</summary>
    public static Gen<Response> Responses(Interaction interaction) => interaction switch
    {
        ChoiceInteraction { Multiple: false } choice => Gen.Choose(0, choice.Options.Count - 1).Select(index => Response.Of([index])),
        ChoiceInteraction choice => Some(choice.Options.Count),
        ZonesInteraction zones => Some(zones.Zones.Count),
        TrueFalseInteraction claim => Unless([-1, -1], Gen.Choose(-1, 1), Gen.Choose(-1, claim.Reasons.Count - 1)),
        NumberInteraction number => Gen.OneOf(
            Gen.Choose(-1_000_000, 1_000_000),
            Gen.Choose((int)((number.Right - (2 * number.Tolerance)) * 1000) - 2, (int)((number.Right + (2 * number.Tolerance)) * 1000) + 2))
            .SelectMany(value => Gen.Choose(0, number.Units.Count - 1).Select(unit => Response.Of([value, unit]))),
        OrderInteraction order =>
            from steps in Gen.Shuffle(Enumerable.Range(0, order.Steps.Count).ToArray())
            from open in Gen.Elements(true, false).ArrayOf(order.Steps.Count)
            from whole in Gen.Elements(true, false)
            let given = steps.Zip(open, (step, gap) => gap && !whole ? -1 : step).ToList()
            where given.Exists(step => step >= 0)
            select Response.Of(given),
        MatchInteraction match => Unless(Open(match.Pairs.Count), [.. match.Pairs.Select((_, index) => Gen.OneOf(Gen.Constant(index), Gen.Choose(-1, match.Shuffled - 1)))]),
        DepthMapInteraction map => Unless(Open(map.Zones.Count), [.. map.Zones.Select(Depths)]),
        WashOutInteraction washOut => Gen.OneOf(
            Gen.Elements(Response.Of([0]), Response.Of([1]), Response.Of([2]), washOut.Key),
            Gen.Choose(-30, 400).Select(days => Response.Of([1, washOut.On.DayNumber + days]))),
        ConsultationInteraction consultation =>
            from asked in Gen.Shuffle(Enumerable.Range(0, consultation.Steps.Count).ToArray())
            from count in Gen.Choose(0, consultation.Budget)
            from decision in Gen.Elements<ConsultationDecision?>(null, ConsultationDecision.Treat, ConsultationDecision.Defer, ConsultationDecision.Refer)
            from depths in Each(consultation.Zones.Select(Depths))
            from days in Gen.Choose(-1, 100)
            let path = new ConsultationPath([.. asked.Take(count)], decision, depths, days < 0 ? null : consultation.On.AddDays(days))
            where path.Asked.Count > 0 || decision is not null || path.Day is not null || depths.Any(depth => depth >= 0)
            select path.ToResponse(),
        _ => throw new NotSupportedException(interaction.Kind.ToString()),
    };

    private static Gen<int> Depths(DepthZone zone) => Gen.OneOf(Gen.Elements(-1, 0, zone.Range?.From ?? 0, zone.Range?.To ?? 0, zone.Safe?.Micrometres ?? 0), Gen.Choose(0, DepthMapInteraction.Deepest));

    private static Gen<Response> Some(int count) => Gen.SubListOf(Enumerable.Range(0, count)).Where(chosen => chosen.Count > 0).Select(chosen => Response.Of(chosen.Order()));

    private static Gen<Response> Unless(int[] blank, params Gen<int>[] parts) => Each(parts).Where(values => !values.SequenceEqual(blank)).Select(values => Response.Of(values));

    private static Gen<int[]> Each(IEnumerable<Gen<int>> parts) =>
        parts.Aggregate(Gen.Constant<int[]>([]), (before, part) => before.SelectMany(values => part.Select(value => values.Append(value).ToArray())));

    private static int[] Open(int count) => [.. Enumerable.Repeat(-1, count)];
}
