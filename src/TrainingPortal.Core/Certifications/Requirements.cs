using System.Text.Json.Serialization;

namespace TrainingPortal.Certifications;

/// <summary>What kind of thing a programme asks for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequirementKind>))]
public enum RequirementKind
{
    /// <summary>Every knowledge check of a course.</summary>
    Course,

    /// <summary>A passed exam.</summary>
    Exam,

    /// <summary>A practical that an assessor signed off.</summary>
    Practical,
}

/// <summary>One thing that must be done to earn a certificate.</summary>
/// <param name="Slug">Of the course, the exam or the practical.</param>
/// <param name="Months">How long it is good for by itself; none: as long as the whole.</param>
public sealed record Requirement(RequirementKind Kind, string Slug, int? Months);

/// <summary>That somebody did one of the things that a programme asks for.</summary>
/// <param name="Slug">Of the course, the exam or the practical.</param>
/// <param name="Id">Of the passed attempt, the marking, or the cycle in which the course was completed.</param>
/// <param name="At">UTC.</param>
/// <param name="AttemptId">The attempt that it came of; none for a practical.</param>
public sealed record RequirementFact(RequirementKind Kind, string Slug, Guid Id, DateTime At, Guid? AttemptId);

/// <summary>How far one requirement has come in the present cycle.</summary>
/// <param name="Fact">What fulfils it, or did; none where it was never done in this cycle.</param>
/// <param name="LastValidDay">The last day, in the programme's zone, on which the fact counts.</param>
public sealed record RequirementState(Requirement Requirement, RequirementFact? Fact, DateOnly? LastValidDay, bool Fulfilled)
{
    /// <summary>It was done, and too long ago.</summary>
    public bool Lapsed => Fact is not null && !Fulfilled;
}

/// <summary>Where a person's present cycle of a programme begins.</summary>
/// <param name="Number">From 1; one more with each award of the whole.</param>
/// <param name="After">UTC: when the last award was earned; none in the first cycle.</param>
/// <param name="PracticalsFrom">UTC: a practical without months of its own counts for a renewal from this instant on.</param>
/// <param name="Used">Facts that the last award rests on.</param>
public sealed record RequirementCycle(int Number, DateTime? After, DateTime? PracticalsFrom, IReadOnlySet<Guid> Used)
{
    public static RequirementCycle First { get; } = new(1, null, null, new HashSet<Guid>());

    /// <summary>The cycle after the newest award.</summary>
    /// <param name="newest">The newest certificate of the person and programme, whatever became of it.</param>
    public static RequirementCycle Following(Certificate? newest, Programme programme)
    {
        if (newest is null)
        {
            return First;
        }

        var opens = Validity.StartOfDay(newest.WholeLastValidDay.AddDays(-programme.RenewalWindowDays), TimeZoneInfo.FindSystemTimeZoneById(programme.TimeZone));
        return new RequirementCycle(
            newest.Cycle + 1,
            newest.EarnedAt,
            newest.Stands ? opens : null,
            newest.Facts.Where(fact => fact.At <= newest.EarnedAt).Select(fact => fact.Id).Concat(newest.AttemptId is { } attempt ? [attempt] : []).ToHashSet());
    }

    internal bool Counts(RequirementFact fact, Requirement requirement) =>
        (After is not { } after || fact.At > after || (fact.At == after && !Used.Contains(fact.Id)))
        && (requirement is not { Kind: RequirementKind.Practical, Months: null } || PracticalsFrom is not { } from || fact.At >= from);
}

/// <summary>What of a programme is done and what is missing: a pure function of the facts, in any order.</summary>
public static class RequirementRule
{
    /// <param name="asked">Everything that the programme asks for.</param>
    /// <param name="facts">Of one person; those of other programmes and cycles are passed over.</param>
    /// <param name="cycle">Where the person's present cycle begins.</param>
    /// <param name="programme">For its zone and months.</param>
    /// <param name="now">UTC.</param>
    /// <returns>In the order in which they are asked.</returns>
    public static IReadOnlyList<RequirementState> StatesOf(IEnumerable<Requirement> asked, IReadOnlyCollection<RequirementFact> facts, RequirementCycle cycle, Programme programme, DateTime now)
    {
        // A pass that is older than a certificate may be says nothing of today. It must still be good on the day of the last
        // thing done, which is the day of the award: a job that runs late takes nothing from anybody.
        var counted = asked
            .Select(requirement => (Requirement: requirement, Facts: facts.Where(fact => fact.Kind == requirement.Kind && fact.Slug == requirement.Slug && cycle.Counts(fact, requirement)).ToList()))
            .Select(row => (row.Requirement, Fact: row.Requirement.Kind == RequirementKind.Exam ? row.Facts.MinBy(fact => fact.At) : row.Facts.MaxBy(fact => fact.At)))
            .ToList();
        var whole = counted.TrueForAll(row => row.Fact is not null);
        var day = LocalDay.Of(whole ? counted.Select(row => row.Fact!.At).DefaultIfEmpty(now).Max() : now, programme.TimeZone);
        return
        [
            .. counted.Select(row =>
            {
                DateOnly? last = row.Fact is null ? null : LocalDay.Of(row.Fact.At, programme.TimeZone).AddMonths(row.Requirement.Months ?? programme.ValidityMonths);
                return new RequirementState(row.Requirement, row.Fact, last, last >= day);
            }),
        ];
    }

    /// <summary>Everything is done.</summary>
    public static bool IsEarned(IReadOnlyCollection<RequirementState> states) => states.Count > 0 && states.All(state => state.Fulfilled);
}

/// <summary>What earned a certificate.</summary>
/// <param name="Cycle">From 1; the same for everything issued under one award of the whole.</param>
/// <param name="At">UTC: when the last thing was done that the whole needed.</param>
/// <param name="Facts">Everything that it rests on; empty on certificates from before this was kept.</param>
/// <param name="AttemptId">The attempt that completed it or was passed again; none where that was a practical.</param>
public sealed record Earning(int Cycle, DateTime At, IReadOnlyList<RequirementFact> Facts, Guid? AttemptId);
