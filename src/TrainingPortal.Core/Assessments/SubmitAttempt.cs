using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

public enum SubmitRefusal
{
    NotFound,
}

/// <summary>
/// Closes the actor's attempt with what was saved; the result is saved in the same save. Submitting again, or after the
/// deadline, leads to the same result.
/// </summary>
public sealed class SubmitAttempt(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, SubmitRefusal>> RunAsync(Actor actor, Guid attemptId, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!await database.Attempts.AnyAsync(row => row.Id == attemptId && row.PersonId == actor.PersonId, cancellation))
        {
            return SubmitRefusal.NotFound;
        }

        await AttemptClosing.CloseAsync(databases, attemptId, clock.GetUtcNow().UtcDateTime, cancellation);
        return attemptId;
    }
}
