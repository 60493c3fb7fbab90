using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

public enum SubmitRefusal
{
    NotFound,

    /// <summary>The invigilator has stopped the clock.</summary>
    Paused,
}

/// <summary>What a submit leads to.</summary>
public enum Submitted
{
    Closed,

    /// <summary>Closed, and what follows from a pass is to be done.</summary>
    Passed,

    /// <summary>Critical items were missed: their twins follow, and then the attempt is handed in again.</summary>
    TwinsFollow,
}

/// <summary>
/// Hands in the actor's attempt with what was saved. An exam with a critical item missed goes on with that item's twin, once;
/// else the attempt closes, and the result is saved in the same save. Submitting again, or after the deadline, leads to the
/// same result.
/// </summary>
public sealed class SubmitAttempt(IDbContextFactory<PortalDbContext> databases, ItemBank bank, TimeProvider clock)
{
    /// <param name="actor">The person whose attempt it must be.</param>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="twinsShown">True: the page that was submitted showed the twins, so that a late second click on the first submit does not hand them in unseen.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Outcome<Submitted, SubmitRefusal>> RunAsync(Actor actor, Guid attemptId, bool twinsShown, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var attempt = await database.Attempts
                .Include(row => row.Paper)
                .Include(row => row.Answers)
                .AsSplitQuery()
                .FirstOrDefaultAsync(row => row.Id == attemptId && row.PersonId == actor.PersonId, cancellation);
            if (attempt is null)
            {
                return SubmitRefusal.NotFound;
            }

            if (attempt.ClosedAt is not null)
            {
                return Submitted.Closed;
            }

            if (attempt.PausedAt is not null)
            {
                return SubmitRefusal.Paused;
            }

            if (attempt is { Kind: QuizKind.Exam, TwinsFrom: not null } && !twinsShown && attempt.IsOpen(now))
            {
                return Submitted.TwinsFollow;
            }

            var twins = await TwinsAsync(database, attempt, now, cancellation);
            if (twins.Count > 0)
            {
                attempt.BringTwins(twins, now);
            }
            else
            {
                attempt.Close(now);
                await CardsAfterClosing.WriteAsync(database, attempt, cancellation);
            }

            try
            {
                await using var turn = await database.BeginWriteAsync(cancellation);
                await database.SaveChangesAsync(cancellation);
                await turn.CommitAsync(cancellation);
                return twins.Count > 0 ? Submitted.TwinsFollow : attempt.AwaitsAward ? Submitted.Passed : Submitted.Closed;
            }
            catch (DbUpdateConcurrencyException)
            {
                // An answer, another submit, or another attempt on the same cards was saved in between: read again, so that
                // what was acknowledged counts.
            }
            catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
            {
                // The same, where the other submit was first to say what was left open.
            }
        }
    }

    private async Task<IReadOnlyList<AskedItem>> TwinsAsync(PortalDbContext database, Attempt attempt, DateTime now, CancellationToken cancellation)
    {
        if (attempt.Kind != QuizKind.Exam || attempt.TwinsFrom is not null || !attempt.IsOpen(now))
        {
            return [];
        }

        var missed = attempt.MissedCriticals();
        if (missed.Count == 0)
        {
            return [];
        }

        var quiz = await database.Quizzes.AsNoTracking().FirstAsync(row => row.Id == attempt.QuizId, cancellation);
        var versions = await bank.VersionsAsync([.. attempt.Paper.Items.Select(item => item.ItemVersionId)], cancellation);
        return Paper.DrawTwins(attempt.Paper.Items, missed, versions.ToDictionary(version => version.Key, version => version.Value.ItemId), await bank.DrawableAsync(database, quiz, cancellation), attempt.Seed);
    }
}
