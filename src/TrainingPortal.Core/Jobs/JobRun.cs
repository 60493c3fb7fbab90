namespace TrainingPortal.Jobs;

/// <summary>Who set a run going.</summary>
public enum JobOrigin
{
    Schedule,

    /// <summary>An administrator, on the jobs' page.</summary>
    Person,

    /// <summary>Whoever typed <c>jobs run</c>.</summary>
    Verb,
}

/// <summary>Where a run is; computed from what is on record and the time.</summary>
public enum JobRunState
{
    Running,
    Done,
    Failed,

    /// <summary>Somebody asked it to stop, or the portal was shut down; what was left is due still.</summary>
    Stopped,

    /// <summary>It has given no sign of life for <see cref="JobRun.Silence"/>: its process is gone.</summary>
    BrokenOff,
}

/// <summary>
/// One run of a job that did something, failed or was asked for. A run by the schedule that found nothing to do leaves no
/// row, only its time in <see cref="JobRecord"/>.
/// </summary>
public sealed class JobRun
{
    /// <summary>How long runs are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Longer than any single row takes.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required JobOrigin Origin { get; init; }

    /// <summary>The administrator who asked for it; none for the schedule and for the verb.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>The instant (UTC) as of which it decided.</summary>
    public required DateTime AsOf { get; init; }

    /// <summary>UTC: the last sign of life, or the end.</summary>
    public DateTime SeenAt { get; set; }

    /// <summary>UTC; none while it runs.</summary>
    public DateTime? FinishedAt { get; set; }

    /// <summary>How long it took.</summary>
    public int Milliseconds { get; set; }

    /// <summary>Rows done so far, and in all once it is finished.</summary>
    public int Rows { get; set; }

    /// <summary>Rows done and due, as far as it is known; none before the first were found.</summary>
    public int? Total { get; set; }

    /// <summary>UTC: somebody asked it to stop.</summary>
    public DateTime? StopAskedAt { get; set; }

    public bool Stopped { get; set; }

    /// <summary>What went wrong, for administrators.</summary>
    public string? Failure { get; set; }

    public JobRunState StateAt(DateTime now) => this switch
    {
        { Failure: not null } => JobRunState.Failed,
        { Stopped: true } => JobRunState.Stopped,
        { FinishedAt: not null } => JobRunState.Done,
        _ => now - SeenAt > Silence ? JobRunState.BrokenOff : JobRunState.Running,
    };

    /// <summary>Why it cannot be stopped, or none.</summary>
    public StopJobRefusal? RefusalToStop(DateTime now) => StateAt(now) == JobRunState.Running ? null : StopJobRefusal.NotRunning;
}

/// <summary>Who asked for a run.</summary>
/// <param name="PersonId">The administrator; none for the schedule and for the verb.</param>
public sealed record JobAsker(JobOrigin Origin, Guid? PersonId = null)
{
    public static JobAsker Schedule { get; } = new(JobOrigin.Schedule);

    public static JobAsker Verb { get; } = new(JobOrigin.Verb);
}
