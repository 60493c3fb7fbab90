using TrainingPortal.Jobs;

namespace TrainingPortal.Web.Jobs;

/// <summary>When a job runs by itself.</summary>
/// <param name="Every">How often it is looked at.</param>
/// <param name="At">The time of day, in the portal's zone, from which on it runs, once a day; none: each time.</param>
public sealed record ScheduledJob(string Name, TimeSpan Every, TimeOnly? At = null)
{
    /// <summary>
    /// Whether it is to run. A daily job is, once its time has passed since it last began, so that a portal that was away at
    /// that time makes up for it; and again after a failure.
    /// </summary>
    /// <param name="last">How it last went; none where it never ran.</param>
    /// <param name="now">UTC.</param>
    /// <param name="timeZone">IANA name of the portal's zone; none: UTC.</param>
    public bool IsDue(JobRecord? last, DateTime now, string? timeZone)
    {
        if (At is not { } time || last is null)
        {
            return true;
        }

        var today = LocalDay.Of(now, timeZone);
        var due = LocalDay.At(today, time, timeZone);
        due = due <= now ? due : LocalDay.At(today.AddDays(-1), time, timeZone);
        return last.LastStartedAt < due || (last.LastFailedAt is { } failed && failed == last.LastFinishedAt);
    }
}

/// <summary>
/// When each job runs by itself, on one screen. A submit, or a job that leaves mail behind, also starts the next one at
/// once; the intervals are what catches up after a fault.
/// </summary>
public static class Schedule
{
    public static IReadOnlyList<ScheduledJob> All { get; } =
    [
        new(JobNames.Issue, TimeSpan.FromSeconds(15)),
        new(JobNames.DeliverMail, TimeSpan.FromSeconds(15)),
        new(JobNames.StatusLists, TimeSpan.FromMinutes(1)),
        new(JobNames.CloseAttempts, TimeSpan.FromSeconds(30)),
        new(JobNames.RenewalReminders, TimeSpan.FromHours(1)),
        new(JobNames.Expire, TimeSpan.FromHours(1)),
        new(JobNames.Invariants, TimeSpan.FromMinutes(15), new TimeOnly(2, 30)),
        new(JobNames.Retention, TimeSpan.FromMinutes(15), new TimeOnly(3, 30)),
    ];
}
