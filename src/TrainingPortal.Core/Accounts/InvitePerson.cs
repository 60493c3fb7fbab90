using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <summary>Why a person is not invited to the portal.</summary>
public enum InvitePersonRefusal
{
    AddressNotValid,

    /// <summary>Too long, more than one line, or what a spreadsheet would calculate.</summary>
    NameNotPlain,

    NoSuchRole,
    OrganisationNotFound,

    /// <summary>An invitation to the portal waits for this address already.</summary>
    AlreadyInvited,

    /// <summary>The person has an account with all of these roles, and is in the organisation.</summary>
    NothingToGive,
}

/// <param name="Name">None where only the address is known.</param>
/// <param name="Language">Of the mail, where the person has no account that says so.</param>
public sealed record PersonToInvite(string Email, string? Name, IReadOnlyList<string> Roles, Guid? OrganisationId, string Language);

/// <summary>Invites a person to the portal by mail, with roles and an organisation that are given when they accept.</summary>
public sealed class InvitePerson(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock)
{
    public async Task<Outcome<Guid, InvitePersonRefusal>> RunAsync(Actor actor, PersonToInvite person, CancellationToken cancellation)
    {
        actor.Demand(Act.InvitePeople);
        var email = person.Email.Trim();
        var name = string.IsNullOrWhiteSpace(person.Name) ? null : person.Name.Trim();
        if (!PlainText.IsAddress(email))
        {
            return InvitePersonRefusal.AddressNotValid;
        }

        if (name is not null && (name.Length > PortalUser.NameLength || !PlainText.IsOneLine(name) || PlainText.LooksLikeFormula(name)))
        {
            return InvitePersonRefusal.NameNotPlain;
        }

        if (person.Roles.Except(Roles.Given).Any())
        {
            return InvitePersonRefusal.NoSuchRole;
        }

        person = person with { Roles = [.. Roles.Given.Where(person.Roles.Contains)] };
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (person.OrganisationId is { } organisationId && !await database.Organisations.AnyAsync(row => row.Id == organisationId, cancellation))
        {
            return InvitePersonRefusal.OrganisationNotFound;
        }

        var invitation = new Invitation(email, name, person.Language, person.Roles, person.OrganisationId, cohortId: null, actor.PersonId, now);
        var known = await database.Users
            .Where(user => user.NormalizedEmail == invitation.NormalizedEmail)
            .Select(user => new
            {
                user.Language,
                Roles = database.UserRoles.Count(held => held.UserId == user.Id && database.Roles.Any(role => role.Id == held.RoleId && person.Roles.Contains(role.Name!))),
                InOrganisation = database.OrganisationMembers.Any(member => member.PersonId == user.Id && member.OrganisationId == person.OrganisationId),
            })
            .FirstOrDefaultAsync(cancellation);
        if (known is not null && known.Roles == person.Roles.Count && (person.OrganisationId is null || known.InOrganisation))
        {
            return InvitePersonRefusal.NothingToGive;
        }

        var open = await database.Invitations.FirstOrDefaultAsync(
            row => row.NormalizedEmail == invitation.NormalizedEmail && row.Aim == invitation.Aim && row.AcceptedAt == null && row.WithdrawnAt == null,
            cancellation);
        if (open is not null && !open.IsExpired(now))
        {
            return InvitePersonRefusal.AlreadyInvited;
        }

        if (open is null)
        {
            database.Invitations.Add(invitation);
        }
        else
        {
            open.AskAnew(person.Roles, person.OrganisationId, actor.PersonId);
            invitation = open;
        }

        var inviter = await database.Users.Where(user => user.Id == actor.PersonId).Select(user => user.Name).FirstAsync(cancellation);
        database.Outbox.Add(InvitationMails.ToPortal(invitation, portal.Value, known?.Language ?? person.Language, inviter, now));
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "person invited", invitation.Id.ToString()));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Of two clicks at once the second meets the invitation of the first.
            return InvitePersonRefusal.AlreadyInvited;
        }

        return invitation.Id;
    }
}
