using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Stops the clock of one attempt; until it runs again no answer is taken. Doing it twice changes nothing.</summary>
public sealed class PauseAttempt(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public Task<Outcome<Guid, InvigilateRefusal>> RunAsync(Actor actor, Guid attemptId, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        var now = clock.GetUtcNow().UtcDateTime;
        return AttemptActing.RunAsync(
            databases,
            actor,
            attemptId,
            attempt =>
            {
                if (!attempt.IsOpen(now))
                {
                    return InvigilateRefusal.Closed;
                }

                if (attempt.PausedAt is not null)
                {
                    return default(AttemptAct);
                }

                attempt.Pause(now);
                return new AttemptAct(
                    new AttemptEvent { Id = Guid.CreateVersion7(now), AttemptId = attemptId, Kind = AttemptEventKind.Paused, At = now, ById = actor.PersonId },
                    new AuditEntry(now, actor.PersonId, "attempt paused", attemptId.ToString()));
            },
            cancellation);
    }
}
