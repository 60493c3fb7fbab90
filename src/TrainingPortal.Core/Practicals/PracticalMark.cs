namespace TrainingPortal.Practicals;

/// <summary>What an assessor saw of one step.</summary>
public enum StepVerdict
{
    Done,
    NotDone,

    /// <summary>The assessor could not see it; it counts like a step that was not done, since nobody can vouch for it.</summary>
    NotSeen,
}

/// <summary>What an assessor marked at one step; written when the step is first marked.</summary>
public sealed class PracticalMark
{
    /// <summary>Letters of a note at most.</summary>
    public const int NoteLength = 500;

    private PracticalMark()
    {
    }

    internal PracticalMark(Guid markingId, int step, StepVerdict? verdict, string? note, DateTime now)
    {
        MarkingId = markingId;
        Step = step;
        Write(verdict, note, now);
    }

    public Guid MarkingId { get; private init; }

    /// <summary>The step's place in the marking's own list, from 1.</summary>
    public int Step { get; private init; }

    /// <summary>None: a note was written and the step is still open.</summary>
    public StepVerdict? Verdict { get; private set; }

    public string? Note { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime MarkedAt { get; private set; }

    /// <summary>Saves so far; posted with the page, so that a stale page is told from a fresh one.</summary>
    public int Revision { get; private set; }

    internal void Write(StepVerdict? verdict, string? note, DateTime now)
    {
        Verdict = verdict;
        Note = note;
        MarkedAt = now;
        Revision++;
    }
}
