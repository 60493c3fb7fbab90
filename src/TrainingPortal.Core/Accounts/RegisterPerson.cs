using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

public enum RegisterRefusal
{
    /// <summary>Shorter than 10 letters, or of fewer than four different ones.</summary>
    PasswordTooWeak,

    AddressNotValid,

    NameMissing,
}

/// <summary>
/// Registers a person and sends a link that confirms the address. For an address that has an account already the answer
/// is the same, and its owner gets a mail that says so: nobody learns here who has an account.
/// </summary>
public sealed class RegisterPerson(UserManager<PortalUser> users, PortalDbContext database, IOptions<PortalOptions> portal, TimeProvider clock)
{
    public async Task<Outcome<string, RegisterRefusal>> RunAsync(string name, string email, string password, string language, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > PortalUser.NameLength)
        {
            return RegisterRefusal.NameMissing;
        }

        if (!MailAddress.TryCreate(email, out var address) || address.Address != email)
        {
            return RegisterRefusal.AddressNotValid;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var person = new PortalUser { Id = Guid.CreateVersion7(now), Name = name.Trim(), Email = email, UserName = email, Language = language, CreatedAt = now };
        foreach (var validator in users.PasswordValidators)
        {
            // Asked before anything else, so that the answer does not depend on whether the address is known.
            if (!(await validator.ValidateAsync(users, person, password)).Succeeded)
            {
                return RegisterRefusal.PasswordTooWeak;
            }
        }

        if (await users.FindByEmailAsync(email) is { } known)
        {
            // Takes as long as making an account, so that the time does not tell either.
            users.PasswordHasher.HashPassword(person, password);
            await AccountMails.SendAlreadyRegisteredAsync(users, database, portal.Value, known, now, cancellation);
            return email;
        }

        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        IdentityResult created;
        try
        {
            created = await users.CreateAsync(person, password);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            return email;
        }

        if (!created.Succeeded)
        {
            // Of two clicks at once the second finds the account made by the first.
            return created.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName))
                ? email
                : RegisterRefusal.AddressNotValid;
        }

        await users.AddToRoleAsync(person, Roles.Trainee);
        await AccountMails.SendConfirmationAsync(users, database, portal.Value, person, now, cancellation);
        await transaction.CommitAsync(cancellation);
        return email;
    }
}
