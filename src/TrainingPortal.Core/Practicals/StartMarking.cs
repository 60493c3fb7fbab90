using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

public enum StartMarkingRefusal
{
    /// <summary>There is no such practical, or the person is none of the assessor's.</summary>
    NotFound,

    /// <summary>Nobody marks themselves.</summary>
    Yourself,

    /// <summary>Another assessor has one open with this candidate.</summary>
    OpenWithAnother,
}

/// <summary>Starts a marking, or leads back to the one that this assessor has open with the candidate.</summary>
public sealed class StartMarking(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>The marking's id, or why there is none.</returns>
    public async Task<Outcome<Guid, StartMarkingRefusal>> RunAsync(Actor actor, string slug, Guid candidateId, CancellationToken cancellation)
    {
        actor.Demand(Act.MarkPracticals);
        if (candidateId == actor.PersonId)
        {
            return StartMarkingRefusal.Yourself;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var practical = await database.Practicals.AsNoTracking().FirstOrDefaultAsync(row => row.Slug == slug && !row.Retired, cancellation);
            if (practical is null || !await database.CandidatesUnder(actor).AnyAsync(person => person.Id == candidateId, cancellation))
            {
                return StartMarkingRefusal.NotFound;
            }

            var before = database.PracticalMarkings.Where(row => row.CandidateId == candidateId && row.PracticalId == practical.Id && row.DoubleOf == null);
            var open = await before.Where(row => row.Result == PracticalResult.Open).Select(row => new { row.Id, row.AssessorId }).FirstOrDefaultAsync(cancellation);
            if (open is not null)
            {
                return open.AssessorId == actor.PersonId ? open.Id : StartMarkingRefusal.OpenWithAnother;
            }

            var number = (await before.MaxAsync(row => (int?)row.Number, cancellation) ?? 0) + 1;
            var marking = new PracticalMarking(practical, candidateId, actor.PersonId, number, now);
            database.PracticalMarkings.Add(marking);
            database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "practical started", $"{slug} {marking.Id}"));
            try
            {
                await database.SaveChangesAsync(cancellation);
                return marking.Id;
            }
            catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
            {
                // Another click, or another assessor, was first: look again.
            }
        }
    }
}
