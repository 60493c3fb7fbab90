using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

public enum AcceptInvitationRefusal
{
    /// <summary>No invitation has this link: mistyped, withdrawn, replaced by a newer mail, or its inviter may no longer invite.</summary>
    Unknown,

    Expired,

    Used,

    /// <summary>The address has an account; its owner signs in first.</summary>
    SignInFirst,

    /// <summary>Whoever is signed in has another address.</summary>
    OtherAddress,

    NameMissing,
    PasswordTooWeak,
}

/// <summary>What whoever has no account says of themselves.</summary>
/// <param name="Language">Of the page: <c>en</c> or <c>es</c>.</param>
public sealed record NewAccount(string Name, string Password, string Language);

/// <param name="CourseSlug">The first course of the cohort's programme; none for an invitation to the portal.</param>
public sealed record AcceptedInvitation(Guid PersonId, string? CourseSlug);

/// <summary>
/// Accepts an invitation: the account where there is none yet, roles, organisation, cohort and enrolments, in one save.
/// Whoever has the link has read the mail, so the address is confirmed.
/// </summary>
public sealed class AcceptInvitation(UserManager<PortalUser> users, IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="actor">Who is signed in; none for whoever makes an account now.</param>
    /// <param name="token">From the link.</param>
    /// <param name="account">None for whoever is signed in.</param>
    /// <param name="cancellation">Stops before the save.</param>
    public async Task<Outcome<AcceptedInvitation, AcceptInvitationRefusal>> RunAsync(Actor? actor, string token, NewAccount? account, CancellationToken cancellation)
    {
        actor?.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        var hash = Invitation.HashOf(token);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var invitation = await database.Invitations.FirstOrDefaultAsync(row => row.TokenHash == hash, cancellation);
        if (actor is not null && invitation?.AcceptedById == actor.PersonId)
        {
            // The second of two clicks.
            return new AcceptedInvitation(actor.PersonId, await CourseSlugAsync(database, invitation, cancellation));
        }

        if (await RefusalAsync(database, invitation, now, cancellation) is { } refusal)
        {
            return refusal;
        }

        var person = await database.Users.FirstOrDefaultAsync(user => user.NormalizedEmail == invitation!.NormalizedEmail, cancellation);
        if (actor is not null)
        {
            if (person?.Id != actor.PersonId)
            {
                return AcceptInvitationRefusal.OtherAddress;
            }
        }
        else if (person is { EmailConfirmed: true })
        {
            return AcceptInvitationRefusal.SignInFirst;
        }
        else
        {
            var set = await SetUpAsync(invitation!, person, account, now);
            if (set.Refusal is { } reason)
            {
                return reason;
            }

            if (person is null)
            {
                database.Users.Add(set.Value);
            }

            person = set.Value;
        }

        await JoinAsync(database, invitation!, person!, now, cancellation);
        invitation!.Accept(person!.Id, now);
        database.AuditEntries.Add(new AuditEntry(now, person.Id, "invitation accepted", invitation.Id.ToString()));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // A second click was first, or the person registered or enrolled meanwhile: look again.
            return await RunAsync(actor, token, account, cancellation);
        }

        return new AcceptedInvitation(person.Id, await CourseSlugAsync(database, invitation, cancellation));
    }

    /// <summary>Why nobody can accept it, whoever they are; null where somebody can.</summary>
    internal static async Task<AcceptInvitationRefusal?> RefusalAsync(PortalDbContext database, Invitation? invitation, DateTime now, CancellationToken cancellation)
    {
        if (invitation is null or { WithdrawnAt: not null })
        {
            return AcceptInvitationRefusal.Unknown;
        }

        if (invitation.AcceptedAt is not null)
        {
            return AcceptInvitationRefusal.Used;
        }

        if (invitation.IsExpired(now))
        {
            return AcceptInvitationRefusal.Expired;
        }

        // What an administrator promised ends with being one, until another administrator sends it again.
        return invitation.CohortId is null && !await database.UserRoles.AnyAsync(
                held => held.UserId == invitation.InvitedById && database.Roles.Any(role => role.Id == held.RoleId && role.Name == Roles.Administrator),
                cancellation)
            ? AcceptInvitationRefusal.Unknown
            : null;
    }

    // Where somebody registered the address and never confirmed it, that may have been anyone: the name and the password of
    // whoever reads its mail take the place of theirs (Who_registered_somebody_elses_address_before_gets_nothing).
    private async Task<Outcome<PortalUser, AcceptInvitationRefusal>> SetUpAsync(Invitation invitation, PortalUser? unconfirmed, NewAccount? account, DateTime now)
    {
        var name = account?.Name.Trim() ?? "";
        if (account is null || name.Length is 0 or > PortalUser.NameLength || !PlainText.IsOneLine(name))
        {
            return AcceptInvitationRefusal.NameMissing;
        }

        var person = unconfirmed ?? new PortalUser { Id = Guid.CreateVersion7(now), Name = name, CreatedAt = now };
        foreach (var validator in users.PasswordValidators)
        {
            if (!(await validator.ValidateAsync(users, person, account.Password)).Succeeded)
            {
                return AcceptInvitationRefusal.PasswordTooWeak;
            }
        }

        person.Name = name;
        person.Language = account.Language;
        (person.Email, person.NormalizedEmail) = (invitation.Email, invitation.NormalizedEmail);
        (person.UserName, person.NormalizedUserName) = (invitation.Email, invitation.NormalizedEmail);
        person.EmailConfirmed = true;
        person.LockoutEnabled = true;
        (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
        person.PasswordHash = users.PasswordHasher.HashPassword(person, account.Password);
        person.SecurityStamp = Guid.NewGuid().ToString("N");
        person.ConcurrencyStamp = Guid.NewGuid().ToString();
        return person;
    }

    private static async Task JoinAsync(PortalDbContext database, Invitation invitation, PortalUser person, DateTime now, CancellationToken cancellation)
    {
        var given = invitation.Roles.Append(Roles.Trainee).ToList();
        var missing = await database.Roles
            .Where(role => given.Contains(role.Name!) && !database.UserRoles.Any(held => held.UserId == person.Id && held.RoleId == role.Id))
            .Select(role => new { role.Id, Name = role.Name! })
            .ToListAsync(cancellation);
        foreach (var role in missing)
        {
            database.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = role.Id });
            if (role.Name != Roles.Trainee)
            {
                RecordRole(database, invitation.InvitedById, person.Id, role.Name, now);
            }
        }

        if (invitation.OrganisationId is { } organisationId && !await database.OrganisationMembers.AnyAsync(member => member.OrganisationId == organisationId && member.PersonId == person.Id, cancellation))
        {
            database.OrganisationMembers.Add(new OrganisationMember { OrganisationId = organisationId, PersonId = person.Id, Since = now });
            database.AuditEntries.Add(new AuditEntry(now, invitation.InvitedById, "person put into organisation", $"{person.Id} {organisationId}"));
        }

        if (invitation.CohortId is { } cohortId)
        {
            if (!await database.CohortMembers.AnyAsync(member => member.CohortId == cohortId && member.PersonId == person.Id, cancellation))
            {
                database.CohortMembers.Add(new CohortMember { CohortId = cohortId, PersonId = person.Id, JoinedAt = now });
            }

            await database.AddMissingEnrollmentsAsync(
                person.Id,
                database.Courses.Where(course => !course.Retired && database.Cohorts.Any(cohort => cohort.Id == cohortId && cohort.ProgrammeSlug == course.ProgrammeSlug)),
                now,
                cancellation);
        }
    }

    // The role was decided by whoever invited; accepting only lets it happen.
    private static void RecordRole(PortalDbContext database, Guid inviterId, Guid personId, string role, DateTime now) =>
        database.AuditEntries.Add(new AuditEntry(now, inviterId, $"role {role} given", personId.ToString()));

    private static Task<string?> CourseSlugAsync(PortalDbContext database, Invitation invitation, CancellationToken cancellation) => database.Courses
        .Where(course => !course.Retired && database.Cohorts.Any(cohort => cohort.Id == invitation.CohortId && cohort.ProgrammeSlug == course.ProgrammeSlug))
        .OrderBy(course => course.Position)
        .Select(course => course.Slug)
        .FirstOrDefaultAsync(cancellation);
}
