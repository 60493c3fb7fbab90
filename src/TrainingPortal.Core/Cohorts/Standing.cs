namespace TrainingPortal.Cohorts;

/// <summary>Where a person of a cohort stands, the most pressing first.</summary>
public enum Standing
{
    /// <summary>Started, and in need of a word from the instructor; see <see cref="StuckReason"/>.</summary>
    Stuck,

    /// <summary>Joined, and has not read or tried anything yet.</summary>
    NotStarted,

    Started,

    /// <summary>The invitation is open.</summary>
    Invited,

    /// <summary>Passed the programme's exam.</summary>
    Passed,
}

/// <summary>Why a person counts as stuck.</summary>
public enum StuckReason
{
    /// <summary>Nothing read, started or handed in for <see cref="StandingRule.QuietDays"/> days.</summary>
    Quiet,

    /// <summary>The exam was not passed, and no attempt is free now.</summary>
    NoAttemptsLeft,
}

/// <summary>What a trainee of a cohort did in the newest cycle of the programme's courses. Instants are UTC.</summary>
/// <param name="LastActAt">When a lesson was last marked as read, or a check or an exam last started or handed in; none while nothing was.</param>
/// <param name="Exams">The attempts at the programme's exam, in any order.</param>
public sealed record TraineeFacts(DateTime? LastActAt, IReadOnlyList<ExamTry> Exams);

/// <param name="ClosedAt">None while it is open.</param>
public sealed record ExamTry(DateTime StartedAt, DateTime? ClosedAt, bool Passed);

/// <summary>So many attempts within so many days.</summary>
public sealed record AttemptLimit(int Most, int Days);

/// <param name="Reason">None unless stuck.</param>
/// <param name="Since">UTC: since when it is so; none where that is told by other facts.</param>
/// <param name="FreeAt">UTC: when the next attempt is free; none unless none is free now.</param>
public sealed record JudgedStanding(Standing Standing, DateTime? Since = null, StuckReason? Reason = null, DateTime? FreeAt = null);

/// <summary>Where a trainee stands: a pure rule, which the cohort's page tells in words.</summary>
public static class StandingRule
{
    /// <summary>So many days without anything done make a trainee who has started a stuck one.</summary>
    public const int QuietDays = 7;

    public static JudgedStanding Of(TraineeFacts facts, AttemptLimit? limit, DateTime now)
    {
        if (facts.Exams.Where(attempt => attempt.Passed).Min(attempt => attempt.ClosedAt) is { } passedAt)
        {
            return new JudgedStanding(Standing.Passed, passedAt);
        }

        if (facts.LastActAt is not { } lastActAt)
        {
            return new JudgedStanding(Standing.NotStarted);
        }

        if (NextFree(facts.Exams, limit, now) is { } freeAt)
        {
            return new JudgedStanding(Standing.Stuck, lastActAt, StuckReason.NoAttemptsLeft, freeAt);
        }

        return now >= lastActAt.AddDays(QuietDays)
            ? new JudgedStanding(Standing.Stuck, lastActAt, StuckReason.Quiet)
            : new JudgedStanding(Standing.Started, lastActAt);
    }

    // As at the exam's own door (ExamEntry): closed attempts that began within the days count.
    private static DateTime? NextFree(IReadOnlyList<ExamTry> exams, AttemptLimit? limit, DateTime now)
    {
        if (limit is null || exams.Any(attempt => attempt.ClosedAt is null))
        {
            return null;
        }

        var recent = exams.Where(attempt => attempt.StartedAt.AddDays(limit.Days) > now).OrderBy(attempt => attempt.StartedAt).ToList();
        return recent.Count >= limit.Most ? recent[^limit.Most].StartedAt.AddDays(limit.Days) : null;
    }
}
