using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Assessments;

public enum AttemptResult
{
    Passed,

    /// <summary>Below the pass mark.</summary>
    FailedScore,

    /// <summary>At or above the pass mark, below a domain's gate.</summary>
    FailedGate,

    /// <summary>A critical item and its twin were missed, whatever the score.</summary>
    FailedCritical,

    /// <summary>Ended by an invigilator with a reason; it counts neither as passed nor as tried.</summary>
    Voided,

    /// <summary>A practice set: there is nothing to pass.</summary>
    Practised,
}

/// <summary>Points of one domain in a closed attempt, beside its gate (per cent), if it has one.</summary>
/// <param name="Points">In parts of an item's point, as many as <paramref name="Worth"/>.</param>
/// <param name="Of">The most that could be had, in the same parts.</param>
/// <param name="Worth">Parts of an item's point: 1 in attempts from before answers could be partly right.</param>
public sealed record DomainScore(string Domain, int Points, int Of, int? GatePercent, int Worth = 1)
{
    /// <summary>Compared in whole parts, so that no rounding decides.</summary>
    public bool GatePassed => GatePercent is not { } gate || Points * 100 >= gate * Of;
}

/// <summary>
/// One person's try at a quiz. The paper is drawn and frozen at the start; answers are saved and scored one by one; closing
/// it adds up what was saved, the same whether the person submits or the deadline passes.
/// </summary>
public sealed class Attempt
{
    /// <summary>Minutes that each twin has at least.</summary>
    public const int TwinMinutes = 2;

    private Attempt()
    {
    }

    public Attempt(Guid personId, Guid enrollmentId, Quiz quiz, IReadOnlyList<AskedItem> paper, int seed, DateTime now, int extraMinutes = 0)
    {
        Id = Guid.CreateVersion7(now);
        PersonId = personId;
        EnrollmentId = enrollmentId;
        QuizId = quiz.Id;
        Kind = quiz.Kind;
        Awards = quiz.Awards;
        PassPercent = quiz.PassPercent;
        Blueprint = quiz.Blueprint;
        Seed = seed;
        ItemWorth = Score.Full;
        StartedAt = now;
        LastSeenAt = now;
        DeadlineAt = quiz.Minutes is { } minutes ? now.AddMinutes(minutes + extraMinutes) : null;
        Paper = new AttemptPaper { AttemptId = Id, Items = paper };
    }

    public Guid Id { get; private init; }

    public Guid PersonId { get; private init; }

    public Guid EnrollmentId { get; private init; }

    public Guid QuizId { get; private init; }

    public QuizKind Kind { get; private init; }

    /// <summary>A pass of this knowledge check may complete a certificate; a pass of an exam always may.</summary>
    public bool Awards { get; private init; }

    /// <summary>The pass mark and the gates as they were at the start.</summary>
    public int PassPercent { get; private init; }

    public IReadOnlyList<BlueprintRow> Blueprint { get; private init; } = [];

    /// <summary>What the paper was drawn with.</summary>
    public int Seed { get; private init; }

    /// <summary>Parts of an item's point in <see cref="Points"/>: 1 in attempts from before answers could be partly right.</summary>
    public int ItemWorth { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; private init; }

    /// <summary>UTC; from this instant on no answer is taken. None: no time limit.</summary>
    public DateTime? DeadlineAt { get; private set; }

    /// <summary>UTC; the last instant at which an answer was saved or the page was known to be open.</summary>
    public DateTime LastSeenAt { get; private set; }

    /// <summary>UTC; since then no answer is taken and the clock stands still. None: it runs.</summary>
    public DateTime? PausedAt { get; private set; }

    /// <summary>The first slot of the twins; none before the paper was handed in with a critical item missed.</summary>
    public int? TwinsFrom { get; private set; }

    /// <summary>UTC; none while the attempt is open. Past the deadline it is the deadline itself.</summary>
    public DateTime? ClosedAt { get; private set; }

    public AttemptResult? Result { get; private set; }

    /// <summary>In parts of an item's point, as many as <see cref="ItemWorth"/>.</summary>
    public int? Points { get; private set; }

    /// <summary>The most that could be had, in the same parts; none while the attempt is open.</summary>
    public int? Of { get; private set; }

    public IReadOnlyList<DomainScore> Domains { get; private set; } = [];

    /// <summary>
    /// True from a pass that may complete a certificate until it was decided whether it does. The filtered index on it is how
    /// the job finds passes that nobody has looked at, however many certificates there are.
    /// </summary>
    public bool AwaitsAward { get; private set; }

    public int Revision { get; private set; }

    public AttemptPaper Paper { get; private init; } = null!;

    public List<Answer> Answers { get; } = [];

    /// <summary>True while answers are taken.</summary>
    public bool IsOpen(DateTime now) => ClosedAt is null && !IsOverdue(now);

    /// <summary>True when the deadline has passed and nobody has closed it yet; while it is paused, none passes.</summary>
    public bool IsOverdue(DateTime now) => ClosedAt is null && PausedAt is null && now >= DeadlineAt;

    /// <summary>Critical items of the paper that were missed and have had no second chance yet.</summary>
    public IReadOnlyList<AskedItem> MissedCriticals()
    {
        var answers = Answers.ToDictionary(answer => answer.Slot);
        return [.. Paper.Items.Where(item => item is { Scored: true, Critical: true } && (!answers.TryGetValue(item.Slot, out var answer) || answer.Dangerous))];
    }

