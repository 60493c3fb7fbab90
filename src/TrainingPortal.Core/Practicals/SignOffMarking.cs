using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

public enum SignOffRefusal
{
    NotFound,

    /// <summary>The marking was broken off.</summary>
    BrokenOff,

    /// <summary>A step has no verdict yet.</summary>
    StepsOpen,

    /// <summary>A mark was saved, or a second assessor came, since the page was shown: the assessor may be about to sign something else.</summary>
    StalePage,

    /// <summary>The statement was not ticked.</summary>
    NotStated,
}

/// <summary>Seals a marking with the result that follows from its marks. Doing it twice changes nothing.</summary>
public sealed class SignOffMarking(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="actor">The assessor whose marking it must be.</param>
    /// <param name="stated">The assessor has stated that they watched the candidate and marked what they saw.</param>
    /// <param name="revision">The marking's revision as the page was shown.</param>
    public async Task<Outcome<PracticalResult, SignOffRefusal>> RunAsync(Actor actor, Guid markingId, bool stated, int revision, CancellationToken cancellation)
    {
        actor.Demand(Act.MarkPracticals);
        var now = clock.GetUtcNow().UtcDateTime;
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var marking = await database.MarkingsUnder(actor)
                .Include(row => row.Marks)
                .FirstOrDefaultAsync(row => row.Id == markingId && row.AssessorId == actor.PersonId, cancellation);
            switch (marking?.Result)
            {
                case null:
                    return SignOffRefusal.NotFound;
                case PracticalResult.Passed or PracticalResult.Failed:
                    return marking.Result;
                case PracticalResult.BrokenOff:
                    return SignOffRefusal.BrokenOff;
                case PracticalResult.Open:
                    break;
            }

            if (marking.Score().Open.Count > 0)
            {
                return SignOffRefusal.StepsOpen;
            }

            if (revision != marking.Revision)
            {
                return SignOffRefusal.StalePage;
            }

            if (!stated)
            {
                return SignOffRefusal.NotStated;
            }

            marking.SignOff(now);
            database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "practical signed off", $"{marking.Id} {marking.Result}"));
            try
            {
                await database.SaveChangesAsync(cancellation);
                return marking.Result;
            }
            catch (DbUpdateConcurrencyException)
            {
                // A mark, or the other click, was first: look again.
            }
        }
    }
}
