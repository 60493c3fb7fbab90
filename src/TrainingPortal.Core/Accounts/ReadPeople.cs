using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <summary>A person as an administrator sees them.</summary>
/// <param name="Confirmed">False: the address was never confirmed, and nobody signs in with it.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Roles">In the order of <see cref="Accounts.Roles.All"/>.</param>
/// <param name="Organisations">By name.</param>
public sealed record PersonLine(Guid Id, string Name, string Email, bool Confirmed, DateTime CreatedAt, IReadOnlyList<string> Roles, IReadOnlyList<OrganisationChoice> Organisations);

public sealed record OrganisationChoice(Guid Id, string Name);

/// <param name="Search">A part of the name or the address, or none.</param>
/// <param name="OrganisationId">Only who belongs to it, or none.</param>
/// <param name="Page">From 1.</param>
public sealed record PeopleFilter(string? Search, Guid? OrganisationId, int Page);

/// <summary>The people with an account, by name.</summary>
public sealed class ReadPeople(IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 50;

    /// <returns>The rows of the page and how many there are in all.</returns>
    public async Task<(IReadOnlyList<PersonLine> Lines, int Total)> RunAsync(Actor actor, PeopleFilter filter, CancellationToken cancellation)
    {
        actor.Demand(Act.SeePeople);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var people = database.Users.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            // LIKE, since it does not mind capitals on either database.
            var search = $"%{filter.Search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            people = people.Where(person => EF.Functions.Like(person.Name, search, "\\") || EF.Functions.Like(person.Email!, search, "\\"));
        }

        if (filter.OrganisationId is { } organisationId)
        {
            people = people.Where(person => database.OrganisationMembers.Any(member => member.OrganisationId == organisationId && member.PersonId == person.Id));
        }

        var total = await people.CountAsync(cancellation);
        var page = people.OrderBy(person => person.Name).ThenBy(person => person.Id).Skip((Math.Max(filter.Page, 1) - 1) * PageSize).Take(PageSize);
        return (await LinesAsync(database, page, cancellation), total);
    }

    /// <returns>Null where there is no such person.</returns>
    public async Task<PersonLine?> OneAsync(Actor actor, Guid personId, CancellationToken cancellation)
    {
        actor.Demand(Act.SeePeople);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return (await LinesAsync(database, database.Users.AsNoTracking().Where(person => person.Id == personId), cancellation)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<PersonLine>> LinesAsync(PortalDbContext database, IQueryable<PortalUser> people, CancellationToken cancellation)
    {
        var found = await people.Select(person => new { person.Id, person.Name, Email = person.Email!, person.EmailConfirmed, person.CreatedAt }).ToListAsync(cancellation);
        var ids = found.Select(person => person.Id).ToList();
        var roles = (await database.UserRoles
            .Where(held => ids.Contains(held.UserId))
            .Join(database.Roles, held => held.RoleId, role => role.Id, (held, role) => new { held.UserId, Name = role.Name! })
            .ToListAsync(cancellation)).ToLookup(row => row.UserId, row => row.Name);
        var organisations = (await database.OrganisationMembers
            .Where(member => ids.Contains(member.PersonId))
            .Join(database.Organisations, member => member.OrganisationId, organisation => organisation.Id, (member, organisation) => new { member.PersonId, organisation.Id, organisation.Name })
            .OrderBy(row => row.Name)
            .ToListAsync(cancellation)).ToLookup(row => row.PersonId, row => new OrganisationChoice(row.Id, row.Name));
        return
        [
            .. found.Select(person => new PersonLine(
                person.Id,
                person.Name,
                person.Email,
                person.EmailConfirmed,
                person.CreatedAt,
                [.. Roles.All.Where(roles[person.Id].Contains)],
                [.. organisations[person.Id]])),
        ];
    }
}
