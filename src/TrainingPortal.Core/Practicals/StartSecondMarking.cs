using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

public enum StartSecondRefusal
{
    /// <summary>There is no such marking of the assessor's people, or it asks for no second one.</summary>
    NotFound,

    /// <summary>It is the assessor's own marking.</summary>
    OwnMarking,

    /// <summary>The first assessor has signed off, so that there is nothing left to watch.</summary>
    Closed,

    /// <summary>Another assessor is the second already.</summary>
    Taken,
}

/// <summary>
/// Marks a performance a second time while it goes on, or leads back to where this assessor has begun that. The result of a
/// second marking decides nothing; it tells how far two assessors agree.
/// </summary>
public sealed class StartSecondMarking(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="firstId">The marking that counts.</param>
    /// <returns>The second marking's id, or why there is none.</returns>
    public async Task<Outcome<Guid, StartSecondRefusal>> RunAsync(Actor actor, Guid firstId, CancellationToken cancellation)
    {
        actor.Demand(Act.MarkPracticals);
        var now = clock.GetUtcNow().UtcDateTime;
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var first = await database.MarkingsUnder(actor).AsNoTracking().FirstOrDefaultAsync(row => row.Id == firstId && row.AsksForSecond, cancellation);
            if (first is null)
            {
                return StartSecondRefusal.NotFound;
            }

            if (first.AssessorId == actor.PersonId)
            {
                return StartSecondRefusal.OwnMarking;
            }

            var begun = await database.PracticalMarkings
                .Where(row => row.DoubleOf == firstId && row.Result != PracticalResult.BrokenOff)
                .Select(row => new { row.Id, row.AssessorId })
                .FirstOrDefaultAsync(cancellation);
            if (begun is not null)
            {
                return begun.AssessorId == actor.PersonId ? begun.Id : StartSecondRefusal.Taken;
            }

            if (first.Result != PracticalResult.Open)
            {
                return StartSecondRefusal.Closed;
            }

            // The first one's row is taken and changed first: a sign-off or a breaking-off at the same moment comes wholly before
            // this or looks again.
            await using var turn = await database.BeginWriteAsync(cancellation);
            var open = await database.PracticalMarkings
                .Where(row => row.Id == firstId && row.Result == PracticalResult.Open)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.Revision, row => row.Revision + 1), cancellation);
            if (open == 0)
            {
                return StartSecondRefusal.Closed;
            }

            var second = new PracticalMarking(first, actor.PersonId, now);
            database.PracticalMarkings.Add(second);
            database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "second marking started", $"{second.Id} of {firstId}"));
            try
            {
                await database.SaveChangesAsync(cancellation);
                await turn.CommitAsync(cancellation);
                return second.Id;
            }
            catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
            {
                // Another click, or another assessor, was first: look again.
            }
        }
    }
}
