using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <param name="People">Who belongs to it.</param>
public sealed record OrganisationLine(Guid Id, string Name, OrganisationKind Kind, int People);

/// <summary>The organisations, by name.</summary>
public sealed class ReadOrganisations(IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 50;

    /// <summary>Choices at most in a list to choose from.</summary>
    public const int MostChoices = 500;

    /// <param name="page">From 1.</param>
    /// <returns>The rows of the page and how many there are in all.</returns>
    public async Task<(IReadOnlyList<OrganisationLine> Lines, int Total)> RunAsync(Actor actor, int page, CancellationToken cancellation)
    {
        actor.Demand(Act.KeepOrganisations);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var total = await database.Organisations.CountAsync(cancellation);
        var lines = await Lines(database, database.Organisations)
            .Skip((Math.Max(page, 1) - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancellation);
        return (lines, total);
    }

    /// <summary>To choose from, <see cref="MostChoices"/> at most.</summary>
    public async Task<IReadOnlyList<OrganisationLine>> ChoicesAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.KeepOrganisations);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Lines(database, database.Organisations).Take(MostChoices).ToListAsync(cancellation);
    }

    /// <returns>Null where there is no such organisation.</returns>
    public async Task<OrganisationLine?> OneAsync(Actor actor, Guid organisationId, CancellationToken cancellation)
    {
        actor.Demand(Act.KeepOrganisations);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Lines(database, database.Organisations.Where(row => row.Id == organisationId)).FirstOrDefaultAsync(cancellation);
    }

    private static IQueryable<OrganisationLine> Lines(PortalDbContext database, IQueryable<Organisation> organisations) => organisations
        .OrderBy(row => row.NormalizedName)
        .Select(row => new OrganisationLine(
            row.Id,
            row.Name,
            row.Kind,
            database.OrganisationMembers.Count(member => member.OrganisationId == row.Id)));
}
