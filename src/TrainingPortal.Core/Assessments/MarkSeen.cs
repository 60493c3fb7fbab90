using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>How an attempt stands, for the page that is open on it.</summary>
public enum AttemptStanding
{
    Running,

    /// <summary>An invigilator has stopped the clock.</summary>
    Paused,

    /// <summary>Handed in, voided, or its time is over.</summary>
    Closed,
}

public enum MarkSeenRefusal
{
    NotFound,
}

/// <summary>
/// The sign of life of a page that is open on the actor's attempt, for people who think long. It touches nothing else, so that
/// no save ever meets it.
/// </summary>
public sealed class MarkSeen(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<AttemptStanding, MarkSeenRefusal>> RunAsync(Actor actor, Guid attemptId, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var own = database.Attempts.Where(row => row.Id == attemptId && row.PersonId == actor.PersonId);
        var state = await own.Select(row => new { row.ClosedAt, row.PausedAt, row.DeadlineAt }).FirstOrDefaultAsync(cancellation);
        if (state is null)
        {
            return MarkSeenRefusal.NotFound;
        }

        if (state.ClosedAt is not null || (state.PausedAt is null && now >= state.DeadlineAt))
        {
            return AttemptStanding.Closed;
        }

        await own.Where(row => row.ClosedAt == null).ExecuteUpdateAsync(update => update.SetProperty(row => row.LastSeenAt, now), cancellation);
        return state.PausedAt is null ? AttemptStanding.Running : AttemptStanding.Paused;
    }
}