    /// <summary>The paper is handed in, and these questions follow; from now on only they are answered.</summary>
    /// <param name="twins">Numbered on from the paper's own; each says whose twin it is.</param>
    /// <exception cref="InvalidOperationException">It is closed, overdue, or had its twins.</exception>
    public void BringTwins(IReadOnlyList<AskedItem> twins, DateTime now)
    {
        if (!IsOpen(now) || TwinsFrom is not null || twins.Count == 0)
        {
            throw new InvalidOperationException("The attempt takes no twins.");
        }

        TwinsFrom = Paper.Items.Count + 1;
        Paper.Items = [.. Paper.Items, .. twins];
        if (DeadlineAt is { } deadline)
        {
            var least = now.AddMinutes(TwinMinutes * twins.Count);
            DeadlineAt = deadline < least ? least : deadline;
        }

        Revision++;
    }

    /// <summary>Adds up what was saved and closes the attempt for good.</summary>
    /// <param name="now">UTC.</param>
    /// <exception cref="InvalidOperationException">It is closed already.</exception>
    public void Close(DateTime now)
    {
        if (ClosedAt is not null)
        {
            throw new InvalidOperationException("The attempt is closed already.");
        }

        var answered = Answers.Select(answer => answer.Slot).ToHashSet();
        Answers.AddRange(Paper.Items.Where(item => !answered.Contains(item.Slot)).Select(item => Answer.Open(Id, item)));
        var points = Answers.ToDictionary(answer => answer.Slot, answer => answer.Points);
        ClosedAt = now >= DeadlineAt ? DeadlineAt : now;
        Domains = Kind == QuizKind.Practice
            ? [.. Paper.Items.Select(item => item.Domain).Distinct().Order(StringComparer.Ordinal).Select(domain => Score(domain, gatePercent: null))]
            : [.. Blueprint.GroupBy(row => row.Domain).Select(rows => Score(rows.Key, rows.Max(row => row.GatePercent)))];
        Points = Domains.Sum(domain => domain.Points);
        Of = Domains.Sum(domain => domain.Of);
        Result = Judge();
        AwaitsAward = (Kind == QuizKind.Exam || Awards) && Result == AttemptResult.Passed;
        Revision++;

        DomainScore Score(string domain, int? gatePercent)
        {
            var items = Paper.Items.Where(item => item.Scored && item.Domain == domain).ToList();
            return new DomainScore(domain, items.Sum(item => points[item.Slot]), items.Count * ItemWorth, gatePercent, ItemWorth);
        }
    }

    /// <summary>Ends the attempt without a result; what was saved stays on record.</summary>
    /// <exception cref="InvalidOperationException">It is closed already.</exception>
    public void Void(DateTime now)
    {
        if (ClosedAt is not null)
        {
            throw new InvalidOperationException("The attempt is closed already.");
        }

        ClosedAt = now;
        Result = AttemptResult.Voided;
        Points = 0;
        Of = Paper.Items.Count(item => item.Scored) * ItemWorth;
        Revision++;
    }

    /// <summary>The clock stands still until <see cref="Resume"/>.</summary>
    /// <exception cref="InvalidOperationException">It is not open, or paused already.</exception>
    public void Pause(DateTime now)
    {
        if (!IsOpen(now) || PausedAt is not null)
        {
            throw new InvalidOperationException("The attempt is not running.");
        }

        PausedAt = now;
        Revision++;
    }

    /// <summary>The clock runs on, with as much time left as at the pause.</summary>
    /// <exception cref="InvalidOperationException">It is not paused.</exception>
    public void Resume(DateTime now)
    {
        if (PausedAt is not { } since || ClosedAt is not null)
        {
            throw new InvalidOperationException("The attempt is not paused.");
        }

        PausedAt = null;
        DeadlineAt += now - since;
        Revision++;
    }

    /// <summary>Moves the deadline.</summary>
    /// <param name="time">Greater than zero.</param>
    /// <exception cref="InvalidOperationException">It is closed, or has no deadline.</exception>
    public void Extend(TimeSpan time)
    {
        if (ClosedAt is not null || DeadlineAt is null)
        {
            throw new InvalidOperationException("The attempt has no deadline to move.");
        }

        DeadlineAt += time;
        Revision++;
    }

    /// <summary>The certificate for this pass was made, or there is none to make.</summary>
    public void MarkAwarded()
    {
        AwaitsAward = false;
        Revision++;
    }

    private AttemptResult Judge()
    {
        if (Kind == QuizKind.Practice)
        {
            return AttemptResult.Practised;
        }

        if (Kind == QuizKind.Exam && CriticalFailed())
        {
            return AttemptResult.FailedCritical;
        }

        if (Points * 100 < PassPercent * Of)
        {
            return AttemptResult.FailedScore;
        }

        return Domains.All(domain => domain.GatePassed) ? AttemptResult.Passed : AttemptResult.FailedGate;
    }

    private bool CriticalFailed()
    {
        var dangerous = Answers.ToDictionary(answer => answer.Slot, answer => answer.Dangerous);
        var saved = Paper.Items.Where(item => item.TwinOf is not null && !dangerous[item.Slot]).Select(item => item.TwinOf).ToHashSet();
        return MissedCriticals().Any(item => !saved.Contains(item.Slot));
    }
}
