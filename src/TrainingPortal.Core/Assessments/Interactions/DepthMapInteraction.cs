using TrainingPortal.Protocols;

namespace TrainingPortal.Assessments.Interactions;

/// <summary>How a depth stands to what the chart says of its zone.</summary>
public enum DepthVerdict
{
    NotAnswered,
    TooShallow,
    Right,
    TooDeep,

    /// <summary>Deeper than the law or the device's label allows, or any depth where nobody needles.</summary>
    Unsafe,
}

/// <summary>A zone that a depth is asked for. Depths in micrometres.</summary>
/// <param name="Code">A code of the protocols' zones.</param>
/// <param name="Name">As a person reads it.</param>
/// <param name="Range">What the chart gives, both ends included; none: the zone is left out.</param>
/// <param name="Safe">The greatest depth that the law and the device's label allow; none where the zone is left out.</param>
/// <param name="Why">The row of the chart in words, and what sets the limit.</param>
public sealed record DepthZone(string Code, string Name, DepthRange? Range, DepthLimit? Safe, string Why)
{
    /// <param name="micrometres">0: the zone is left out.</param>
    public DepthVerdict Judge(int micrometres)
    {
        if (Range is not { } range)
        {
            return micrometres == 0 ? DepthVerdict.Right : DepthVerdict.Unsafe;
        }

        if (micrometres > range.To)
        {
            return Safe is { } safe && !safe.Allows(micrometres) ? DepthVerdict.Unsafe : DepthVerdict.TooDeep;
        }

        return micrometres < range.From ? DepthVerdict.TooShallow : DepthVerdict.Right;
    }
}

/// <summary>
/// Set a depth for each asked zone of a face map. The response is, for each zone, the depth in micrometres, 0 for leaving it
/// out, or -1. Each right zone earns its share of the points; one unsafe zone takes them all. Critical: missed where any
/// zone is unsafe or not answered.
/// </summary>
/// <param name="Chart">The chart that it is marked against, by title.</param>
public sealed record DepthMapInteraction(string Chart, IReadOnlyList<DepthZone> Zones) : Interaction
{
    /// <summary>What a dial can be set to at most, in micrometres.</summary>
    public const int Deepest = 3000;

    private const int Open = -1;

    public override InteractionKind Kind => InteractionKind.DepthMap;

    public override Response Key => Response.Of(Zones.Select(zone => zone.Range?.From ?? 0));

    public override IEnumerable<string> Rationales => Zones.Select(zone => zone.Why);

    public override IEnumerable<string> Texts => Zones.Select(zone => zone.Name);

    /// <summary>Fields: for each zone in order, millimetres; empty where it is open.</summary>
    public override Reading Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, Response? saved)
    {
        if (fields.All(string.IsNullOrWhiteSpace))
        {
            return Reading.Blank;
        }

        if (fields.Count != Zones.Count)
        {
            return ReadingFault.NotOffered;
        }

        var depths = fields.Select(field => string.IsNullOrWhiteSpace(field) ? Open : Fields.Thousandths(field) is { } depth and >= 0 and <= Deepest ? depth : (int?)null).ToList();
        return depths.Contains(null) ? ReadingFault.NotANumber : Response.Of(depths.Select(depth => depth!.Value));
    }

    public override Face Show(IReadOnlyList<int> order, Response? saved) => new DepthMapFace(
        Chart,
        [.. Zones.Select(zone => new FaceZone(zone.Code, zone.Name))],
        [.. (saved?.Values ?? [.. Zones.Select(_ => Open)]).Select(depth => depth == Open ? (int?)null : depth)]);

    public override bool IsComplete(Response response) => !response.Values.Contains(Open);

    /// <summary>The verdict on each zone, in order.</summary>
    public IReadOnlyList<DepthVerdict> Judge(Response response) =>
        [.. response.Values.Zip(Zones, (depth, zone) => depth == Open ? DepthVerdict.NotAnswered : zone.Judge(depth))];

    public override Score Score(Response response)
    {
        var verdicts = Judge(response);
        var danger = verdicts.Any(verdict => verdict is DepthVerdict.Unsafe or DepthVerdict.NotAnswered);
        var right = verdicts.Contains(DepthVerdict.Unsafe) ? 0 : verdicts.Count(verdict => verdict == DepthVerdict.Right);
        return Interactions.Score.Of(right, Zones.Count) with { Dangerous = danger };
    }

    public bool Equals(DepthMapInteraction? other) => other is not null && Chart == other.Chart && Zones.SequenceEqual(other.Zones);

    public override int GetHashCode() => Zones.Count;
}
