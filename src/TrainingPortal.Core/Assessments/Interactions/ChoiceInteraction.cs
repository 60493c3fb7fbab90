using System.Text.Json.Serialization;

namespace TrainingPortal.Assessments.Interactions;

/// <summary>An answer to choose: the key or a distractor, with the reason why it is right or wrong.</summary>
public sealed record ItemOption(string Text, bool Correct, string Why);

/// <summary>
/// Choose the right option, or every right one. The response is the indexes of the chosen options in rising order. One right
/// option: all points or none. Several: each right one chosen adds its share, each wrong one chosen takes a share away, and
/// the sum is never below zero.
/// </summary>
public sealed record ChoiceInteraction(IReadOnlyList<ItemOption> Options) : Interaction
{
    public const int MostOptions = 8;

    public override InteractionKind Kind => InteractionKind.Choice;

    public override int Shuffled => Options.Count;

    /// <summary>True: more than one option is right.</summary>
    [JsonIgnore]
    public bool Multiple => Options.Count(option => option.Correct) > 1;

    public override Response Key => Response.Of(Options.Index().Where(option => option.Item.Correct).Select(option => option.Index));

    public override IEnumerable<string> Rationales => Options.Select(option => option.Why);

    public override IEnumerable<string> Texts => Options.Select(option => option.Text);

    public override Reading Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, Response? saved)
    {
        if (fields.Count == 0)
        {
            return Reading.Blank;
        }

        var places = fields.Select(field => Fields.Index(field, order.Count)).ToList();
        if (places.Contains(null) || places.Distinct().Count() != places.Count || (!Multiple && places.Count > 1))
        {
            return ReadingFault.NotOffered;
        }

        return Response.Of(places.Select(place => order[place!.Value]).Order());
    }

    public override Face Show(IReadOnlyList<int> order, Response? saved)
    {
        var chosen = saved?.Values ?? [];
        return new ChoiceFace([.. order.Select(index => Options[index].Text)], Multiple, order.Index().Where(place => chosen.Contains(place.Item)).Select(place => place.Index).ToHashSet());
    }

    public override Score Score(Response response)
    {
        var chosen = response.Values.Select(index => Options[index].Correct).ToList();
        var keys = Options.Count(option => option.Correct);
        var right = chosen.Count(correct => correct);
        return Interactions.Score.Of(keys == 1 && chosen.Count != 1 ? 0 : right - (chosen.Count - right), keys);
    }

    public bool Equals(ChoiceInteraction? other) => other is not null && Options.SequenceEqual(other.Options);

    public override int GetHashCode() => Options.Count;
}
