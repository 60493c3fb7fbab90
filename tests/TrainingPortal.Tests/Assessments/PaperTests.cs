using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Tests.Assessments;

public class PaperTests
{
    // Up to five domains, each with a pool of up to twelve items of which no more are asked than there are.
    private static Arbitrary<(BlueprintRow[] Blueprint, DrawableItem[] Bank, int Seed)> Draws { get; } =
        (from pools in Gen.Choose(0, 12).SelectMany(size => Gen.Choose(0, size).Select(asked => (Size: size, Asked: asked))).NonEmptyListOf()
         from seed in Gen.Choose(0, int.MaxValue)
         select (
             pools.Take(5).Index().Select(pool => new BlueprintRow($"domain-{pool.Index}", pool.Item.Asked, null)).ToArray(),
             pools.Take(5).Index().SelectMany(pool => Pool($"domain-{pool.Index}", pool.Item.Size)).ToArray(),
             seed)).ToArbitrary();

    private static readonly Dictionary<Guid, int> s_unseen = [];

    private static DrawableItem Drawable(string code, string domain, string? twin = null) => new(Guid.CreateVersion7(), code, domain, new ItemVersion
    {
        Id = Guid.CreateVersion7(),
        Objective = code,
        Stem = code,
        Twin = twin,
        Interaction = new ChoiceInteraction([new("a", true, "yes"), new("b", false, "no"), new("c", false, "no"), new("d", false, "no")]),
    });

    private static IEnumerable<DrawableItem> Pool(string domain, int size) =>
        Enumerable.Range(1, size).Select(number => Drawable($"{domain}-{number}", domain));

    // A blueprint may ask nothing of a domain that has no item: the pool is then simply not there.
    private static bool CanBeDrawn((BlueprintRow[] Blueprint, DrawableItem[] Bank, int Seed) draw) =>
        draw.Blueprint.All(row => draw.Bank.Any(item => item.Domain == row.Domain));

    private static void ForEveryDraw(Action<(BlueprintRow[] Blueprint, DrawableItem[] Bank, int Seed), IReadOnlyList<AskedItem>> holds) =>
        Check.QuickThrowOnFailure(Prop.ForAll(Draws.Filter(CanBeDrawn), draw => holds(draw, Paper.Draw(draw.Blueprint, new(draw.Bank), s_unseen, draw.Seed)!)));

    private static IEnumerable<(int Slot, Guid Version, string Order)> Shown(IReadOnlyList<AskedItem> paper) =>
        paper.Select(item => (item.Slot, item.ItemVersionId, string.Join(',', item.Order)));

    [Fact]
    public void The_same_seed_draws_the_same_paper_however_the_bank_is_ordered() => ForEveryDraw((draw, paper) =>
        Assert.Equal(Shown(paper), Shown(Paper.Draw(draw.Blueprint, new(draw.Bank.Reverse()), s_unseen, draw.Seed)!)));

    [Fact]
    public void Each_domain_gives_as_many_items_as_the_blueprint_says() => ForEveryDraw((draw, paper) =>
        Assert.All(draw.Blueprint, row => Assert.Equal(row.Items, paper.Count(item => item.Domain == row.Domain))));

    [Fact]
    public void No_item_is_asked_twice() => ForEveryDraw((_, paper) => Assert.Equal(paper.Count, paper.Select(item => item.ItemVersionId).Distinct().Count()));

    [Fact]
    public void Every_question_is_an_item_of_its_domain() => ForEveryDraw((draw, paper) =>
        Assert.All(paper, item => Assert.Equal(item.Domain, draw.Bank.Single(drawable => drawable.Version.Id == item.ItemVersionId).Domain)));

    [Fact]
    public void The_pages_are_numbered_from_one_without_a_gap() => ForEveryDraw((_, paper) =>
        Assert.Equal(Enumerable.Range(1, paper.Count), paper.Select(item => item.Slot)));

    [Fact]
    public void Every_option_is_shown_once() => ForEveryDraw((_, paper) => Assert.All(paper, item => Assert.Equal([0, 1, 2, 3], item.Order.Order())));

    [Fact]
    public void A_domain_with_too_few_items_gives_no_paper_at_all() => Check.QuickThrowOnFailure(Prop.ForAll(
        Draws.Filter(CanBeDrawn),
        draw => Assert.All(draw.Blueprint, row =>
        {
            var tooMany = draw.Bank.Count(item => item.Domain == row.Domain) + 1;
            var asked = draw.Blueprint.Select(other => other == row ? row with { Items = tooMany } : other).ToList();
            Assert.Null(Paper.Draw(asked, new(draw.Bank), s_unseen, draw.Seed));
        })));

    // The plain way to say it: of what is left, the next is always one whose twin is not on the paper yet and that was seen least.
    [Fact]
    public void Of_two_twins_one_is_kept_back_while_there_is_another_item_and_what_was_seen_least_comes_first() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from pairs in Gen.Choose(0, 5)
         from singles in Gen.Choose(0, 5)
         from asked in Gen.Choose(1, 15)
         from times in Gen.Choose(0, 2).ArrayOf(15)
         from seed in Gen.Choose(0, 1_000_000)
         select (pairs, singles, asked: Math.Min(asked, (2 * pairs) + singles), times, seed)).ToArbitrary(),
        draw =>
        {
            DrawableItem[] items =
            [
                .. Enumerable.Range(0, draw.pairs).SelectMany(number => new[] { Drawable($"p{number}-a", "depth", twin: $"p{number}-b"), Drawable($"p{number}-b", "depth") }),
                .. Enumerable.Range(0, draw.singles).Select(number => Drawable($"s{number}", "depth")),
            ];
            var seen = items.Index().ToDictionary(row => row.Item.ItemId, row => draw.times[row.Index]);
            var paper = Paper.Draw([new BlueprintRow("depth", draw.asked, null)], new(items), seen, draw.seed)!;
            var asked = paper.Select(question => items.Single(item => item.Version.Id == question.ItemVersionId)).ToList();

            var bothOfAPair = asked.Count - asked.Select(Family).Distinct().Count();
            Assert.Equal(Math.Max(0, draw.asked - draw.pairs - draw.singles), bothOfAPair);
            Assert.All(items.Except(asked).Where(left => !asked.Any(item => Family(item) == Family(left))), left =>
                Assert.All(asked, item => Assert.True(seen[item.ItemId] <= seen[left.ItemId])));
        }));

    private static string Family(DrawableItem item) => item.Code.Split('-')[0];

    [Fact]
    public void A_domain_that_the_bank_does_not_know_gives_no_paper() =>
        Assert.Null(Paper.Draw([new BlueprintRow("depth", 1, null)], new(Pool("hygiene", 3)), s_unseen, seed: 1));

    [Fact]
    public void Different_seeds_bring_every_item_and_every_place_of_the_key_about()
    {
        var bank = new DrawableBank(Pool("depth", 8));
        var papers = Enumerable.Range(0, 200).Select(seed => Paper.Draw([new BlueprintRow("depth", 3, null)], bank, s_unseen, seed)!).ToList();

        Assert.Equal(8, papers.SelectMany(paper => paper).Select(item => item.ItemVersionId).Distinct().Count());
        Assert.Equal(24, papers.SelectMany(paper => paper).Select(item => string.Join(',', item.Order)).Distinct().Count());
    }
}
