using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>
/// Ends an open attempt without a result, with a reason that its person reads. It counts neither as passed nor as tried, so
/// they may start again. Doing it twice changes nothing.
/// </summary>
public sealed class VoidAttempt(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public Task<Outcome<Guid, InvigilateRefusal>> RunAsync(Actor actor, Guid attemptId, string? typedReason, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        var now = clock.GetUtcNow().UtcDateTime;
        return AttemptActing.RunAsync(
            databases,
            actor,
            attemptId,
            attempt =>
            {
                if (attempt.Result == AttemptResult.Voided)
                {
                    return default(AttemptAct);
                }

                if (!attempt.IsOpen(now))
                {
                    return InvigilateRefusal.Closed;
                }

                if (AttemptActing.Reason(typedReason) is not { } reason)
                {
                    return InvigilateRefusal.ReasonMissing;
                }

                attempt.Void(now);
                return new AttemptAct(
                    new AttemptEvent { Id = Guid.CreateVersion7(now), AttemptId = attemptId, Kind = AttemptEventKind.Voided, At = now, Reason = reason, ById = actor.PersonId },
                    new AuditEntry(now, actor.PersonId, "attempt voided", attemptId.ToString()));
            },
            cancellation);
    }
}
