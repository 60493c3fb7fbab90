using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Why an invigilator's act on one attempt is refused.</summary>
public enum InvigilateRefusal
{
    NotFound,

    /// <summary>Handed in, voided, or its time is over.</summary>
    Closed,

    /// <summary>There is no deadline that could be moved.</summary>
    NoTimeLimit,

    MinutesOutOfRange,

    /// <summary>Shorter than <see cref="AttemptEvent.ShortestReason"/> or longer than <see cref="AttemptEvent.ReasonLength"/>.</summary>
    ReasonMissing,

    /// <summary>The same form was sent before with something else in it.</summary>
    FormSentBefore,
}

/// <summary>What an act leaves behind besides the attempt itself.</summary>
internal sealed record AttemptAct(AttemptEvent Event, AuditEntry Audit);

/// <summary>Changes one attempt for an invigilator: the attempt, what happened and the audit in one save.</summary>
internal static class AttemptActing
{
    /// <param name="act">Changes the attempt; no act where it is already as it is wanted.</param>
    /// <returns>The attempt's id.</returns>
    public static async Task<Outcome<Guid, InvigilateRefusal>> RunAsync(
        IDbContextFactory<PortalDbContext> databases, Actor actor, Guid attemptId, Func<Attempt, Outcome<AttemptAct?, InvigilateRefusal>> act, CancellationToken cancellation)
    {
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var attempt = await database.AttemptsUnder(actor).Include(row => row.Paper).FirstOrDefaultAsync(row => row.Id == attemptId, cancellation);
            if (attempt is null)
            {
                return InvigilateRefusal.NotFound;
            }

            var acted = act(attempt);
            if (acted.Refusal is { } refusal)
            {
                return refusal;
            }

            if (acted.Value is not { } done)
            {
                return attemptId;
            }

            database.AttemptEvents.Add(done.Event);
            database.AuditEntries.Add(done.Audit);
            try
            {
                await database.SaveChangesAsync(cancellation);
                return attemptId;
            }
            catch (DbUpdateConcurrencyException)
            {
                // An answer, a submit or another invigilator was first: look again, and act on what is there now.
            }
            catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
            {
                // The form was sent before, and is named after its event: the first click did it, if it said the same.
                database.ChangeTracker.Clear();
                var (kind, seconds) = (done.Event.Kind, done.Event.Seconds);
                return await database.AttemptEvents.AnyAsync(row => row.Id == done.Event.Id && row.AttemptId == attemptId && row.Kind == kind && row.Seconds == seconds, cancellation)
                    ? attemptId
                    : InvigilateRefusal.FormSentBefore;
            }
        }
    }

    /// <summary>Trimmed, or null where it is too short or too long.</summary>
    public static string? Reason(string? typed) =>
        typed?.Trim() is { Length: >= AttemptEvent.ShortestReason and <= AttemptEvent.ReasonLength } reason ? reason : null;
}
