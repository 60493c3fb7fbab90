using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

public enum InviteToCohortRefusal
{
    CohortNotFound,

    /// <summary>Not one row is good.</summary>
    NobodyToInvite,

    /// <summary>More than <see cref="Cohort.MostPeople"/> would be in it or invited.</summary>
    CohortFull,
}

/// <summary>
/// Invites the good rows of a list to a cohort, by mail and in one save. Rows that are not good are left out; so is whoever
/// joined or was invited since the preview.
/// </summary>
public sealed class InviteToCohort(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock)
{
    /// <param name="people">At most <see cref="InvitationList.MostRows"/>.</param>
    /// <param name="language">Of the mail, for those without an account that says so.</param>
    /// <returns>How many were invited.</returns>
    public async Task<Outcome<int, InviteToCohortRefusal>> RunAsync(Actor actor, Guid cohortId, IReadOnlyList<ListedPerson> people, string language, CancellationToken cancellation)
    {
        actor.Demand(Act.RunCohorts);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var cohort = await database.CohortsOf(actor)
            .Where(row => row.Id == cohortId)
            .Select(row => new
            {
                row.Name,
                Organisation = database.Organisations.Where(organisation => organisation.Id == row.OrganisationId).Select(organisation => organisation.Name).First(),
                Inviter = database.Users.Where(person => person.Id == actor.PersonId).Select(person => person.Name).First(),
            })
            .FirstOrDefaultAsync(cancellation);
        if (cohort is null)
        {
            return InviteToCohortRefusal.CohortNotFound;
        }

        var good = (await CohortListCheck.CheckAsync(database, cohortId, people, now, cancellation)).Where(person => person.Verdict == RowVerdict.Good).ToList();
        if (good.Count == 0)
        {
            return InviteToCohortRefusal.NobodyToInvite;
        }

        var addresses = good.Select(person => Invitation.Normalize(person.Email)).ToList();
        var expired = await database.Invitations
            .Where(row => row.CohortId == cohortId && row.AcceptedAt == null && row.WithdrawnAt == null && addresses.Contains(row.NormalizedEmail))
            .ToDictionaryAsync(row => row.NormalizedEmail, cancellation);
        if (good.Count - expired.Count > await CohortListCheck.RoomAsync(database, cohortId, cancellation))
        {
            return InviteToCohortRefusal.CohortFull;
        }

        var languages = await database.Users
            .Where(user => addresses.Contains(user.NormalizedEmail!))
            .ToDictionaryAsync(user => user.NormalizedEmail!, user => user.Language, cancellation);
        foreach (var person in good)
        {
            var invitation = expired.GetValueOrDefault(Invitation.Normalize(person.Email));
            if (invitation is null)
            {
                invitation = new Invitation(person.Email, person.Name, language, [], null, cohortId, actor.PersonId, now);
                database.Invitations.Add(invitation);
            }
            else
            {
                invitation.AskAnew([], null, actor.PersonId);
            }

            var own = languages.GetValueOrDefault(invitation.NormalizedEmail, language);
            database.Outbox.Add(InvitationMails.ToCohort(invitation, portal.Value, own, cohort.Inviter, cohort.Name, cohort.Organisation, now));
            database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "person invited", invitation.Id.ToString()));
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // A second click or another instructor was first with some of them: look again, and invite the others.
            return await RunAsync(actor, cohortId, people, language, cancellation);
        }

        return good.Count;
    }
}
