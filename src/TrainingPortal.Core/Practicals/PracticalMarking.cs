namespace TrainingPortal.Practicals;

public enum PracticalResult
{
    /// <summary>Not signed off yet.</summary>
    Open,

    Passed,

    Failed,

    /// <summary>Broken off with a reason; it counts neither as passed nor as failed.</summary>
    BrokenOff,
}

/// <summary>
/// One time that an assessor watched a candidate. The steps are frozen at the start; each is marked and saved on its own;
/// signing off computes the result and seals it. A retake is another marking, and the earlier ones stay.
/// </summary>
public sealed class PracticalMarking
{
    public const int ShortestReason = 5;

    public const int ReasonLength = 300;

    private PracticalMarking()
    {
    }

    public PracticalMarking(Practical practical, Guid candidateId, Guid assessorId, int number, DateTime now)
    {
        Id = Guid.CreateVersion7(now);
        PracticalId = practical.Id;
        CandidateId = candidateId;
        AssessorId = assessorId;
        Number = number;
        StartedAt = now;
        Steps = practical.Steps;
        PassPercent = practical.PassPercent;
        Minutes = practical.Minutes;
        AsksForSecond = SecondMarking.IsAsked(Id, practical.TwicePercent);
    }

    /// <summary>Another assessor marks the same performance, by the same steps.</summary>
    /// <exception cref="InvalidOperationException">The first one is no first one, or is not open.</exception>
    public PracticalMarking(PracticalMarking first, Guid assessorId, DateTime now)
    {
        if (first.DoubleOf is not null || first.Result != PracticalResult.Open || first.AssessorId == assessorId || first.CandidateId == assessorId)
        {
            throw new InvalidOperationException("This marking takes no second one by this person.");
        }

        Id = Guid.CreateVersion7(now);
        PracticalId = first.PracticalId;
        CandidateId = first.CandidateId;
        AssessorId = assessorId;
        Number = first.Number;
        DoubleOf = first.Id;
        StartedAt = now;
        Steps = first.Steps;
        PassPercent = first.PassPercent;
        Minutes = first.Minutes;
    }

    public Guid Id { get; private init; }

    public Guid PracticalId { get; private init; }

    public Guid CandidateId { get; private init; }

    public Guid AssessorId { get; private init; }

    /// <summary>The candidate's how manieth time at this practical, from 1; a second marking has its first one's.</summary>
    public int Number { get; private init; }

    /// <summary>The marking that this one repeats for the sake of agreement; its result then decides nothing. None: this one counts.</summary>
    public Guid? DoubleOf { get; private init; }

    /// <summary>A second assessor is asked for, as long as this one is open.</summary>
    public bool AsksForSecond { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; private init; }

    /// <summary>UTC; the sign-off, or the instant at which it was broken off. None while it is open.</summary>
    public DateTime? SignedOffAt { get; private set; }

    public PracticalResult Result { get; private set; }

    /// <summary>The steps, the pass rule and the time as they were at the start.</summary>
    public IReadOnlyList<PracticalStep> Steps { get; private init; } = [];

    /// <summary>Per cent of the steps that are not critical.</summary>
    public int PassPercent { get; private init; }

    public int? Minutes { get; private init; }

    /// <summary>Why it was broken off.</summary>
    public string? Reason { get; private set; }

    /// <summary>
    /// True from a passing sign-off until it was decided what certificate comes of it. The filtered index on it is how the job
    /// finds what nobody has looked at, however many markings there are.
    /// </summary>
    public bool AwaitsAward { get; private set; }

    public int Revision { get; private set; }

    public List<PracticalMark> Marks { get; } = [];

    /// <summary>UTC; the candidate's time is over then. None: no limit.</summary>
    public DateTime? TimeOverAt => Minutes is { } minutes ? StartedAt.AddMinutes(minutes) : null;

    /// <summary>What the marks so far make of it.</summary>
    public MarkingScore Score() => MarkingRule.Judge(Steps, PassPercent, Marks.ToDictionary(mark => mark.Step, mark => mark.Verdict));

    /// <summary>Computes the result and seals it.</summary>
    /// <exception cref="InvalidOperationException">It is not open, or a step is.</exception>
    public void SignOff(DateTime now)
    {
        var score = Score();
        if (Result != PracticalResult.Open || score.Open.Count > 0)
        {
            throw new InvalidOperationException("The marking cannot be signed off.");
        }

        Result = score.Passed ? PracticalResult.Passed : PracticalResult.Failed;
        AwaitsAward = score.Passed && DoubleOf is null;
        SignedOffAt = now;
        Revision++;
    }

    /// <summary>It was decided what certificate comes of it.</summary>
    public void MarkAwarded()
    {
        AwaitsAward = false;
        Revision++;
    }

    /// <summary>Ends it without a result; what was marked stays on record.</summary>
    /// <param name="reason">None only where the candidate was erased.</param>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public void BreakOff(string? reason, DateTime now)
    {
        if (Result != PracticalResult.Open)
        {
            throw new InvalidOperationException("The marking is not open.");
        }

        Result = PracticalResult.BrokenOff;
        Reason = reason;
        SignedOffAt = now;
        Revision++;
    }
}
