using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Enrollments;

/// <summary>Whose learning a member of staff may look at.</summary>
internal static class OwnPeople
{
    /// <summary>An administrator everybody; an instructor whoever is in a cohort of one of their organisations now.</summary>
    public static IQueryable<PortalUser> PeopleOf(this PortalDbContext database, Actor actor)
    {
        var everybody = actor.Roles.Contains(Roles.Administrator);
        return everybody ? database.Users : database.OrganisationPeopleOf(actor);
    }

    /// <summary>Whoever is in a cohort of one of the actor's organisations now, whatever else the actor may.</summary>
    public static IQueryable<PortalUser> OrganisationPeopleOf(this PortalDbContext database, Actor actor) =>
        database.Users.Where(person => database.CohortMembers.Any(member => member.PersonId == person.Id
            && database.Cohorts.Any(cohort => cohort.Id == member.CohortId
                && database.OrganisationMembers.Any(own => own.OrganisationId == cohort.OrganisationId && own.PersonId == actor.PersonId))));
}
