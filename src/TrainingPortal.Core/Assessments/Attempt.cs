namespace TrainingPortal.Assessments;

public enum AttemptResult
{
    Passed,

    /// <summary>Below the pass mark.</summary>
    FailedScore,

    /// <summary>At or above the pass mark, below a domain's gate.</summary>
    FailedGate,

    /// <summary>A critical item was wrong or unanswered, whatever the score.</summary>
    FailedCritical,
}

/// <summary>Points of one domain in a closed attempt, beside its gate (per cent), if it has one.</summary>
public sealed record DomainScore(string Domain, int Points, int Of, int? GatePercent)
{
    /// <summary>Compared in whole points, so that no rounding decides.</summary>
    public bool GatePassed => GatePercent is not { } gate || Points * 100 >= gate * Of;
}

/// <summary>
/// One person's try at a quiz. The paper is drawn and frozen at the start; answers are saved one by one; closing it
/// grades what was saved, the same whether the person submits or the deadline passes.
/// </summary>
public sealed class Attempt
{
    private Attempt()
    {
    }

    public Attempt(Guid personId, Guid enrollmentId, Quiz quiz, int seed, DateTime now)
    {
        Id = Guid.CreateVersion7(now);
        PersonId = personId;
        EnrollmentId = enrollmentId;
        QuizId = quiz.Id;
        Kind = quiz.Kind;
        PassPercent = quiz.PassPercent;
        Blueprint = quiz.Blueprint;
        Seed = seed;
        StartedAt = now;
        DeadlineAt = quiz.Minutes is { } minutes ? now.AddMinutes(minutes) : null;
    }

    public Guid Id { get; private init; }

    public Guid PersonId { get; private init; }

    public Guid EnrollmentId { get; private init; }

    public Guid QuizId { get; private init; }

    public QuizKind Kind { get; private init; }

    /// <summary>The pass mark and the gates as they were at the start.</summary>
    public int PassPercent { get; private init; }

    public IReadOnlyList<BlueprintRow> Blueprint { get; private init; } = [];

    /// <summary>What the paper was drawn with.</summary>
    public int Seed { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; private init; }

    /// <summary>UTC; from this instant on no answer is taken. None: no time limit.</summary>
    public DateTime? DeadlineAt { get; private init; }

    /// <summary>UTC; none while the attempt is open. Past the deadline it is the deadline itself.</summary>
    public DateTime? ClosedAt { get; private set; }

    public AttemptResult? Result { get; private set; }

    public int? Points { get; private set; }

    public IReadOnlyList<DomainScore> Domains { get; private set; } = [];

    /// <summary>
    /// True from a passing exam until the certificate for it was made. The filtered index on it is how the job finds
    /// passes without a certificate, however many certificates there are.
    /// </summary>
    public bool AwaitsAward { get; private set; }

    public int Revision { get; private set; }

    public List<AttemptItem> Items { get; } = [];

    /// <summary>True while answers are taken.</summary>
    public bool IsOpen(DateTime now) => ClosedAt is null && !IsOverdue(now);

    /// <summary>True when the deadline has passed and nobody has closed it yet.</summary>
    public bool IsOverdue(DateTime now) => ClosedAt is null && now >= DeadlineAt;

    /// <summary>Grades what was saved and closes the attempt for good.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="questions">The item versions that were drawn, by id.</param>
    /// <exception cref="InvalidOperationException">It is closed already.</exception>
    public void Close(DateTime now, IReadOnlyDictionary<Guid, ItemVersion> questions)
    {
        if (ClosedAt is not null)
        {
            throw new InvalidOperationException("The attempt is closed already.");
        }

        foreach (var item in Items)
        {
            item.Grade(questions[item.ItemVersionId]);
        }

        ClosedAt = now >= DeadlineAt ? DeadlineAt : now;
        Domains =
        [
            .. Blueprint.Select(row =>
            {
                var items = Items.Where(item => item.Scored && item.Domain == row.Domain).ToList();
                return new DomainScore(row.Domain, items.Count(item => item.Correct == true), items.Count, row.GatePercent);
            }),
        ];
        Points = Domains.Sum(domain => domain.Points);
        Result = Judge(criticalMissed: Items.Any(item => item.Scored && item.Correct == false && questions[item.ItemVersionId].Critical));
        AwaitsAward = Kind == QuizKind.Exam && Result == AttemptResult.Passed;
        Revision++;
    }

    /// <summary>The certificate for this pass was made.</summary>
    public void MarkAwarded()
    {
        AwaitsAward = false;
        Revision++;
    }

    private AttemptResult Judge(bool criticalMissed)
    {
        if (Kind == QuizKind.Exam && criticalMissed)
        {
            return AttemptResult.FailedCritical;
        }

        if (Points * 100 < PassPercent * Items.Count(item => item.Scored))
        {
            return AttemptResult.FailedScore;
        }

        return Domains.All(domain => domain.GatePassed) ? AttemptResult.Passed : AttemptResult.FailedGate;
    }
}

/// <summary>One question of an attempt, frozen: the version drawn, the order of its options, and the answer saved.</summary>
public sealed class AttemptItem
{
    private AttemptItem()
    {
    }

    public AttemptItem(int slot, Guid itemVersionId, string domain, IReadOnlyList<int> optionOrder, bool scored = true)
    {
        Slot = slot;
        ItemVersionId = itemVersionId;
        Domain = domain;
        OptionOrder = optionOrder;
        Scored = scored;
    }

    public Guid AttemptId { get; private init; }

    /// <summary>From 1, in the order of the pages.</summary>
    public int Slot { get; private init; }

    public Guid ItemVersionId { get; private init; }

    public string Domain { get; private init; } = "";

    /// <summary>For each place on the page, the index of the option in the version.</summary>
    public IReadOnlyList<int> OptionOrder { get; private init; } = [];

    /// <summary>False: a pilot item, which counts for nothing and looks like the others.</summary>
    public bool Scored { get; private init; }

    /// <summary>The places that were chosen; none while unanswered.</summary>
    public ChosenPlaces? Chosen { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime? AnsweredAt { get; private set; }

    /// <summary>Answers saved so far; posted with the page, so that a stale page is told from a fresh one.</summary>
    public int Revision { get; private set; }

    /// <summary>None until the attempt is closed.</summary>
    public bool? Correct { get; private set; }

    // The revision moves on, so that an answer which waited for this save finds its page stale.
    internal void Grade(ItemVersion question)
    {
        Correct = Chosen is { } chosen && OptionOrder.Index().All(place => chosen.Has(place.Index) == question.Options[place.Item].Correct);
        Revision++;
    }
}
