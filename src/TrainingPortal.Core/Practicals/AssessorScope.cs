using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

/// <summary>
/// Whom an assessor may mark, and whose markings they see. Every read and every act of an assessor begins here. It is the
/// people of their organisations, whatever other role they hold, and never themselves.
/// </summary>
internal static class AssessorScope
{
    public static IQueryable<PortalUser> CandidatesUnder(this PortalDbContext database, Actor actor) =>
        database.OrganisationPeopleOf(actor).Where(person => person.Id != actor.PersonId && person.ErasedAt == null);

    public static IQueryable<PracticalMarking> MarkingsUnder(this PortalDbContext database, Actor actor)
    {
        var candidates = database.CandidatesUnder(actor);
        return database.PracticalMarkings.Where(marking => candidates.Any(person => person.Id == marking.CandidateId));
    }

    /// <summary>
    /// Markings whose partner this person has open: of two assessors who mark the same performance, neither sees what the
    /// other made of it before signing.
    /// </summary>
    public static IQueryable<PracticalMarking> HiddenFrom(this PortalDbContext database, Actor actor) =>
        database.PracticalMarkings.Where(marking => database.PracticalMarkings.Any(own => own.AssessorId == actor.PersonId && own.Result == PracticalResult.Open
            && (own.DoubleOf == marking.Id || marking.DoubleOf == own.Id)));

    /// <summary>First markings that ask for a second assessor and have none, with the candidate still before the first.</summary>
    public static IQueryable<PracticalMarking> WaitingForSecond(this PortalDbContext database, Actor actor) =>
        database.MarkingsUnder(actor).Where(marking => marking.AsksForSecond && marking.Result == PracticalResult.Open && marking.AssessorId != actor.PersonId
            && !database.PracticalMarkings.Any(second => second.DoubleOf == marking.Id && second.Result != PracticalResult.BrokenOff));
}
