using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

/// <param name="Programme">Its title, or its slug where it is no longer in the course files.</param>
/// <param name="People">Who has joined.</param>
/// <param name="Invited">Whose invitation is open.</param>
public sealed record CohortLine(Guid Id, string Name, string Organisation, string Programme, DateOnly? TargetDay, int People, int Invited);

/// <summary>The cohorts of the actor's organisations, the newest first.</summary>
public sealed class ReadCohorts(IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 50;

    /// <param name="page">From 1.</param>
    /// <returns>The rows of the page and how many there are in all.</returns>
    public async Task<(IReadOnlyList<CohortLine> Lines, int Total)> RunAsync(Actor actor, int page, CancellationToken cancellation)
    {
        actor.Demand(Act.RunCohorts);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var cohorts = database.CohortsOf(actor);
        var total = await cohorts.CountAsync(cancellation);
        var lines = await cohorts
            .OrderByDescending(row => row.CreatedAt)
            .ThenBy(row => row.Id)
            .Skip((Math.Max(page, 1) - 1) * PageSize)
            .Take(PageSize)
            .Select(row => new CohortLine(
                row.Id,
                row.Name,
                database.Organisations.Where(organisation => organisation.Id == row.OrganisationId).Select(organisation => organisation.Name).First(),
                database.Programmes.Where(programme => programme.Slug == row.ProgrammeSlug).Select(programme => programme.Title).FirstOrDefault() ?? row.ProgrammeSlug,
                row.TargetDay,
                database.CohortMembers.Count(member => member.CohortId == row.Id),
                database.Invitations.Count(invitation => invitation.CohortId == row.Id && invitation.AcceptedAt == null && invitation.WithdrawnAt == null)))
            .ToListAsync(cancellation);
        return (lines, total);
    }
}
