using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>One question as its page shows it. The key and the rationales are not in it.</summary>
/// <param name="Slot">From 1.</param>
/// <param name="Face">The answer's part of the page, with what is saved.</param>
/// <param name="Saved">Something is saved.</param>
/// <param name="Revision">Posted back with the answer.</param>
/// <param name="DeadlineAt">UTC, or none.</param>
/// <param name="PausedAt">UTC: the clock stands still; none while it runs.</param>
/// <param name="TwinsFrom">The first of the questions that followed a missed critical item; only they are open. None: all are.</param>
/// <param name="Answered">For each slot in order, whether a whole answer is saved.</param>
public sealed record AttemptPage(
    Guid AttemptId,
    string QuizSlug,
    string QuizTitle,
    QuizKind Kind,
    int Slot,
    string Stem,
    Face Face,
    bool Saved,
    Certainty? Certainty,
    int Revision,
    DateTime? DeadlineAt,
    DateTime? PausedAt,
    int? TwinsFrom,
    IReadOnlyList<bool> Answered)
{
    /// <summary>The first slot that may be answered.</summary>
    public int First => TwinsFrom ?? 1;
}

public enum AttemptPageRefusal
{
    NotFound,

    /// <summary>The attempt is closed: its result is what there is to see.</summary>
    Closed,
}

/// <summary>A page of the actor's open attempt. One whose time is over is closed by being asked for.</summary>
public sealed class ReadAttemptPage(IDbContextFactory<PortalDbContext> databases, ItemBank bank, TimeProvider clock)
{
    // Every page of every exam asks these two: compiled once, they cost a third less. Once for each portal in a process, since a
    // compiled query belongs to one model.
    private readonly Func<PortalDbContext, Guid, Guid, CancellationToken, Task<ShownAttempt?>> attemptOf = EF.CompileAsyncQuery(
        (PortalDbContext database, Guid attemptId, Guid personId, CancellationToken cancellation) => database.Attempts
            .Where(row => row.Id == attemptId && row.PersonId == personId)
            .Join(
                database.Quizzes,
                row => row.QuizId,
                quiz => quiz.Id,
                (row, quiz) => new ShownAttempt(row.Kind, row.ClosedAt, row.DeadlineAt, row.PausedAt, row.TwinsFrom, row.Paper.Items, quiz.Slug, quiz.Title))
            .FirstOrDefault());

    private readonly Func<PortalDbContext, Guid, IAsyncEnumerable<SavedAnswer>> answersOf = EF.CompileAsyncQuery(
        (PortalDbContext database, Guid attemptId) => database.Answers
            .Where(answer => answer.AttemptId == attemptId)
            .Select(answer => new SavedAnswer(answer.Slot, answer.Complete, answer.Response, answer.Certainty, answer.Revision)));

    /// <param name="actor">The person whose attempt it must be.</param>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="slot">The question, from 1; none for the first that is unanswered, or else the last.</param>
    /// <param name="posted">The fields of an answer that was refused: shown in the place of what is saved, as far as they can be read. None on a fresh page.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<Outcome<AttemptPage, AttemptPageRefusal>> RunAsync(Actor actor, Guid attemptId, int? slot, IReadOnlyList<string>? posted, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var attempt = await attemptOf(database, attemptId, actor.PersonId, cancellation);
        if (attempt is null)
        {
            return AttemptPageRefusal.NotFound;
        }

        if (attempt.ClosedAt is not null)
        {
            return AttemptPageRefusal.Closed;
        }

        if (attempt.PausedAt is null && now >= attempt.DeadlineAt)
        {
            return await AttemptClosing.CloseAsync(databases, attemptId, now, cancellation)
                ? AttemptPageRefusal.Closed
                : await RunAsync(actor, attemptId, slot, posted, cancellation);
        }

        var answers = new Dictionary<int, SavedAnswer>();
        await foreach (var answer in answersOf(database, attemptId).WithCancellation(cancellation))
        {
            answers.Add(answer.Slot, answer);
        }

        var open = attempt.Items.Where(item => item.Slot >= (attempt.TwinsFrom ?? 1)).ToList();
        var shown = slot is null || slot < attempt.TwinsFrom
            ? open.Find(item => !answers.TryGetValue(item.Slot, out var answer) || !answer.Complete) ?? open[^1]
            : open.Find(item => item.Slot == slot);
        if (shown is null)
        {
            return AttemptPageRefusal.NotFound;
        }

        var question = await bank.VersionAsync(shown.ItemVersionId, cancellation);
        var saved = answers.GetValueOrDefault(shown.Slot);
        var response = posted is null ? null : question.Interaction.Read(posted, shown.Order, saved?.Response).Response;
        return new AttemptPage(
            attemptId,
            attempt.Slug,
            attempt.Title,
            attempt.Kind,
            shown.Slot,
            question.Stem,
            question.Interaction.Show(shown.Order, response ?? saved?.Response),
            saved is not null,
            saved?.Certainty,
            saved?.Revision ?? 0,
            attempt.DeadlineAt,
            attempt.PausedAt,
            attempt.TwinsFrom,
            [.. attempt.Items.Select(item => answers.TryGetValue(item.Slot, out var answer) && answer.Complete)]);
    }

    private sealed record ShownAttempt(
        QuizKind Kind, DateTime? ClosedAt, DateTime? DeadlineAt, DateTime? PausedAt, int? TwinsFrom, IReadOnlyList<AskedItem> Items, string Slug, string Title);

    private sealed record SavedAnswer(int Slot, bool Complete, Response? Response, Certainty? Certainty, int Revision);
}
