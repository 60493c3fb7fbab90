namespace TrainingPortal.Certifications;

/// <summary>What happens to a certificate after its issue. Issues, renewals and corrections are certificates themselves.</summary>
public enum CertificateEventKind
{
    Suspended,
    Reinstated,
    Revoked,

    /// <summary>Its holder was erased: to everyone outside it is as if it had never been.</summary>
    Withdrawn,
}

/// <summary>Why a certificate is on hold: a closed list, since it is shown to everyone and never names a person.</summary>
public enum SuspensionReason
{
    UnderReview,
    ConductInQuestion,
    IdentityInQuestion,
    HolderRequest,
}

/// <summary>Why a certificate on hold counts again: a closed list.</summary>
public enum ReinstatementReason
{
    QuestionCleared,
    SuspendedInError,
    HolderRequest,
}

/// <summary>Why a certificate is as if it had never been: a closed list.</summary>
public enum WithdrawalReason
{
    HolderErased,
}

/// <summary>Something that happened to a certificate: a row is added and never changed.</summary>
public sealed class CertificateEvent
{
    /// <summary>Letters of the note at most.</summary>
    public const int NoteLength = 500;

    private CertificateEvent()
    {
    }

    internal CertificateEvent(Guid certificateId, int number, CertificateEventKind kind, Enum reason, string? note, Guid actorId, DateTime now)
    {
        Id = Guid.CreateVersion7(now);
        CertificateId = certificateId;
        Number = number;
        Kind = kind;
        Reason = reason.ToString();
        Note = note;
        ActorId = actorId;
        At = now;
    }

    public Guid Id { get; private init; }

    public Guid CertificateId { get; private init; }

    /// <summary>From 1, in the order in which they happened; unique for a certificate, so that of two at once one is first.</summary>
    public int Number { get; private init; }

    public CertificateEventKind Kind { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private init; }

    public Guid ActorId { get; private init; }

    /// <summary>A value of the closed list of its kind, by name.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>For the staff only.</summary>
    public string? Note { get; private init; }

    /// <summary>The reason as a value of the closed list of its kind.</summary>
    public TReason ReasonAs<TReason>()
        where TReason : struct, Enum => Enum.Parse<TReason>(Reason);
}
