using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Gives an open attempt more time, with a reason; a paused one too.</summary>
public sealed class ExtendAttempt(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <summary>At most, in one act.</summary>
    public const int MostMinutes = 120;

    /// <param name="actor">The invigilator.</param>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="formId">Made when the form was opened: sending it twice gives the time once.</param>
    /// <param name="minutes">From 1 to <see cref="MostMinutes"/>.</param>
    /// <param name="typedReason">Kept with the attempt.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Outcome<Guid, InvigilateRefusal>> RunAsync(Actor actor, Guid attemptId, Guid formId, int minutes, string? typedReason, CancellationToken cancellation)
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

                if (attempt.DeadlineAt is null)
                {
                    return InvigilateRefusal.NoTimeLimit;
                }

                if (minutes is < 1 or > MostMinutes)
                {
                    return InvigilateRefusal.MinutesOutOfRange;
                }

                if (AttemptActing.Reason(typedReason) is not { } reason)
                {
                    return InvigilateRefusal.ReasonMissing;
                }

                attempt.Extend(TimeSpan.FromMinutes(minutes));
                return new AttemptAct(
                    new AttemptEvent { Id = formId, AttemptId = attemptId, Kind = AttemptEventKind.Extended, At = now, Seconds = minutes * 60, Reason = reason, ById = actor.PersonId },
                    new AuditEntry(now, actor.PersonId, "attempt extended", attemptId.ToString()));
            },
            cancellation);
    }
}
