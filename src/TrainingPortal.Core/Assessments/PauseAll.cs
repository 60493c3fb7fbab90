using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Stops the clock of every open attempt of an exam at once: the fire alarm rings.</summary>
public sealed class PauseAll(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>How many were stopped; those that stood still already are not among them. Null where there is no such exam.</returns>
    public Task<int?> RunAsync(Actor actor, string examSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        var now = clock.GetUtcNow().UtcDateTime;
        return RoomActing.RunAsync(
            databases,
            actor,
            examSlug,
            open => open.Where(attempt => attempt.PausedAt == null && (attempt.DeadlineAt == null || attempt.DeadlineAt > now)),
            attempt =>
            {
                attempt.Pause(now);
                return new AttemptEvent { Id = Guid.CreateVersion7(now), AttemptId = attempt.Id, Kind = AttemptEventKind.Paused, At = now, ById = actor.PersonId };
            },
            () => new AuditEntry(now, actor.PersonId, "exam paused", examSlug),
            cancellation);
    }
}
