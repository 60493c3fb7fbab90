namespace TrainingPortal.Assessments.Interactions;

/// <summary>
/// The stem is a claim: say whether it is true, and give the reason. The response is 1 for true or 0 for false, then the
/// index of the reason. All points for both right, half of them where only the first is, none otherwise.
/// </summary>
/// <param name="Claim">Whether the claim is true.</param>
/// <param name="Reasons">Exactly one is correct.</param>
public sealed record TrueFalseInteraction(bool Claim, IReadOnlyList<ItemOption> Reasons) : Interaction
{
    public override InteractionKind Kind => InteractionKind.TrueFalse;

    public override int Shuffled => Reasons.Count;

    public override Response Key => Response.Of([Claim ? 1 : 0, Reasons.Index().First(reason => reason.Item.Correct).Index]);

    public override IEnumerable<string> Rationales => Reasons.Select(reason => reason.Why);

    public override IEnumerable<string> Texts => Reasons.Select(reason => reason.Text);

    /// <summary>Fields: <c>true</c> or <c>false</c>, and the place of the reason with <c>r</c> before it, in any order.</summary>
    public override Reading Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, Response? saved)
    {
        var given = fields.Where(field => field.Length > 0).ToList();
        if (given.Count == 0)
        {
            return Reading.Blank;
        }

        var verdicts = given.Where(field => field is "true" or "false").ToList();
        var reasons = given.Except(verdicts).ToList();
        if (verdicts.Count > 1 || reasons.Count > 1 || given.Count != verdicts.Count + reasons.Count)
        {
            return ReadingFault.NotOffered;
        }

        var verdict = verdicts is [var said] ? said == "true" ? 1 : 0 : Unsaid;
        if (reasons is not [var reason])
        {
            return Response.Of([verdict, Unsaid]);
        }

        return reason[0] == 'r' && Fields.Index(reason[1..], order.Count) is { } place
            ? Response.Of([verdict, order[place]])
            : ReadingFault.NotOffered;
    }

    public override Face Show(IReadOnlyList<int> order, Response? saved)
    {
        var (said, reason) = saved is { } response ? (response.Values[0], response.Values[1]) : (Unsaid, Unsaid);
        return new TrueFalseFace(
            [.. order.Select(index => Reasons[index].Text)],
            said == Unsaid ? null : said == 1,
            order.Index().Where(place => place.Item == reason).Select(place => (int?)place.Index).FirstOrDefault());
    }

    public override bool IsComplete(Response response) => !response.Values.Contains(Unsaid);

    public override Score Score(Response response)
    {
        var (verdict, reason) = (response.Values[0], response.Values[1]);
        var verdictRight = verdict == (Claim ? 1 : 0);
        return Interactions.Score.Of(verdictRight ? reason != Unsaid && Reasons[reason].Correct ? 2 : 1 : 0, 2);
    }

    public bool Equals(TrueFalseInteraction? other) => other is not null && Claim == other.Claim && Reasons.SequenceEqual(other.Reasons);

    public override int GetHashCode() => Reasons.Count;

    private const int Unsaid = -1;
}
