using System.Text.Json.Serialization;
using TrainingPortal.Accounts;

namespace TrainingPortal.Certifications;

/// <summary>What a certificate is worth at an instant. The first that applies, in this order, decides.</summary>
public enum CertificateStatus
{
    Revoked,
    Superseded,
    Expired,
    Suspended,
    Expiring,
    Active,
}

/// <summary>Why a certificate was revoked: a closed list, since it is shown to everyone and never names a person.</summary>
public enum RevocationReason
{
    IssuedInError,
    RequirementsNotMet,
    Misconduct,
    HolderRequest,
    Replaced,
}

/// <summary>How a certificate came to be.</summary>
public enum CertificateCause
{
    /// <summary>The first of its holder and programme that was good then.</summary>
    Issued,

    /// <summary>The whole was earned again.</summary>
    Renewed,

    /// <summary>One part was repeated, and the whole ends as it did.</summary>
    PartRepeated,

    /// <summary>The holder's name was put right; everything else is as it was.</summary>
    Corrected,
}

/// <summary>
/// One issue of a certificate, with everything it says frozen at issue. What happens to it later is rows added; what it
/// is worth is computed from those and the time.
/// </summary>
public sealed class Certificate
{
    private readonly List<CertificateEvent> events = [];

    private Certificate()
    {
    }

    /// <param name="programme">What is certified, copied as it is now.</param>
    /// <param name="attemptId">The attempt that completed it or was passed again; none where that was a practical.</param>
    /// <param name="holderId">The person.</param>
    /// <param name="holderName">As it is to be printed.</param>
    /// <param name="validity">The dates.</param>
    /// <param name="replaces">The certificate that this one renews, or none.</param>
    /// <param name="now">UTC.</param>
    /// <param name="earning">What earned it; where it is left out, the attempt alone, in the cycle that the dates tell.</param>
    public Certificate(Programme programme, Guid? attemptId, Guid holderId, string holderName, Validity validity, Certificate? replaces, DateTime now, Earning? earning = null)
    {
        Id = Guid.CreateVersion7(now);
        Serial = Certifications.Serial.Draw().Value;
        ProgrammeId = programme.Id;
        AttemptId = attemptId;
        HolderId = holderId;
        HolderName = holderName;
        Title = programme.Title;
        Level = programme.Level;
        Covers = programme.Covers;
        Scope = programme.Scope;
        TimeZone = programme.TimeZone;
        ReminderDays = [.. programme.ReminderDays.OrderDescending()];
        IssuedAt = now;
        ValidFrom = validity.ValidFrom;
        LastValidDay = validity.LastValidDay;
        ValidUntil = validity.ValidUntil;
        RenewalOpensAt = validity.RenewalOpensAt;
        WholeLastValidDay = validity.WholeLastValidDay;
        Parts = validity.Parts;
        ReplacesId = replaces?.Id;
        AwardId = replaces?.AwardId ?? Guid.NewGuid();
        Cycle = earning?.Cycle ?? (replaces is null ? 1 : WholeLastValidDay == replaces.WholeLastValidDay ? replaces.Cycle : replaces.Cycle + 1);
        Cause = replaces is null ? CertificateCause.Issued : Cycle == replaces.Cycle ? CertificateCause.PartRepeated : CertificateCause.Renewed;
        EarnedAt = earning?.At ?? (Cause == CertificateCause.PartRepeated ? replaces!.EarnedAt : validity.ValidFrom);
        Facts = earning?.Facts ?? (Cause == CertificateCause.PartRepeated ? replaces!.Facts : []);
        NextReminderAt = ReminderDays.Count == 0 ? null : ReminderDueAt(ReminderDays[0]);
        KeepSuspension(replaces, now);
    }

