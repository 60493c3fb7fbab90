namespace TrainingPortal.Assessments;

/// <summary>A trainee says that a question is faulty; seen beside the item's figures until an instructor has answered it.</summary>
public sealed class ItemReport
{
    public const int TextLength = 1000;

    public Guid Id { get; init; }

    public Guid AttemptId { get; init; }

    public int Slot { get; init; }

    public Guid ItemVersionId { get; init; }

    public required string Text { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ReportedAt { get; init; }

    /// <summary>UTC; none while it is open.</summary>
    public DateTime? SettledAt { get; set; }

    public Guid? SettledById { get; set; }
}
