namespace TrainingPortal.Assessments.Interactions;

/// <summary>A step of a sequence, and why it stands where it does.</summary>
public sealed record OrderStep(string Text, string Why);

/// <summary>
/// Put steps in order. The response is the indexes of the steps, the first one first. Points: of the pairs of steps that
/// follow each other in the key, the share that follow each other in the answer too.
/// </summary>
/// <param name="Steps">In the right order.</param>
public sealed record OrderInteraction(IReadOnlyList<OrderStep> Steps) : Interaction
{
    public const int MostSteps = 10;

    public override InteractionKind Kind => InteractionKind.Order;

    public override int Shuffled => Steps.Count;

    public override Response Key => Response.Of(Enumerable.Range(0, Steps.Count));

    public override IEnumerable<string> Rationales => Steps.Select(step => step.Why);

    public override IEnumerable<string> Texts => Steps.Select(step => step.Text);

    /// <summary>Fields: for each step in the order of the page, its position from 1; all empty for no answer.</summary>
    public override Reading Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, Response? saved)
    {
        if (fields.All(field => field.Length == 0))
        {
            return Reading.Blank;
        }

        var positions = fields.Select(field => field.Length == 0 ? 0 : Fields.Index(field, Steps.Count + 1)).ToList();
        if (positions.Count != Steps.Count || positions.Contains(null))
        {
            return ReadingFault.NotOffered;
        }

        // A position that is given twice, or not at all, leaves a gap: saved as it is, and not yet an order.
        return Response.Of(Enumerable.Range(1, Steps.Count).Select(position =>
            positions.Count(given => given == position) == 1 ? order[positions.IndexOf(position)] : Gap));
    }

    public override Face Show(IReadOnlyList<int> order, Response? saved)
    {
        var given = saved?.Values ?? [];
        return new OrderFace(
            [.. order.Select(index => Steps[index].Text)],
            [.. order.Select(index => given.Index().Where(position => position.Item == index).Select(position => (int?)position.Index + 1).FirstOrDefault())]);
    }

    public override bool IsComplete(Response response) => !response.Values.Contains(Gap);

    public override Score Score(Response response)
    {
        var given = response.Values;
        var following = given.Zip(given.Skip(1)).Count(pair => pair.First != Gap && pair.Second == pair.First + 1);
        return Interactions.Score.Of(following, Steps.Count - 1);
    }

    public bool Equals(OrderInteraction? other) => other is not null && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => Steps.Count;

    private const int Gap = -1;
}
