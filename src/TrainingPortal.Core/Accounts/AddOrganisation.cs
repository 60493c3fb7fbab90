using Microsoft.EntityFrameworkCore;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <summary>Adds an organisation.</summary>
public sealed class AddOrganisation(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, OrganisationRefusal>> RunAsync(Actor actor, string name, OrganisationKind kind, CancellationToken cancellation)
    {
        actor.Demand(Act.KeepOrganisations);
        name = name.Trim();
        if (Organisation.RefusalOfName(name) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var organisation = new Organisation(name, now, kind);
        database.Organisations.Add(organisation);
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "organisation added", organisation.Id.ToString()));
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
