using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

/// <summary>
/// Sends an invitation again, with a new link that works for the full time; the old link ends. It then counts as invited by
/// the actor.
/// </summary>
public sealed class SendInvitationAgain(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock)
{
    /// <returns>The address that the mail goes to.</returns>
    public async Task<Outcome<string, InvitationRefusal>> RunAsync(Actor actor, Guid invitationId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var invitation = await database.InvitationsOf(actor).FirstOrDefaultAsync(row => row.Id == invitationId, cancellation);
        if (invitation is null)
        {
            return InvitationRefusal.NotFound;
        }

        if (invitation.RefusalToSendAgain(now) is { } refusal)
        {
            return refusal;
        }

        invitation.AskAnew(invitation.Roles, invitation.OrganisationId, actor.PersonId);
        var inviter = await database.Users.Where(person => person.Id == actor.PersonId).Select(person => person.Name).FirstAsync(cancellation);
        var language = await database.Users.Where(user => user.NormalizedEmail == invitation.NormalizedEmail).Select(user => user.Language).FirstOrDefaultAsync(cancellation) ?? invitation.Language;
        var cohort = await database.Cohorts
            .Where(row => row.Id == invitation.CohortId)
            .Select(row => new { row.Name, Organisation = database.Organisations.Where(organisation => organisation.Id == row.OrganisationId).Select(organisation => organisation.Name).First() })
            .FirstOrDefaultAsync(cancellation);
        database.Outbox.Add(cohort is null
            ? InvitationMails.ToPortal(invitation, portal.Value, language, inviter, now)
            : InvitationMails.ToCohort(invitation, portal.Value, language, inviter, cohort.Name, cohort.Organisation, now));
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "invitation sent again", invitation.Id.ToString()));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Accepted, sent or withdrawn meanwhile: look again.
            return await RunAsync(actor, invitationId, cancellation);
        }

        return invitation.Email;
    }
}
