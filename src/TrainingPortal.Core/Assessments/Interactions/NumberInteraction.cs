namespace TrainingPortal.Assessments.Interactions;

/// <summary>A unit in which a number may be given.</summary>
/// <param name="Name">Such as <c>mm</c>.</param>
/// <param name="Factor">What one of it is in the first unit.</param>
public sealed record NumberUnit(string Name, decimal Factor);

/// <summary>
/// Type a number and choose its unit. The response is the number in thousandths and the index of the unit. All points where
/// it lies, in the first unit, within the tolerance of the key, both ends included; none otherwise.
/// </summary>
/// <param name="Right">In the first unit; three decimals at most.</param>
/// <param name="Tolerance">In the first unit; 0 or more.</param>
/// <param name="Units">From one on.</param>
public sealed record NumberInteraction(decimal Right, decimal Tolerance, IReadOnlyList<NumberUnit> Units, string Why) : Interaction
{
    public override InteractionKind Kind => InteractionKind.Number;

    public override Response Key => Response.Of([(int)(Right * 1000), 0]);

    public override IEnumerable<string> Rationales => [Why];

    public override IEnumerable<string> Texts => Units.Select(unit => unit.Name);

    /// <summary>Fields: the number, then the place of the unit where there are several.</summary>
    public override Reading Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, Response? saved)
    {
        if (fields.Count == 0 || string.IsNullOrWhiteSpace(fields[0]))
        {
            return Reading.Blank;
        }

        if (fields.Count != (Units.Count > 1 ? 2 : 1))
        {
            return ReadingFault.NotOffered;
        }

        if (Fields.Thousandths(fields[0]) is not { } thousandths)
        {
            return ReadingFault.NotANumber;
        }

        var unit = Units.Count > 1 ? Fields.Index(fields[1], Units.Count) : 0;
        return unit is { } index ? Response.Of([thousandths, index]) : ReadingFault.NotOffered;
    }

    public override Face Show(IReadOnlyList<int> order, Response? saved) =>
        new NumberFace([.. Units.Select(unit => unit.Name)], saved?.Values[0] / 1000m, saved?.Values[1] ?? 0);

    public override Score Score(Response response)
    {
        var given = response.Values[0] / 1000m * Units[response.Values[1]].Factor;
        return Interactions.Score.AllOrNothing(Math.Abs(given - Right) <= Tolerance);
    }

    public bool Equals(NumberInteraction? other) =>
        other is not null && (Right, Tolerance, Why) == (other.Right, other.Tolerance, other.Why) && Units.SequenceEqual(other.Units);

    public override int GetHashCode() => Right.GetHashCode();
}
