using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

/// <summary>An invitation as whoever has its link sees it.</summary>
/// <param name="Name">As the inviter wrote it; none where only the address is known.</param>
/// <param name="Inviter">Whose invitation it is.</param>
/// <param name="Organisation">That is joined, or in which the cohort is run; none for neither.</param>
/// <param name="Cohort">None for an invitation to the portal.</param>
/// <param name="Programme">The cohort's programme; none for an invitation to the portal.</param>
/// <param name="HasAccount">Whoever is invited signs in; otherwise they make an account here.</param>
/// <param name="ForActor">The actor is signed in with the invited address.</param>
public sealed record InvitationPage(string Email, string? Name, string Inviter, IReadOnlyList<string> Roles, string? Organisation, string? Cohort, string? Programme, bool HasAccount, bool ForActor);

/// <summary>What an invitation is for, for whoever has its link.</summary>
public sealed class ReadInvitation(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<InvitationPage, AcceptInvitationRefusal>> RunAsync(Actor? actor, string token, CancellationToken cancellation)
    {
        var hash = Invitation.HashOf(token);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var invitation = await database.Invitations.AsNoTracking().FirstOrDefaultAsync(row => row.TokenHash == hash, cancellation);
        if (await AcceptInvitation.RefusalAsync(database, invitation, clock.GetUtcNow().UtcDateTime, cancellation) is { } refusal)
        {
            return refusal;
        }

        var cohort = await database.Cohorts
            .Where(row => row.Id == invitation!.CohortId)
            .Select(row => new { row.Name, row.OrganisationId, Programme = database.Programmes.Where(programme => programme.Slug == row.ProgrammeSlug).Select(programme => programme.Title).FirstOrDefault() })
            .FirstOrDefaultAsync(cancellation);
        var organisationId = cohort?.OrganisationId ?? invitation!.OrganisationId;
        var account = await database.Users
            .Where(user => user.NormalizedEmail == invitation!.NormalizedEmail && user.EmailConfirmed)
            .Select(user => (Guid?)user.Id)
            .FirstOrDefaultAsync(cancellation);
        return new InvitationPage(
            invitation!.Email,
            invitation.Name,
            await database.Users.Where(person => person.Id == invitation.InvitedById).Select(person => person.Name).FirstAsync(cancellation),
            invitation.Roles,
            await database.Organisations.Where(row => row.Id == organisationId).Select(row => row.Name).FirstOrDefaultAsync(cancellation),
            cohort?.Name,
            cohort?.Programme,
            account is not null,
            account is not null && account == actor?.PersonId);
    }
}