    /// <summary>
    /// The same certificate with the holder's name put right: the same pass, dates and parts, and the reminders go on where
    /// they were. It takes the place of the other.
    /// </summary>
    /// <exception cref="InvalidOperationException">The other does not stand any more; ask <see cref="Stands"/> first.</exception>
    public static Certificate Corrected(Certificate wrong, string holderName, DateTime now)
    {
        if (!wrong.Stands)
        {
            throw new InvalidOperationException("The certificate does not stand any more.");
        }

        var corrected = new Certificate
        {
            Id = Guid.CreateVersion7(now),
            Serial = Certifications.Serial.Draw().Value,
            ProgrammeId = wrong.ProgrammeId,
            AttemptId = wrong.AttemptId,
            HolderId = wrong.HolderId,
            HolderName = holderName,
            Title = wrong.Title,
            Level = wrong.Level,
            Covers = wrong.Covers,
            Scope = wrong.Scope,
            TimeZone = wrong.TimeZone,
            ReminderDays = wrong.ReminderDays,
            IssuedAt = now,
            ValidFrom = wrong.ValidFrom,
            LastValidDay = wrong.LastValidDay,
            ValidUntil = wrong.ValidUntil,
            RenewalOpensAt = wrong.RenewalOpensAt,
            WholeLastValidDay = wrong.WholeLastValidDay,
            Parts = wrong.Parts,
            ReplacesId = wrong.Id,
            AwardId = wrong.AwardId,
            Cycle = wrong.Cycle,
            EarnedAt = wrong.EarnedAt,
            Facts = wrong.Facts,
            Cause = CertificateCause.Corrected,
            NextReminderAt = wrong.NextReminderAt,
        };
        corrected.KeepSuspension(wrong, now);
        wrong.Supersede(now);
        return corrected;
    }

    public Guid Id { get; private init; }

    /// <summary>17 letters, see <see cref="Certifications.Serial"/>.</summary>
    public string Serial { get; private init; } = "";

    public Guid ProgrammeId { get; private init; }

    /// <summary>The attempt that completed it or was passed again; none where that was a practical.</summary>
    public Guid? AttemptId { get; private init; }

    /// <summary>Which award of the whole it belongs to, from 1 for each holder and programme.</summary>
    public int Cycle { get; private init; }

    /// <summary>UTC: when the last thing was done that the whole needed.</summary>
    public DateTime EarnedAt { get; private init; }

    /// <summary>Everything that it rests on; empty on certificates from before this was kept.</summary>
    public IReadOnlyList<RequirementFact> Facts { get; private init; } = [];

    public Guid HolderId { get; private init; }

    public string HolderName { get; private set; } = "";

    public string Title { get; private init; } = "";

    public string Level { get; private init; } = "";

    public IReadOnlyList<Cover> Covers { get; private init; } = [];

    public string Scope { get; private init; } = "";

    /// <summary>IANA name of the zone in which <see cref="LastValidDay"/> is a day.</summary>
    public string TimeZone { get; private init; } = "";

    /// <summary>UTC.</summary>
    public DateTime IssuedAt { get; private init; }

    /// <summary>UTC, whole seconds.</summary>
    public DateTime ValidFrom { get; private init; }

    public DateOnly LastValidDay { get; private init; }

    /// <summary>UTC: the last second of <see cref="LastValidDay"/>.</summary>
    public DateTime ValidUntil { get; private init; }

    /// <summary>UTC: from here on it is expiring and may be renewed.</summary>
    public DateTime RenewalOpensAt { get; private init; }

    /// <summary>The last day that the exam's pass is good for; later than <see cref="LastValidDay"/> where a part ends before.</summary>
    public DateOnly WholeLastValidDay { get; private init; }

    /// <summary>The parts that are repeated more often than the whole, as they stood at issue.</summary>
    public IReadOnlyList<CertificatePart> Parts { get; private init; } = [];

    /// <summary>The part whose end is the certificate's; none where the whole ends with it or before.</summary>
    public CertificatePart? EndingPart => LastValidDay < WholeLastValidDay ? Parts.MinBy(part => part.LastValidDay) : null;

    public Guid? ReplacesId { get; private init; }

    /// <summary>The same for every issue of one award; none until one from before there were signed credentials gets its own.</summary>
    public Guid? AwardId { get; private set; }

    public CertificateCause Cause { get; private init; }

    /// <summary>The reminders promised at issue: days before the last valid day, most first.</summary>
    public IReadOnlyList<int> ReminderDays { get; private init; } = [];

    /// <summary>
    /// UTC instant at which the next reminder is due; none when no more will be. The index on it lets the job touch only
    /// what is due.
    /// </summary>
    public DateTime? NextReminderAt { get; private set; }

