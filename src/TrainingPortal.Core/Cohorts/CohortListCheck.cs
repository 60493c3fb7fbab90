using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

/// <summary>Compares a list with who is in a cohort or invited to it already, for the preview and once more when it is sent.</summary>
internal static class CohortListCheck
{
    public static async Task<IReadOnlyList<ListedPerson>> CheckAsync(PortalDbContext database, Guid cohortId, IReadOnlyList<ListedPerson> people, DateTime now, CancellationToken cancellation)
    {
        var addresses = people.Where(person => person.Verdict == RowVerdict.Good).Select(person => Invitation.Normalize(person.Email)).ToList();
        var members = await database.Users
            .Where(user => addresses.Contains(user.NormalizedEmail!) && database.CohortMembers.Any(member => member.CohortId == cohortId && member.PersonId == user.Id))
            .Select(user => user.NormalizedEmail!)
            .ToHashSetAsync(cancellation);
        var invited = await database.Invitations
            .Where(row => row.CohortId == cohortId && row.AcceptedAt == null && row.WithdrawnAt == null && row.ExpiresAt > now && addresses.Contains(row.NormalizedEmail))
            .Select(row => row.NormalizedEmail)
            .ToHashSetAsync(cancellation);
        return
        [
            .. people.Select(person => person.Verdict != RowVerdict.Good ? person
                : members.Contains(Invitation.Normalize(person.Email)) ? person with { Verdict = RowVerdict.AlreadyInCohort }
                : invited.Contains(Invitation.Normalize(person.Email)) ? person with { Verdict = RowVerdict.AlreadyInvited }
                : person),
        ];
    }

    /// <summary>How many more the cohort has room for.</summary>
    public static async Task<int> RoomAsync(PortalDbContext database, Guid cohortId, CancellationToken cancellation) =>
        Cohort.MostPeople
        - await database.CohortMembers.CountAsync(member => member.CohortId == cohortId, cancellation)
        - await database.Invitations.CountAsync(row => row.CohortId == cohortId && row.AcceptedAt == null && row.WithdrawnAt == null, cancellation);
}
