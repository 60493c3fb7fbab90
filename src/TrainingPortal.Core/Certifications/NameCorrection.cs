namespace TrainingPortal.Certifications;

/// <summary>
/// A holder asks that the name on a certificate be put right, and an administrator answers. It keeps the old name beside
/// the new one; of one person one is open at a time, by a unique index.
/// </summary>
public sealed class NameCorrection
{
    /// <summary>Letters of the holder's reason at most.</summary>
    public const int WhyLength = 500;

    /// <summary>Letters of the administrator's sentence at most.</summary>
    public const int AnswerLength = 500;

    /// <summary>Letters of a reason or an answer at least; fewer say nothing.</summary>
    public const int ShortestSentence = 5;

    public Guid Id { get; init; }

    /// <summary>The certificate whose name is wrong.</summary>
    public Guid CertificateId { get; init; }

    public Guid HolderId { get; init; }

    public required string OldName { get; init; }

    public required string NewName { get; init; }

    public required string Why { get; init; }

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; init; }

    /// <summary>UTC; none while it is open.</summary>
    public DateTime? SettledAt { get; private set; }

    public Guid? SettledById { get; private set; }

    /// <summary>The certificate that took the place of the wrong one; none while it is open, and where it was refused.</summary>
    public Guid? CorrectedId { get; private set; }

    /// <summary>What the holder was told; none while it is open or where it was approved.</summary>
    public string? Answer { get; private set; }

    /// <summary>Counts the changes: of two administrators at once, one settles it.</summary>
    public int Revision { get; private set; }

    public void Approve(Certificate corrected, Guid actorId, DateTime now)
    {
        Settle(actorId, now);
        CorrectedId = corrected.Id;
    }

    public void Refuse(string answer, Guid actorId, DateTime now)
    {
        Settle(actorId, now);
        Answer = answer;
    }

    private void Settle(Guid actorId, DateTime now)
    {
        if (SettledAt is not null)
        {
            throw new InvalidOperationException("The correction is settled already.");
        }

        (SettledAt, SettledById) = (now, actorId);
        Revision++;
    }
}
