namespace TrainingPortal.Assessments;

/// <summary>More time or more attempts for one person at one quiz, in one cycle; several add up.</summary>
public sealed class Accommodation
{
    public const int ReasonLength = 300;
    public const int MostMinutes = 600;
    public const int MostAttempts = 20;

    public Guid Id { get; init; }

    /// <summary>The person's cycle; a new one starts without it.</summary>
    public Guid EnrollmentId { get; init; }

    public Guid QuizId { get; init; }

    /// <summary>Minutes on top of the quiz's own, from the next attempt on.</summary>
    public int ExtraMinutes { get; init; }

    public int ExtraAttempts { get; init; }

    public required string Reason { get; init; }

    public Guid GivenById { get; init; }

    /// <summary>UTC.</summary>
    public DateTime GivenAt { get; init; }

    /// <summary>UTC: it was taken back, and counts for no attempt that starts later; the row stays. None: it counts.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    public Guid? WithdrawnById { get; private set; }

    public string? WithdrawnReason { get; private set; }

    /// <summary>Takes it back.</summary>
    /// <exception cref="InvalidOperationException">It was taken back already.</exception>
    public void Withdraw(Guid personId, string reason, DateTime now)
    {
        if (WithdrawnAt is not null)
        {
            throw new InvalidOperationException("It was withdrawn already.");
        }

        (WithdrawnAt, WithdrawnById, WithdrawnReason) = (now, personId, reason);
    }
}
