namespace TrainingPortal.Protocols;

/// <summary>
/// The protocols as one import left them. Never changed: other files make the next edition, so that what was decided by
/// an older one can still be explained.
/// </summary>
public sealed class ProtocolEdition
{
    /// <summary>From 1; the highest is in force.</summary>
    public int Number { get; init; }

    /// <summary>UTC.</summary>
    public DateTime ImportedAt { get; init; }

    public required ProtocolBook Book { get; init; }
}
