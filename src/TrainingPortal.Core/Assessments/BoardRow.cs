using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>How a person in an exam stands, as the invigilator needs to know it.</summary>
public enum BoardState
{
    Working,

    /// <summary>No sign of life for <see cref="BoardRow.LostAfter"/>.</summary>
    LineLost,

    Paused,

    /// <summary>The paper is handed in, and the twins of missed critical items follow.</summary>
    Twins,

    HandedIn,
    TimeUp,
    Voided,
}

/// <summary>One attempt on the exam board; instants are UTC.</summary>
/// <param name="Answered">Questions with a whole answer saved.</param>
/// <param name="Items">Questions of the paper, twins with them.</param>
/// <param name="DeadlineAt">None: no time limit.</param>
/// <param name="Result">Of a closed attempt; only <see cref="AttemptResult.Voided"/> for who may not see results.</param>
public sealed record BoardRow(
    Guid AttemptId,
    string Name,
    string Email,
    DateTime StartedAt,
    int Answered,
    int Items,
    DateTime LastSeenAt,
    DateTime? PausedAt,
    DateTime? DeadlineAt,
    bool Twins,
    DateTime? ClosedAt,
    AttemptResult? Result)
{
    /// <summary>Three signs of life are missing by then (a page that is open gives one every 30 seconds).</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(90);

    /// <summary>The first that applies, from the end of an attempt backwards.</summary>
    public BoardState StateAt(DateTime now) =>
        Result == AttemptResult.Voided ? BoardState.Voided
        : ClosedAt is not null ? (ClosedAt == DeadlineAt ? BoardState.TimeUp : BoardState.HandedIn)
        : PausedAt is not null ? BoardState.Paused
        : now >= DeadlineAt ? BoardState.TimeUp
        : now - LastSeenAt >= LostAfter ? BoardState.LineLost
        : Twins ? BoardState.Twins
        : BoardState.Working;

    /// <summary>None where there is no time limit, or the attempt is closed; a stopped clock stands still.</summary>
    public TimeSpan? TimeLeftAt(DateTime now) =>
        ClosedAt is not null || DeadlineAt is not { } deadline ? null
        : deadline - (PausedAt ?? now) is var left && left > TimeSpan.Zero ? left
        : TimeSpan.Zero;
}

/// <summary>A board row as the database gives it.</summary>
internal sealed class BoardQuery
{
    public required Guid AttemptId { get; init; }

    public required string Name { get; init; }

    public required string? Email { get; init; }

    public required DateTime StartedAt { get; init; }

    public required int Answered { get; init; }

    public required IReadOnlyList<BlueprintRow> Blueprint { get; init; }

    public required IReadOnlyList<AskedItem>? WithTwins { get; init; }

    public required DateTime LastSeenAt { get; init; }

    public required DateTime? PausedAt { get; init; }

    public required DateTime? DeadlineAt { get; init; }

    public required DateTime? ClosedAt { get; init; }

    public required AttemptResult? Result { get; init; }

    /// <summary>Open ones first, by name.</summary>
    public static IQueryable<BoardQuery> Of(PortalDbContext database, IQueryable<Attempt> attempts) => attempts
        .Join(database.Users, attempt => attempt.PersonId, person => person.Id, (attempt, person) => new { attempt, person })
        .OrderBy(row => row.attempt.ClosedAt != null)
        .ThenBy(row => row.person.Name)
        .ThenBy(row => row.attempt.Id)
        .Select(row => new BoardQuery
        {
            AttemptId = row.attempt.Id,
            Name = row.person.Name,
            Email = row.person.Email,
            StartedAt = row.attempt.StartedAt,
            Answered = row.attempt.Answers.Count(answer => answer.Complete),
            Blueprint = row.attempt.Blueprint,

            // Papers are long, and as long as their blueprint: only one with twins has to be counted.
            WithTwins = database.Set<AttemptPaper>().Where(paper => paper.AttemptId == row.attempt.Id && row.attempt.TwinsFrom != null).Select(paper => paper.Items).FirstOrDefault(),
            LastSeenAt = row.attempt.LastSeenAt,
            PausedAt = row.attempt.PausedAt,
            DeadlineAt = row.attempt.DeadlineAt,
            ClosedAt = row.attempt.ClosedAt,
            Result = row.attempt.Result,
        });

    public BoardRow For(Actor actor) => new(
        AttemptId,
        Name,
        Email ?? "",
        StartedAt,
        Answered,
        WithTwins?.Count ?? Blueprint.Sum(row => row.Items + row.Pilots),
        LastSeenAt,
        PausedAt,
        DeadlineAt,
        WithTwins is not null,
        ClosedAt,
        Result == AttemptResult.Voided || Permissions.Allow(actor, Act.SeeResults) ? Result : null);
}
