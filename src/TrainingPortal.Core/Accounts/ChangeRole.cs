using System.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <summary>Why a role is not given or taken.</summary>
public enum ChangeRoleRefusal
{
    PersonNotFound,

    /// <summary>Not one of <see cref="Roles.Given"/>.</summary>
    NoSuchRole,

    /// <summary>An administrator's own administrator role, while there are others who could take it.</summary>
    OwnAdministratorRole,

    /// <summary>Nobody else could administer the portal.</summary>
    LastAdministrator,
}

/// <summary>
/// Gives a role to a person, or takes it; where that is so already, nothing changes. Open sessions follow within the five
/// minutes in which sign-ins are looked at again.
/// </summary>
public sealed class ChangeRole(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<string, ChangeRoleRefusal>> RunAsync(Actor actor, Guid personId, string role, bool give, CancellationToken cancellation)
    {
        actor.Demand(Act.GiveRoles);
        if (!Roles.Given.Contains(role))
        {
            return ChangeRoleRefusal.NoSuchRole;
        }

        try
        {
            return await ChangeAsync(actor, personId, role, give, cancellation);
        }
        catch (Exception lost) when (Deadlock.Lost(lost) || (lost is DbUpdateException failure && (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))))
        {
            // Another administrator was first: look again, and either it is so by now or it goes through.
            return await ChangeAsync(actor, personId, role, give, cancellation);
        }
    }

    private async Task<Outcome<string, ChangeRoleRefusal>> ChangeAsync(Actor actor, Guid personId, string role, bool give, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);

        // One after the other: two administrators who take each other's role at once would leave nobody (Two_administrators_cannot_remove_each_other).
        await using var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        var roleId = await database.Roles.Where(row => row.Name == role).Select(row => row.Id).SingleAsync(cancellation);
        var administrators = database.UserRoles.Where(held => database.Roles.Any(row => row.Id == held.RoleId && row.Name == Roles.Administrator));

        // A session may be older than a change of roles, and this is how a taken role would be got back.
        if (!await administrators.AnyAsync(held => held.UserId == actor.PersonId, cancellation))
        {
            throw new ActNotPermittedException(Act.GiveRoles);
        }

        if (!await database.Users.AnyAsync(person => person.Id == personId, cancellation))
        {
            return ChangeRoleRefusal.PersonNotFound;
        }

        if (!give && role == Roles.Administrator && personId == actor.PersonId)
        {
            return await administrators.CountAsync(cancellation) == 1 ? ChangeRoleRefusal.LastAdministrator : ChangeRoleRefusal.OwnAdministratorRole;
        }

        var held = await database.UserRoles.FirstOrDefaultAsync(row => row.UserId == personId && row.RoleId == roleId, cancellation);
        if (held is not null == give)
        {
            return role;
        }

        if (held is null)
        {
            database.UserRoles.Add(new IdentityUserRole<Guid> { UserId = personId, RoleId = roleId });
            database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, $"role {role} given", personId.ToString()));
        }
        else
        {
            database.UserRoles.Remove(held);
            database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, $"role {role} taken", personId.ToString()));
        }

        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return role;
    }
}
