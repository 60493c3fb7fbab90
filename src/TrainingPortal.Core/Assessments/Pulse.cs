namespace TrainingPortal.Assessments;

/// <summary>The portal's sign of life, one row that whichever node is up renews.</summary>
public sealed class Pulse
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; }

    /// <summary>UTC.</summary>
    public DateTime BeatAt { get; set; }
}

/// <summary>A time in which no node of the portal was up; what attempts lost by it was given back.</summary>
public sealed class Outage
{
    public Guid Id { get; init; }

    /// <summary>UTC; the last sign of life before it.</summary>
    public DateTime From { get; init; }

    /// <summary>UTC.</summary>
    public DateTime Until { get; init; }

    /// <summary>Attempts that got time back.</summary>
    public int Attempts { get; init; }
}
