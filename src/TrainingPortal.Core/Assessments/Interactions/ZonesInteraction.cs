namespace TrainingPortal.Assessments.Interactions;

/// <summary>A zone of the face map that may be picked.</summary>
/// <param name="Code">A code of the protocols' zones.</param>
/// <param name="Name">As a person reads it.</param>
public sealed record ZoneOption(string Code, string Name, bool Correct, string Why);

/// <summary>
/// Pick zones on a face map. The response is the indexes of the picked zones in rising order. Each right zone picked adds its
/// share of the points, each wrong one takes a share away, and the sum is never below zero.
/// </summary>
public sealed record ZonesInteraction(IReadOnlyList<ZoneOption> Zones) : Interaction
{
    public override InteractionKind Kind => InteractionKind.Zones;

    public override Response Key => Response.Of(Zones.Index().Where(zone => zone.Item.Correct).Select(zone => zone.Index));

    public override IEnumerable<string> Rationales => Zones.Select(zone => zone.Why);

    public override IEnumerable<string> Texts => Zones.Select(zone => zone.Name);

    public override Reading Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, Response? saved)
    {
        if (fields.Count == 0)
        {
            return Reading.Blank;
        }

        var picked = fields.Select(field => Fields.Index(field, Zones.Count)).ToList();
        return picked.Contains(null) || picked.Distinct().Count() != picked.Count
            ? ReadingFault.NotOffered
            : Response.Of(picked.Select(index => index!.Value).Order());
    }

    public override Face Show(IReadOnlyList<int> order, Response? saved) =>
        new ZonesFace([.. Zones.Select(zone => new FaceZone(zone.Code, zone.Name))], (saved?.Values ?? []).ToHashSet());

    public override Score Score(Response response)
    {
        var right = response.Values.Count(index => Zones[index].Correct);
        return Interactions.Score.Of(right - (response.Values.Count - right), Zones.Count(zone => zone.Correct));
    }

    public bool Equals(ZonesInteraction? other) => other is not null && Zones.SequenceEqual(other.Zones);

    public override int GetHashCode() => Zones.Count;
}
