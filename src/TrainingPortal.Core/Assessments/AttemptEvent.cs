namespace TrainingPortal.Assessments;

public enum AttemptEventKind
{
    Paused,
    Resumed,
    Extended,
    Voided,

    /// <summary>The portal was away, and the time was given back.</summary>
    OutageGivenBack,
}

/// <summary>Something that happened to an attempt besides answers; a row is added and never changed.</summary>
public sealed class AttemptEvent
{
    /// <summary>Letters of a reason at least; fewer say nothing.</summary>
    public const int ShortestReason = 5;

    public const int ReasonLength = 300;

    public Guid Id { get; init; }

    public Guid AttemptId { get; init; }

    public AttemptEventKind Kind { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>By how much the deadline moved; none where it did not.</summary>
    public int? Seconds { get; init; }

    public string? Reason { get; init; }

    /// <summary>The invigilator; none for the portal itself.</summary>
    public Guid? ById { get; init; }
}
