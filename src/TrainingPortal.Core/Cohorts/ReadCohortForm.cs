using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

/// <param name="Organisations">The actor's own, by name.</param>
/// <param name="Programmes">That have courses now, by title.</param>
public sealed record CohortForm(IReadOnlyList<OrganisationChoice> Organisations, IReadOnlyList<ProgrammeChoice> Programmes);

public sealed record ProgrammeChoice(string Slug, string Title);

/// <summary>What there is to choose from when a cohort is made.</summary>
public sealed class ReadCohortForm(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Choices at most in each list.</summary>
    public const int Most = 100;

    public async Task<CohortForm> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.RunCohorts);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var organisations = await database.Organisations
            .Where(row => database.OrganisationMembers.Any(member => member.OrganisationId == row.Id && member.PersonId == actor.PersonId))
            .OrderBy(row => row.NormalizedName)
            .Take(Most)
            .Select(row => new OrganisationChoice(row.Id, row.Name))
            .ToListAsync(cancellation);
        var programmes = await database.Programmes
            .Where(row => database.Courses.Any(course => course.ProgrammeSlug == row.Slug && !course.Retired))
            .OrderBy(row => row.Title)
            .Take(Most)
            .Select(row => new ProgrammeChoice(row.Slug, row.Title))
            .ToListAsync(cancellation);
        return new CohortForm(organisations, programmes);
    }
}
