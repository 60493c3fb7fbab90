using Microsoft.EntityFrameworkCore;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <summary>Gives an organisation another name; a name it has already changes nothing.</summary>
public sealed class RenameOrganisation(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, OrganisationRefusal>> RunAsync(Actor actor, Guid organisationId, string name, CancellationToken cancellation)
    {
        actor.Demand(Act.KeepOrganisations);
        name = name.Trim();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var organisation = await database.Organisations.FirstOrDefaultAsync(row => row.Id == organisationId, cancellation);
        if (organisation is null)
        {
            return OrganisationRefusal.NotFound;
        }

        if (Organisation.RefusalOfName(name) is { } refusal)
        {
            return refusal;
        }

        if (organisation.Name == name)
        {
            return organisation.Id;
        }

        organisation.Rename(name);
        database.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, actor.PersonId, "organisation renamed", organisation.Id.ToString()));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            return OrganisationRefusal.NameTaken;
        }

        return organisation.Id;
    }
}
