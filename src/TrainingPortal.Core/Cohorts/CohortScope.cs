using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

/// <summary>Whom a cohort is there for: every act on one begins here, and for anyone else it is not found.</summary>
internal static class CohortScope
{
    /// <summary>The cohorts of the organisations that the actor belongs to now.</summary>
    public static IQueryable<Cohort> CohortsOf(this PortalDbContext database, Actor actor) => database.Cohorts.Where(cohort =>
        database.OrganisationMembers.Any(member => member.OrganisationId == cohort.OrganisationId && member.PersonId == actor.PersonId));

    /// <summary>The invitations that the actor may send again or withdraw: an administrator those to the portal, an instructor those to their cohorts.</summary>
    /// <exception cref="ActNotPermittedException">The actor invites nobody at all.</exception>
    public static IQueryable<Invitation> InvitationsOf(this PortalDbContext database, Actor actor)
    {
        var toPortal = Permissions.Allow(actor, Act.InvitePeople);
        var toCohorts = Permissions.Allow(actor, Act.RunCohorts);
        if (!toPortal && !toCohorts)
        {
            throw new ActNotPermittedException(Act.InvitePeople);
        }

        var cohorts = database.CohortsOf(actor);
        return database.Invitations.Where(row => row.CohortId == null ? toPortal : toCohorts && cohorts.Any(cohort => cohort.Id == row.CohortId));
    }
}
