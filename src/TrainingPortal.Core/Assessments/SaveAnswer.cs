using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

public enum SaveAnswerRefusal
{
    NotFound,

    /// <summary>The attempt was submitted, or its time is over.</summary>
    Closed,

    /// <summary>Another page saved a different answer to this question since this page was shown.</summary>
    StalePage,

    /// <summary>No option was chosen, or one that the question does not have.</summary>
    NoSuchOption,
}

/// <summary>Saves the answer to one question; when it returns, the answer is in the database.</summary>
public sealed class SaveAnswer(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="actor">The person whose attempt it must be.</param>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="slot">The question, from 1.</param>
    /// <param name="places">The places of the chosen options on the page, from 0.</param>
    /// <param name="revision">The question's revision as the page was shown.</param>
    /// <param name="cancellation">Ends the wait, not the save.</param>
    /// <returns>The question's new revision, or why nothing was saved.</returns>
    public async Task<Outcome<int, SaveAnswerRefusal>> RunAsync(Actor actor, Guid attemptId, int slot, IReadOnlyCollection<int> places, int revision, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var question = await database.AttemptItems
            .Where(item => item.AttemptId == attemptId && item.Slot == slot)
            .Join(
                database.Attempts.Where(attempt => attempt.PersonId == actor.PersonId),
                item => item.AttemptId,
                attempt => attempt.Id,
                (item, attempt) => new { attempt.ClosedAt, attempt.DeadlineAt, item.Chosen, item.Revision })
            .FirstOrDefaultAsync(cancellation);
        if (question is null)
        {
            return SaveAnswerRefusal.NotFound;
        }

        if (question.ClosedAt is not null || now >= question.DeadlineAt)
        {
            return SaveAnswerRefusal.Closed;
        }

        if (ChosenPlaces.Of(places) is not { } chosen)
        {
            return SaveAnswerRefusal.NoSuchOption;
        }

        // The same answer again (a double click, a page sent twice) is saved already, whatever page it came from.
        if (question.Chosen == chosen)
        {
            return question.Revision;
        }

        var saved = await database.AttemptItems
            .Where(item => item.AttemptId == attemptId && item.Slot == slot && item.Revision == revision)
            .Where(item => database.Attempts.Any(attempt => attempt.Id == attemptId && attempt.ClosedAt == null))
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(item => item.Chosen, chosen)
                    .SetProperty(item => item.AnsweredAt, now)
                    .SetProperty(item => item.Revision, revision + 1),
                cancellation);
        if (saved == 1)
        {
            return revision + 1;
        }

        // Something was first: the same answer (the other post of a double click), another one, or the submit.
        var after = await database.AttemptItems
            .Where(item => item.AttemptId == attemptId && item.Slot == slot)
            .Select(item => new { item.Chosen, item.Revision, Closed = database.Attempts.Any(attempt => attempt.Id == attemptId && attempt.ClosedAt != null) })
            .FirstAsync(cancellation);
        if (after.Closed)
        {
            return SaveAnswerRefusal.Closed;
        }

        return after.Chosen == chosen ? after.Revision : SaveAnswerRefusal.StalePage;
    }
}
