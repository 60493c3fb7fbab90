using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Persistence;

namespace TrainingPortal.Tests.Assessments;

/// <summary>What is true of every type of item, whatever it asks: reading, scoring and storing.</summary>
public class InteractionTests
{
    private static readonly JsonConverter<Interaction> s_stored = new();

    // Words and numbers that some type of form posts, each of which is garbage to most others.
    private static readonly string[] s_scraps =
    [
        "", " ", "0", "1", "2", "3", "00", "-1", "99", "99999999999999999999", "0.5", "0,5", "1,000", ".", "-", "r0", "r1", "r", "r99", "true", "false", "True",
        "now", "from", "refer", "treat", "defer", "ask:0", "ask:1", "ask:", "ask:-1", "ask:99", "2026-12-01", "2026-13-01", "0001-01-01", "9999-12-31", "01.12.2026", "NaN", "1e9", "\u0663", "\0",
    ];

    private static Gen<Given> AnyGiven { get; } =
        from interaction in Gen.Elements(Interactions.All.ToArray())
        from order in Gen.Shuffle(Enumerable.Range(0, interaction.Shuffled).ToArray())
        from response in Interactions.Responses(interaction)
        select new Given(interaction, order, response);

    private static Arbitrary<Given> Anything { get; } = AnyGiven.ToArbitrary();

    private static Arbitrary<(Given Given, string[] Fields)> Garbage { get; } =
        (from given in AnyGiven
         from fields in Gen.OneOf(Gen.Elements(s_scraps), ArbMap.Default.GeneratorFor<string>().Where(text => text is not null)).ListOf()
         from posted in Gen.Elements(true, false)
         from cut in Gen.Choose(0, 3)
         let real = posted ? PostedFields.Of(given.Interaction, given.Order, given.Response)[^1].Skip(cut) : []
         select (given, real.Concat(fields).ToArray())).ToArbitrary();

    public static TheoryData<InteractionKind> Kinds => [.. Enum.GetValues<InteractionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_type_is_among_the_examples(InteractionKind kind) => Assert.Contains(Interactions.All, interaction => interaction.Kind == kind);

    [Fact]
    public void The_key_earns_every_point_and_is_a_whole_answer() => Assert.All(Interactions.All, interaction =>
    {
        Assert.Equal(new Score(Score.Full, false), interaction.Score(interaction.Key));
        Assert.True(interaction.IsComplete(interaction.Key));
    });

    [Fact]
    public void Where_the_key_is_the_only_right_answer_nothing_else_earns_every_point() => Prop.ForAll(Anything, given =>
        given.Interaction is NumberInteraction or DepthMapInteraction or ConsultationInteraction
        || given.Response == given.Interaction.Key
        || given.Interaction.Score(given.Response).Points < Score.Full).QuickCheckThrowOnFailure();

    [Fact]
    public void No_answer_earns_more_than_all_points_or_less_than_none() => Prop.ForAll(Anything, given =>
        given.Interaction.Score(given.Response).Points is >= 0 and <= Score.Full).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_a_whole_answer_earns_every_point() => Prop.ForAll(Anything, given =>
        given.Interaction.Score(given.Response).Points < Score.Full || given.Interaction.IsComplete(given.Response)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_a_page_posts_is_read_as_what_was_meant_in_whatever_order_the_parts_stood() => Prop.ForAll(Anything, given =>
    {
        var read = given.Post();
        return read == given.Response && given.Interaction.Score(read.Value) == given.Interaction.Score(given.Response);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_read_is_small_enough_to_store() => Prop.ForAll(Anything, given =>
        given.Response.Text.Length <= Response.MostLetters).QuickCheckThrowOnFailure();

    [Fact]
    public void Garbage_is_refused_or_read_but_never_breaks_anything() => Prop.ForAll(Garbage, row =>
    {
        var (given, fields) = row;
        foreach (var saved in new Response?[] { null, given.Response })
        {
            var reading = given.Interaction.Read(fields, given.Order, saved);
            if (reading.Fault is not null && reading.Response is not null)
            {
                return false;
            }

            if (reading.Response is { } response)
            {
                _ = given.Interaction.IsComplete(response);
                _ = given.Interaction.Show(given.Order, response);
                if (given.Interaction.Score(response).Points is < 0 or > Score.Full || response.Text.Length > Response.MostLetters)
                {
                    return false;
                }
            }
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void An_interaction_is_the_same_after_it_was_stored() => Assert.All(Interactions.All, interaction =>
    {
        var stored = (string)s_stored.ConvertToProvider(interaction)!;
        Assert.Equal(interaction, s_stored.ConvertFromProvider(stored));
        Assert.Equal(interaction.GetHashCode(), s_stored.ConvertFromProvider(stored)!.GetHashCode());

        // What follows from the rest is not stored a second time.
        using var written = JsonDocument.Parse(stored);
        Assert.DoesNotContain(written.RootElement.EnumerateObject(), property => property.NameEquals("key") || property.NameEquals("rationales") || property.NameEquals("texts") || property.NameEquals("kind") || property.NameEquals("shuffled"));
        Assert.DoesNotContain(written.RootElement.EnumerateObject(), property => property.NameEquals("Key") || property.NameEquals("Rationales") || property.NameEquals("Texts") || property.NameEquals("Kind") || property.NameEquals("Shuffled"));
    });

    [Fact]
    public void Two_that_differ_anywhere_are_not_the_same() =>
        Assert.Equal(Interactions.All.Count, Interactions.All.Distinct().Count());

    [Fact]
    public void What_the_page_shows_holds_no_reason() => Assert.All(Interactions.All, interaction =>
    {
        var order = Enumerable.Range(0, interaction.Shuffled).ToList();
        foreach (var saved in new Response?[] { null, interaction.Key })
        {
            var face = interaction.Show(order, saved);
            var shown = JsonSerializer.Serialize(face, face.GetType());
            Assert.All(interaction.Rationales, why => Assert.DoesNotContain(JsonEncodedText.Encode(why).ToString(), shown, StringComparison.Ordinal));
        }
    });

    /// <summary>A response to an item whose parts stood in an order.</summary>
    private sealed record Given(Interaction Interaction, int[] Order, Response Response)
    {
        public Response? Post() => PostedFields.Of(Interaction, Order, Response).Aggregate((Response?)null, (saved, fields) =>
        {
            var reading = Interaction.Read(fields, Order, saved);
            Assert.Null(reading.Fault);
            return reading.Response ?? saved;
        });
    }
}
