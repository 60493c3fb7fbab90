using Microsoft.EntityFrameworkCore;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <summary>Why a person's organisations stay as they are.</summary>
public enum MembershipRefusal
{
    PersonNotFound,
    OrganisationNotFound,
}

/// <summary>Puts a person into an organisation, or takes them out of it; where that is so already, nothing changes.</summary>
public sealed class ChangeMembership(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, MembershipRefusal>> RunAsync(Actor actor, Guid personId, Guid organisationId, bool member, CancellationToken cancellation)
    {
        actor.Demand(Act.KeepOrganisations);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!await database.Users.AnyAsync(person => person.Id == personId, cancellation))
        {
            return MembershipRefusal.PersonNotFound;
        }

        if (!await database.Organisations.AnyAsync(row => row.Id == organisationId, cancellation))
        {
            return MembershipRefusal.OrganisationNotFound;
        }

        var membership = await database.OrganisationMembers.FirstOrDefaultAsync(row => row.OrganisationId == organisationId && row.PersonId == personId, cancellation);
        if (membership is not null == member)
        {
            return organisationId;
        }

        if (membership is null)
        {
            database.OrganisationMembers.Add(new OrganisationMember { OrganisationId = organisationId, PersonId = personId, Since = now });
            database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "person put into organisation", $"{personId} {organisationId}"));
        }
        else
        {
            database.OrganisationMembers.Remove(membership);
            database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "person taken out of organisation", $"{personId} {organisationId}"));
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // A second click or another administrator was first, and did the same.
        }

        return organisationId;
    }
}
