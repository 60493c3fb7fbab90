using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

public enum BreakOffRefusal
{
    NotFound,

    /// <summary>The marking was signed off.</summary>
    SignedOff,

    /// <summary>Shorter than <see cref="PracticalMarking.ShortestReason"/> or longer than <see cref="PracticalMarking.ReasonLength"/>.</summary>
    ReasonMissing,
}

/// <summary>
/// Ends an open marking without a result, with a reason that the candidate reads. What was marked stays on record, and a
/// second marking that goes on beside it ends with it. Any assessor of the candidate's organisations may do it, so that none
/// stays open for good. Doing it twice changes nothing.
/// </summary>
public sealed class BreakOffMarking(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, BreakOffRefusal>> RunAsync(Actor actor, Guid markingId, string? typedReason, CancellationToken cancellation)
    {
        actor.Demand(Act.MarkPracticals);
        var now = clock.GetUtcNow().UtcDateTime;
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var open = await database.MarkingsUnder(actor)
                .Where(row => row.Id == markingId || (row.DoubleOf == markingId && row.Result == PracticalResult.Open))
                .ToListAsync(cancellation);
            switch (open.FirstOrDefault(row => row.Id == markingId)?.Result)
            {
                case null:
                    return BreakOffRefusal.NotFound;
                case PracticalResult.BrokenOff:
                    return markingId;
                case PracticalResult.Passed or PracticalResult.Failed:
                    return BreakOffRefusal.SignedOff;
                case PracticalResult.Open:
                    break;
            }

            if (typedReason?.Trim() is not { Length: >= PracticalMarking.ShortestReason and <= PracticalMarking.ReasonLength } reason)
            {
                return BreakOffRefusal.ReasonMissing;
            }

            foreach (var marking in open)
            {
                marking.BreakOff(reason, now);
                database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "practical broken off", marking.Id.ToString()));
            }

            try
            {
                await database.SaveChangesAsync(cancellation);
                return markingId;
            }
            catch (DbUpdateConcurrencyException)
            {
                // A mark or a sign-off was first: look again.
            }
        }
    }
}
