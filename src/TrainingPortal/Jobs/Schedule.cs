using TrainingPortal.Jobs;

namespace TrainingPortal.Web.Jobs;

/// <summary>
/// When each job runs by itself, on one screen. A submit, or a job that leaves mail behind, also starts the next one at
/// once; the intervals are what catches up after a fault.
/// </summary>
public static class Schedule
{
    public static IReadOnlyList<(string Name, TimeSpan Every)> All { get; } =
    [
        (JobNames.Issue, TimeSpan.FromSeconds(15)),
        (JobNames.DeliverMail, TimeSpan.FromSeconds(15)),
        (JobNames.StatusLists, TimeSpan.FromMinutes(1)),
        (JobNames.CloseAttempts, TimeSpan.FromSeconds(30)),
        (JobNames.RenewalReminders, TimeSpan.FromHours(1)),
        (JobNames.Expire, TimeSpan.FromHours(1)),
        (JobNames.Invariants, TimeSpan.FromHours(24)),
    ];
}
