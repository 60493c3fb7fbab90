using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>One question as its page shows it. The key and the rationales are not in it.</summary>
/// <param name="Slot">From 1.</param>
/// <param name="Multiple">More than one option may be chosen; how many are right is not told.</param>
/// <param name="Chosen">The places that are saved, or none.</param>
/// <param name="Revision">Posted back with the answer.</param>
/// <param name="DeadlineAt">UTC, or none.</param>
/// <param name="Answered">For each slot in order, whether an answer is saved.</param>
public sealed record AttemptPage(
    Guid AttemptId,
    string QuizSlug,
    string QuizTitle,
    QuizKind Kind,
    int Slot,
    string Stem,
    IReadOnlyList<string> Options,
    bool Multiple,
    ChosenPlaces? Chosen,
    int Revision,
    DateTime? DeadlineAt,
    IReadOnlyList<bool> Answered);

public enum AttemptPageRefusal
{
    NotFound,

    /// <summary>The attempt is closed: its result is what there is to see.</summary>
    Closed,
}

/// <summary>A page of the actor's open attempt. One whose time is over is closed by being asked for.</summary>
public sealed class ReadAttemptPage(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="actor">The person whose attempt it must be.</param>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="slot">The question, from 1; none for the first that is unanswered, or else the last.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<Outcome<AttemptPage, AttemptPageRefusal>> RunAsync(Actor actor, Guid attemptId, int? slot, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var attempt = await database.Attempts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == attemptId && row.PersonId == actor.PersonId, cancellation);
        if (attempt is null)
        {
            return AttemptPageRefusal.NotFound;
        }

        if (!attempt.IsOpen(now))
        {
            await AttemptClosing.CloseAsync(databases, attemptId, now, cancellation);
            return AttemptPageRefusal.Closed;
        }

        var items = await database.AttemptItems.AsNoTracking().Where(item => item.AttemptId == attemptId).OrderBy(item => item.Slot).ToListAsync(cancellation);
        var shown = slot is null
            ? items.FirstOrDefault(item => item.Chosen is null) ?? items[^1]
            : items.FirstOrDefault(item => item.Slot == slot);
        if (shown is null)
        {
            return AttemptPageRefusal.NotFound;
        }

        var question = await database.ItemVersions.AsNoTracking().FirstAsync(version => version.Id == shown.ItemVersionId, cancellation);
        var quiz = await database.Quizzes.Where(row => row.Id == attempt.QuizId).Select(row => new { row.Slug, row.Title }).FirstAsync(cancellation);
        return new AttemptPage(
            attemptId,
            quiz.Slug,
            quiz.Title,
            attempt.Kind,
            shown.Slot,
            question.Stem,
            [.. shown.OptionOrder.Select(index => question.Options[index].Text)],
            question.Multiple,
            shown.Chosen,
            shown.Revision,
            attempt.DeadlineAt,
            [.. items.Select(item => item.Chosen is not null)]);
    }
}
