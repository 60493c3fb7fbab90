using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Takes back extra time or attempts, with a reason; the row stays, and attempts that began with it keep it. Doing it twice changes nothing.</summary>
public sealed class WithdrawAccommodation(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, AccommodationRefusal>> RunAsync(Actor actor, string examSlug, Guid enrollmentId, Guid accommodationId, string? typedReason, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var given = await database.Accommodations.FirstOrDefaultAsync(
            row => row.Id == accommodationId && row.EnrollmentId == enrollmentId
                && database.EnrollmentsUnder(actor).Any(cycle => cycle.Id == enrollmentId)
                && database.Exams().Any(quiz => quiz.Id == row.QuizId && quiz.Slug == examSlug),
            cancellation);
        if (given is null)
        {
            return AccommodationRefusal.NotFound;
        }

        if (given.WithdrawnAt is not null)
        {
            return accommodationId;
        }

        if (AttemptActing.Reason(typedReason) is not { } reason)
        {
            return AccommodationRefusal.ReasonMissing;
        }

        given.Withdraw(actor.PersonId, reason, now);
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "accommodation withdrawn", $"{examSlug} {enrollmentId}"));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else took it back at the same moment.
        }

        return accommodationId;
    }
}
