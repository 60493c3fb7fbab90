using Microsoft.AspNetCore.Identity;

namespace TrainingPortal.Accounts;

public enum ResetPasswordRefusal
{
    /// <summary>The link was used, is older than a day, or is cut off.</summary>
    LinkNotValid,

    PasswordTooWeak,
}

/// <summary>Sets a new password by the link from the mail; every session that was open ends.</summary>
public sealed class ResetPassword(UserManager<PortalUser> users)
{
    public async Task<Outcome<string, ResetPasswordRefusal>> RunAsync(Guid id, string code, string password)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { } person)
        {
            return ResetPasswordRefusal.LinkNotValid;
        }

        // Whoever has the link has read the mail, which is what confirming an address shows.
        person.EmailConfirmed = true;
        var reset = await users.ResetPasswordAsync(person, AccountMails.Decode(code), password);
        if (reset.Succeeded)
        {
            await users.SetLockoutEndDateAsync(person, null);
            return person.Email!;
        }

        return reset.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken))
            ? ResetPasswordRefusal.LinkNotValid
            : ResetPasswordRefusal.PasswordTooWeak;
    }
}
