namespace TrainingPortal.Protocols;

public enum ScopeAnswerKind
{
    Yes,
    No,
    OnlyUnderSupervision,

    /// <summary>Could not be checked: to be asked of the board, and never to be read as a yes.</summary>
    Unknown,
}

/// <summary>What in the place's rule decides.</summary>
public enum ScopeReason
{
    /// <summary>The place is not among those that were looked up.</summary>
    PlaceNotFound,

    /// <summary>The place is known, and what its law is could not be settled.</summary>
    LawUnsettled,

    NotAllowed,
    HigherLicenceNeeded,
    BeyondGreatestDepth,

    /// <summary>Beyond the depth that is free of supervision.</summary>
    BeyondUnsupervisedDepth,

    /// <summary>The place may have a greatest depth, and it was not found.</summary>
    DepthNotFound,

    /// <summary>The rule itself asks for supervision, always or with such a device.</summary>
    SupervisionRequired,

    Allowed,
}

/// <summary>May an esthetician needle at a depth in a place?</summary>
/// <param name="Place">ISO 3166 code, such as <c>US-UT</c>.</param>
/// <param name="Licence">The licence the person holds there.</param>
/// <param name="Depth">In micrometres, of a needle that pierces: greater than 0.</param>
/// <param name="PrescriptionDevice">The device is for prescription use, or must be taken to be.</param>
/// <param name="ClassTwoDevice">The device is an FDA Class II device.</param>
public sealed record ScopeQuestion(string Place, LicenceTier Licence, int Depth, bool PrescriptionDevice, bool ClassTwoDevice);

/// <param name="Row">The place's rule, to be quoted with its sources and the day it was verified; none where the place is not known.</param>
public sealed record ScopeAnswer(ScopeAnswerKind Kind, ScopeReason Reason, Jurisdiction? Row)
{
    /// <summary>Days since the rule was last compared with its sources; none where there is no rule.</summary>
    public int? AgeInDays(DateOnly today) => Row is null ? null : today.DayNumber - Row.Origin.Verified.DayNumber;
}

/// <summary>
/// What the law of a place lets an esthetician do, as far as it was found. Silence is never a yes: a place that is not
/// known, a law that is not settled and a depth that was not found are all answered as unknown.
/// </summary>
public static class ScopeRule
{
    public static ScopeAnswer Decide(ProtocolBook book, ScopeQuestion question)
    {
        var row = book.Jurisdictions.FirstOrDefault(place => place.Place == question.Place);
        return row is null
            ? new ScopeAnswer(ScopeAnswerKind.Unknown, ScopeReason.PlaceNotFound, null)
            : Decide(row, question);
    }

    private static ScopeAnswer Decide(Jurisdiction row, ScopeQuestion question)
    {
        switch (row.Answer)
        {
            case JurisdictionAnswer.NotAllowed:
                return No(ScopeReason.NotAllowed);
            case JurisdictionAnswer.Unknown:
                return Unknown(ScopeReason.LawUnsettled);
            case JurisdictionAnswer.Allowed:
                break;
        }

        if (row.Tier is null || question.Licence < row.Tier)
        {
            return No(ScopeReason.HigherLicenceNeeded);
        }

        var beyond = row.Most is { } most && !most.Allows(question.Depth);
        if (beyond)
        {
            return row.BeyondSupervised ? Supervised(ScopeReason.BeyondUnsupervisedDepth) : No(ScopeReason.BeyondGreatestDepth);
        }

        if (row.Depth is null or PlaceDepth.NotFound)
        {
            return Unknown(ScopeReason.DepthNotFound);
        }

        return NeedsSupervisor(row.Supervision, question)
            ? Supervised(ScopeReason.SupervisionRequired)
            : new ScopeAnswer(ScopeAnswerKind.Yes, ScopeReason.Allowed, row);

        ScopeAnswer No(ScopeReason reason) => new(ScopeAnswerKind.No, reason, row);

        ScopeAnswer Unknown(ScopeReason reason) => new(ScopeAnswerKind.Unknown, reason, row);

        ScopeAnswer Supervised(ScopeReason reason) => new(ScopeAnswerKind.OnlyUnderSupervision, reason, row);
    }

    // A row that does not say is read as the stricter.
    private static bool NeedsSupervisor(Supervision? supervision, ScopeQuestion question) => (supervision ?? Supervision.Always) switch
    {
        Supervision.Always => true,
        Supervision.Never => false,
        Supervision.PrescriptionDevice => question.PrescriptionDevice,
        Supervision.ClassTwoDevice => question.ClassTwoDevice,
    };
}
