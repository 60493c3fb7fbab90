namespace TrainingPortal.Assessments.Interactions;

/// <summary>A pair of a match.</summary>
public sealed record MatchPair(string Left, string Right, string Why);

/// <summary>
/// Give each term on the left its counterpart on the right. The response is, for each term, the index of the counterpart
/// given, or -1. Each right one earns its share of the points.
/// </summary>
/// <param name="Pairs">Each right text stands once.</param>
/// <param name="Spare">Texts on the right that belong to no term.</param>
public sealed record MatchInteraction(IReadOnlyList<MatchPair> Pairs, IReadOnlyList<string> Spare) : Interaction
{
    public const int MostPairs = 10;

    private const int Open = -1;

    public override InteractionKind Kind => InteractionKind.Match;

    public override int Shuffled => Pairs.Count + Spare.Count;

    public override Response Key => Response.Of(Enumerable.Range(0, Pairs.Count));

    public override IEnumerable<string> Rationales => Pairs.Select(pair => pair.Why);

    public override IEnumerable<string> Texts => Pairs.Select(pair => pair.Left).Concat(Enumerable.Range(0, Shuffled).Select(Counterpart));

    /// <param name="index">The pairs' own first, then the spare ones.</param>
    public string Counterpart(int index) => index < Pairs.Count ? Pairs[index].Right : Spare[index - Pairs.Count];

    /// <summary>Fields: for each term in the author's order, the place of the counterpart; empty where it is open.</summary>
    public override Reading Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, Response? saved)
    {
        if (fields.All(field => field.Length == 0))
        {
            return Reading.Blank;
        }

        var given = fields.Select(field => field.Length == 0 ? Open : Fields.Index(field, order.Count) is { } place ? order[place] : (int?)null).ToList();
        return given.Count != Pairs.Count || given.Contains(null) ? ReadingFault.NotOffered : Response.Of(given.Select(index => index!.Value));
    }

    public override Face Show(IReadOnlyList<int> order, Response? saved)
    {
        var given = saved?.Values ?? [.. Pairs.Select(_ => Open)];
        return new MatchFace(
            [.. Pairs.Select(pair => pair.Left)],
            [.. order.Select(Counterpart)],
            [.. given.Select(index => order.Index().Where(place => place.Item == index).Select(place => (int?)place.Index).FirstOrDefault())]);
    }

    public override bool IsComplete(Response response) => !response.Values.Contains(Open);

    public override Score Score(Response response) => Interactions.Score.Of(response.Values.Index().Count(given => given.Item == given.Index), Pairs.Count);

    public bool Equals(MatchInteraction? other) => other is not null && Pairs.SequenceEqual(other.Pairs) && Spare.SequenceEqual(other.Spare);

    public override int GetHashCode() => Pairs.Count;
}