    /// <summary>UTC; none unless a renewal or correction took its place.</summary>
    public DateTime? SupersededAt { get; private set; }

    /// <summary>What happened to it, in order.</summary>
    public IReadOnlyList<CertificateEvent> Events => events;

    /// <summary>The one of <see cref="Events"/> that ended it for good, by which queries tell what was never revoked.</summary>
    public CertificateEvent? Revocation { get; private set; }

    /// <summary>The one of <see cref="Events"/> that put it on hold, while it is.</summary>
    public CertificateEvent? Suspension =>
        events.Where(row => row.Kind is CertificateEventKind.Suspended or CertificateEventKind.Reinstated).MaxBy(row => row.Number) is { Kind: CertificateEventKind.Suspended } suspension ? suspension : null;

    /// <summary>Its holder was erased: whoever asks for it learns what they would of one that never was.</summary>
    public bool IsWithdrawn => events.Exists(row => row.Kind == CertificateEventKind.Withdrawn);

    /// <summary>Neither ended for good nor replaced, whatever its dates say.</summary>
    public bool Stands => Revocation is null && SupersededAt is null && !IsWithdrawn;

    public int Revision { get; private set; }

    public CertificateStatus StatusAt(DateTime now)
    {
        if (Revocation is not null || IsWithdrawn)
        {
            return CertificateStatus.Revoked;
        }

        if (SupersededAt is not null)
        {
            return CertificateStatus.Superseded;
        }

        if (now >= ValidUntil.AddSeconds(1))
        {
            return CertificateStatus.Expired;
        }

        if (Suspension is not null)
        {
            return CertificateStatus.Suspended;
        }

        return now >= RenewalOpensAt ? CertificateStatus.Expiring : CertificateStatus.Active;
    }

    /// <summary>Why it cannot be revoked, or none.</summary>
    public RevokeRefusal? RefusalToRevoke() => Revocation is null ? null : RevokeRefusal.AlreadyRevoked;

    /// <exception cref="InvalidOperationException">Refused; ask <see cref="RefusalToRevoke"/> first.</exception>
    public void Revoke(RevocationReason reason, Guid actorId, DateTime now, string? note = null)
    {
        Demand(RefusalToRevoke());
        Revocation = Add(CertificateEventKind.Revoked, reason, note, actorId, now);
        NextReminderAt = null;
    }

    /// <summary>Why it cannot be put on hold, or none.</summary>
    public StandingRefusal? RefusalToSuspend() =>
        Revocation is not null ? StandingRefusal.AlreadyRevoked
        : SupersededAt is not null ? StandingRefusal.Superseded
        : Suspension is not null ? StandingRefusal.AlreadySuspended
        : null;

    /// <exception cref="InvalidOperationException">Refused; ask <see cref="RefusalToSuspend"/> first.</exception>
    public CertificateEvent Suspend(SuspensionReason reason, string? note, Guid actorId, DateTime now)
    {
        Demand(RefusalToSuspend());
        return Add(CertificateEventKind.Suspended, reason, note, actorId, now);
    }

    /// <summary>Why it cannot be taken off hold, or none.</summary>
    public StandingRefusal? RefusalToReinstate() =>
        Revocation is not null ? StandingRefusal.AlreadyRevoked
        : SupersededAt is not null ? StandingRefusal.Superseded
        : Suspension is null ? StandingRefusal.NotSuspended
        : null;

    /// <exception cref="InvalidOperationException">Refused; ask <see cref="RefusalToReinstate"/> first.</exception>
    public CertificateEvent Reinstate(ReinstatementReason reason, string? note, Guid actorId, DateTime now)
    {
        Demand(RefusalToReinstate());
        return Add(CertificateEventKind.Reinstated, reason, note, actorId, now);
    }

    /// <summary>Its holder is erased: it keeps no name, and to everyone outside it is as if it had never been.</summary>
    /// <exception cref="InvalidOperationException">It was withdrawn already.</exception>
    public void Withdraw(Guid actorId, DateTime now)
    {
        if (IsWithdrawn)
        {
            throw new InvalidOperationException("The certificate is withdrawn already.");
        }

        Add(CertificateEventKind.Withdrawn, WithdrawalReason.HolderErased, note: null, actorId, now);
        HolderName = PortalUser.ErasedName;
        NextReminderAt = null;
    }

