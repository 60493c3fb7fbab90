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
        return database.Users.Where(person => everybody || database.CohortMembers.Any(member => member.PersonId == person.Id
            && database.Cohorts.Any(cohort => cohort.Id == member.CohortId
                && database.OrganisationMembers.Any(own => own.OrganisationId == cohort.OrganisationId && own.PersonId == actor.PersonId))));
    }
}
