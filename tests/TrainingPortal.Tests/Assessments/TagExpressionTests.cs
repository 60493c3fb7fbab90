using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Tests.Assessments;

/// <summary>How a blueprint chooses items by their tags, and which of them a person gets.</summary>
public class TagExpressionTests
{
    private static readonly Dictionary<Guid, int> s_unseen = [];

    [Theory]
    [InlineData("depth-map", "depth-map", true)]
    [InlineData("depth-map", "zones", false)]
    [InlineData("not zones", "depth-map", true)]
    [InlineData("zones or depth-map", "depth-map", true)]
    [InlineData("zones and critical", "zones", false)]
    [InlineData("zones and critical", "zones critical", true)]
    [InlineData("zones or order and critical", "zones", true)]
    [InlineData("(zones or order) and critical", "zones", false)]
    [InlineData("not zones and critical", "critical", true)]
    [InlineData("not (zones and critical)", "critical", true)]
    [InlineData("not not zones", "zones", true)]
    public void An_expression_chooses(string expression, string tags, bool chosen) =>
        Assert.Equal(chosen, TagExpression.Parse(expression).Matches(tags.Split(' ').ToHashSet()));

    [Theory]
    [InlineData("")]
    [InlineData("and zones")]
    [InlineData("zones and")]
    [InlineData("zones order")]
    [InlineData("(zones")]
    [InlineData("zones)")]
    [InlineData("not")]
    public void What_is_no_expression_says_why(string expression) =>
        Assert.EndsWith(".", Assert.Throws<FormatException>(() => TagExpression.Parse(expression)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_row_with_tags_draws_what_matches_and_the_domain_is_filled_up_from_the_rest()
    {
        var bank = Enumerable.Range(1, 10).Select(number => Drawable($"d-{number:00}", number <= 3 ? ["steps"] : [])).ToList();
        BlueprintRow[] blueprint = [new("depth", 5, null), new("depth", 2, null, Tags: "steps")];

        foreach (var seed in Enumerable.Range(0, 100))
        {
            var paper = Paper.Draw(blueprint, new(bank), s_unseen, seed)!;
            var codes = paper.Select(item => bank.Single(drawable => drawable.Version.Id == item.ItemVersionId)).ToList();

            Assert.Equal(7, codes.Distinct().Count());
            Assert.True(codes.Count(item => item.Tags.Contains("steps")) >= 2);
        }
    }

    // As a person sits again and again, no item comes a second time before every other one has come once, and so on.
    [Fact]
    public void What_a_person_has_seen_is_not_drawn_again_until_the_pool_is_used_up() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from size in Gen.Choose(1, 12)
         from asked in Gen.Choose(1, size)
         from seed in Gen.Choose(0, 1_000_000)
         select (size, asked, seed)).ToArbitrary(),
        draw =>
        {
            var bank = Enumerable.Range(1, draw.size).Select(number => Drawable($"d-{number:00}", [])).ToList();
            var seen = bank.ToDictionary(item => item.ItemId, _ => 0);
            for (var sitting = 0; sitting < 5; sitting++)
            {
                foreach (var item in Paper.Draw([new("depth", draw.asked, null)], new(bank), seen, draw.seed + sitting)!)
                {
                    seen[bank.Single(drawable => drawable.Version.Id == item.ItemVersionId).ItemId]++;
                }

                Assert.InRange(seen.Values.Max() - seen.Values.Min(), 0, 1);
            }
        }));

    private static DrawableItem Drawable(string code, string[] tags) => new(Guid.CreateVersion7(), code, "depth", new ItemVersion
    {
        Id = Guid.CreateVersion7(),
        Objective = code,
        Stem = code,
        Tags = tags,
        Interaction = new ChoiceInteraction([new("a", true, "yes"), new("b", false, "no")]),
    });
}