    /// <summary>Takes its place among the issues of an award, which it had none of yet.</summary>
    public void JoinAward(Guid awardId)
    {
        AwardId ??= awardId;
        Revision++;
    }

    /// <summary>A newer issue took its place.</summary>
    public void Supersede(DateTime now)
    {
        SupersededAt = now;
        NextReminderAt = null;
        Revision++;
    }

    /// <summary>The instant at which the reminder of that many days before the last valid day is due (UTC).</summary>
    public DateTime ReminderDueAt(int daysBefore) => daysBefore == 0
        ? ValidUntil.AddSeconds(1)
        : Validity.StartOfDay(LastValidDay.AddDays(-daysBefore), TimeZoneInfo.FindSystemTimeZoneById(TimeZone));

    /// <summary>Whole days from now to the last valid day, in the programme's zone.</summary>
    public int DaysLeft(DateTime now) => LastValidDay.DayNumber - Today(now).DayNumber;

    /// <summary>Whole days from now to the end of the whole, in the programme's zone.</summary>
    public int DaysToWholeEnd(DateTime now) => WholeLastValidDay.DayNumber - Today(now).DayNumber;

    /// <summary>
    /// Every reminder that is due now and was not decided yet, the most urgent last, and moves on to the next one.
    /// </summary>
    public IReadOnlyList<int> TakeDueReminders(DateTime now)
    {
        var due = ReminderDays.Where(days => NextReminderAt is { } next && ReminderDueAt(days) >= next && ReminderDueAt(days) <= now).ToList();
        var later = ReminderDays.Where(days => ReminderDueAt(days) > now).ToList();
        NextReminderAt = later.Count == 0 ? null : ReminderDueAt(later[0]);
        Revision++;
        return due;
    }

    /// <summary>
    /// A notice goes out beside it in the same save: it counts as a change, so that whoever renews, revokes or erases at the
    /// same instant is not overtaken by a mail.
    /// </summary>
    internal void KeepNotice() => Revision++;

    private static void Demand<TRefusal>(TRefusal? refusal)
        where TRefusal : struct, Enum
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException($"Refused: {refusal}");
        }
    }

    private CertificateEvent Add(CertificateEventKind kind, Enum reason, string? note, Guid actorId, DateTime now)
    {
        var added = new CertificateEvent(Id, events.Count + 1, kind, reason, note, actorId, now);
        events.Add(added);
        Revision++;
        return added;
    }

    // Else whoever is on hold would pass once more and be free of it.
    private void KeepSuspension(Certificate? replaced, DateTime now)
    {
        if (replaced?.Suspension is { } suspension)
        {
            Add(CertificateEventKind.Suspended, suspension.ReasonAs<SuspensionReason>(), suspension.Note, suspension.ActorId, now);
        }
    }

    private DateOnly Today(DateTime now) => LocalDay.Of(now, TimeZone);
}

/// <summary>A part of a certificate with the last day on which it is good.</summary>
/// <param name="Slug">Of the course whose checks are repeated, of the exam or of the practical.</param>
/// <param name="Months">How long a repetition is good for.</param>
/// <param name="Kind">A course where nothing is said, as in rows from before there were others.</param>
public sealed record CertificatePart([property: JsonPropertyName("Course")] string Slug, string Name, int Months, DateOnly LastValidDay, RequirementKind Kind = RequirementKind.Course);

/// <summary>
/// That a reminder was decided: one row for each certificate and stage, by a unique index. A stage that a more urgent one
/// overtook is on record without a mail.
/// </summary>
public sealed class ReminderNotice
{
    public Guid CertificateId { get; init; }

    /// <summary>Days before the last valid day; 0 is the first day after it.</summary>
    public int DaysBefore { get; init; }

    /// <summary>UTC.</summary>
    public DateTime DecidedAt { get; init; }

    /// <summary>False: overtaken by a more urgent reminder in the same run.</summary>
    public bool Mailed { get; init; }
}
