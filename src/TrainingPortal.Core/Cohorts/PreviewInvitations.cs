using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

/// <summary>Says what would become of each row of a list, before anything is saved or sent.</summary>
public sealed class PreviewInvitations(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>Null where there is no such cohort for this actor.</returns>
    public async Task<IReadOnlyList<ListedPerson>?> RunAsync(Actor actor, Guid cohortId, IReadOnlyList<ListedPerson> people, CancellationToken cancellation)
    {
        actor.Demand(Act.RunCohorts);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.CohortsOf(actor).AnyAsync(cohort => cohort.Id == cohortId, cancellation)
            ? await CohortListCheck.CheckAsync(database, cohortId, people, clock.GetUtcNow().UtcDateTime, cancellation)
            : null;
    }
}
