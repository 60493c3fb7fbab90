namespace TrainingPortal.Protocols;

/// <summary>
/// The measured skin of one zone of the face and the depth the course teaches there. All lengths are micrometres
/// (1,000 to the millimetre), so that they are whole numbers; the figures and their sources are in
/// <c>courses/protocols/skin.yaml</c>.
/// </summary>
public sealed class SkinZone
{
    /// <summary>The zone's code, such as <c>forehead</c>.</summary>
    public required string Zone { get; init; }

    public int Position { get; set; }

    public required string Name { get; set; }

    public int EpidermisFrom { get; set; }

    public int EpidermisTo { get; set; }

    public int DermisFrom { get; set; }

    public int DermisTo { get; set; }

    /// <summary>The least depth taught; none where the zone is never treated.</summary>
    public int? TeachFrom { get; set; }

    /// <summary>The greatest depth taught; none where the zone is never treated.</summary>
    public int? TeachTo { get; set; }

    /// <summary>False: never treated, whatever the depth.</summary>
    public bool Treat { get; set; }

    public required string Note { get; set; }

    /// <summary>Codes of the sources.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];
}
