using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Lets the clock of every paused attempt of an exam run on, each with as much time left as when it was stopped.</summary>
public sealed class ResumeAll(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>How many run again; null where there is no such exam.</returns>
    public Task<int?> RunAsync(Actor actor, string examSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        var now = clock.GetUtcNow().UtcDateTime;
        return RoomActing.RunAsync(
            databases,
            actor,
            examSlug,
            open => open.Where(attempt => attempt.PausedAt != null),
            attempt => Resumed(attempt, actor, now),
            () => new AuditEntry(now, actor.PersonId, "exam resumed", examSlug),
            cancellation);
    }

    /// <summary>Resumes a paused attempt, and says by how much its deadline moved.</summary>
    internal static AttemptEvent Resumed(Attempt attempt, Actor actor, DateTime now)
    {
        var stood = now - attempt.PausedAt!.Value;
        attempt.Resume(now);
        return new AttemptEvent
        {
            Id = Guid.CreateVersion7(now),
            AttemptId = attempt.Id,
            Kind = AttemptEventKind.Resumed,
            At = now,
            Seconds = attempt.DeadlineAt is null ? null : (int)stood.TotalSeconds,
            ById = actor.PersonId,
        };
    }
}
