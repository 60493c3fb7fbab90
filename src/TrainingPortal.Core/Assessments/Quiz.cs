namespace TrainingPortal.Assessments;

public enum QuizKind
{
    /// <summary>After a module: no time limit, any number of tries, answers explained at the end.</summary>
    Check,

    /// <summary>Timed, with gates and critical items; a pass counts towards a certificate.</summary>
    Exam,

    /// <summary>Short sets at any time, from what was missed and what is due again; explained at the end, and without a result.</summary>
    Practice,
}

/// <summary>What a person sees of a closed attempt besides whether it was passed.</summary>
public enum ReviewPolicy
{
    None,

    /// <summary>Points, by domain, and the topics of critical items that were missed.</summary>
    Score,

    /// <summary>Their own answers too, each with what it was worth.</summary>
    Answers,

    /// <summary>The keys and reasons too.</summary>
    Everything,
}

/// <summary>A knowledge check or an exam: what is drawn, how long it takes, what passes.</summary>
public sealed class Quiz
{
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>
    /// The certification that this exam belongs to; kept when another exam takes its place, so that no pass is lost. Other
    /// certifications may ask for it too.
    /// </summary>
    public Guid? ProgrammeId { get; set; }

    /// <summary>Unique in the portal; part of its address.</summary>
    public required string Slug { get; init; }

    public QuizKind Kind { get; set; }

    public required string Title { get; set; }

    /// <summary>The folder of the module that a check closes; none for an exam.</summary>
    public string? ModuleFolder { get; set; }

    /// <summary>A pass of this knowledge check may complete a certificate, since its course counts by itself.</summary>
    public bool Awards { get; set; }

    /// <summary>The time limit; none for a check.</summary>
    public int? Minutes { get; set; }

    /// <summary>Per cent of all points.</summary>
    public int PassPercent { get; set; }

    public IReadOnlyList<BlueprintRow> Blueprint { get; set; } = [];

    /// <summary>Attempts at most within <see cref="AttemptDays"/>; none: no limit.</summary>
    public int? MostAttempts { get; set; }

    public int? AttemptDays { get; set; }

    /// <summary>Hours to wait after a failed attempt.</summary>
    public int WaitHours { get; set; }

    /// <summary>UTC; attempts start from this instant on. None: at any time.</summary>
    public DateTime? OpensAt { get; set; }

    /// <summary>UTC; from this instant on no attempt starts. None: at any time.</summary>
    public DateTime? ClosesAt { get; set; }

    /// <summary>Slugs of the exams that must be passed first.</summary>
    public IReadOnlyList<string> Requires { get; set; } = [];

    public ReviewPolicy Review { get; set; }

    /// <summary>Questions of a practice set; none for checks and exams.</summary>
    public int? SetSize { get; set; }

    /// <summary>What keeping up practice earns at a renewal of this exam; none: nothing.</summary>
    public KeptUpRule? KeptUp { get; set; }

    /// <summary>No longer in the course's files.</summary>
    public bool Retired { get; set; }

    /// <summary>Items of an attempt, pilots with them.</summary>
    public int ItemCount => SetSize ?? Blueprint.Sum(row => row.Items + row.Pilots);

    /// <summary>Takes its shorter form, for one attempt: only of a row that was read without being tracked.</summary>
    internal void Shorten(KeptUpRule rule)
    {
        Blueprint = ShorterExam.Blueprint(Blueprint, rule.ItemsPercent);
        Minutes = Minutes is { } minutes ? ShorterExam.Minutes(minutes, rule.ItemsPercent) : null;
    }
}

/// <summary>How many items of a domain are drawn, and the gate: per cent of the domain's own points, or none.</summary>
/// <param name="Pilots">Unscored items of the domain that are tried out beside the others and look like them.</param>
/// <param name="Tags">A <see cref="TagExpression"/> that the items match; none for all of the domain.</param>
public sealed record BlueprintRow(string Domain, int Items, int? GatePercent, int Pilots = 0, string? Tags = null);
