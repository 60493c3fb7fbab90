namespace TrainingPortal.Audit;

/// <summary>One line of who did what to what, added in the same save as the act itself and never changed.</summary>
public sealed class AuditEntry
{
    private AuditEntry()
    {
    }

    public AuditEntry(DateTime at, Guid? actorId, string act, string subject)
    {
        Id = Guid.CreateVersion7(at);
        At = at;
        ActorId = actorId;
        Act = act;
        Subject = subject;
    }

    public Guid Id { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private init; }

    /// <summary>The person who acted; none for a job or a verb of the command line.</summary>
    public Guid? ActorId { get; private init; }

    /// <summary>The act in the past tense, such as <c>certificate revoked</c>.</summary>
    public string Act { get; private init; } = "";

    /// <summary>What it was done to: a serial, an item's code; never a person's name or address.</summary>
    public string Subject { get; private init; } = "";
}
