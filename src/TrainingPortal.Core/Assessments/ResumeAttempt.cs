using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Lets the clock of one attempt run on, with as much time left as when it was stopped. Doing it twice changes nothing.</summary>
public sealed class ResumeAttempt(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
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

                if (attempt.PausedAt is null)
                {
                    return default(AttemptAct);
                }

                return new AttemptAct(
                    ResumeAll.Resumed(attempt, actor, now),
                    new AuditEntry(now, actor.PersonId, "attempt resumed", attemptId.ToString()));
            },
            cancellation);
    }
}
