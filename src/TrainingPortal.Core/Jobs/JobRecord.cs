namespace TrainingPortal.Jobs;

/// <summary>How a job last went; one row a job.</summary>
public sealed class JobRecord
{
    public required string Name { get; init; }

    /// <summary>UTC.</summary>
    public DateTime LastStartedAt { get; set; }

    /// <summary>UTC; none while the first run is under way.</summary>
    public DateTime? LastFinishedAt { get; set; }

    /// <summary>How long the last finished run took, in milliseconds.</summary>
    public int LastMilliseconds { get; set; }

    /// <summary>Rows that the last finished run touched.</summary>
    public int LastRows { get; set; }

    public int Runs { get; set; }

    public int Failures { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? LastFailedAt { get; set; }

    /// <summary>What the last failure said, for administrators.</summary>
    public string? LastFailure { get; set; }
}
