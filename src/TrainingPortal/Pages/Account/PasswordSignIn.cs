using Microsoft.AspNetCore.Identity;
using TrainingPortal.Accounts;

namespace TrainingPortal.Web.Pages.Account;

internal enum SignInAnswer
{
    Done,

    /// <summary>A wrong password or an unknown address: one answer for both, so that nobody learns here who has an account.</summary>
    Wrong,

    /// <summary>Too many wrong tries.</summary>
    Locked,

    /// <summary>The password is right, and the address was never confirmed.</summary>
    NotConfirmed,
}

/// <summary>Signing in with address and password.</summary>
internal static class PasswordSignIn
{
    public static async Task<SignInAnswer> WithPasswordAsync(this SignInManager<PortalUser> signIn, string email, string password)
    {
        var users = signIn.UserManager;
        if (await users.FindByEmailAsync(email) is not { } person)
        {
            // Takes as long as checking a password, so that the time does not tell either who has an account.
            users.PasswordHasher.HashPassword(new PortalUser { Name = "" }, password);
            return SignInAnswer.Wrong;
        }

        var result = await signIn.PasswordSignInAsync(person, password, isPersistent: true, lockoutOnFailure: true);
        return result switch
        {
            { Succeeded: true } => SignInAnswer.Done,
            { IsLockedOut: true } => SignInAnswer.Locked,
            { IsNotAllowed: true } => await WithoutConfirmationAsync(users, person, password),
            _ => SignInAnswer.Wrong,
        };
    }

    // Identity answers "not allowed" before it looks at the password: wrong ones are counted here.
    private static async Task<SignInAnswer> WithoutConfirmationAsync(UserManager<PortalUser> users, PortalUser person, string password)
    {
        if (await users.IsLockedOutAsync(person))
        {
            return SignInAnswer.Locked;
        }

        if (await users.CheckPasswordAsync(person, password))
        {
            return SignInAnswer.NotConfirmed;
        }

        await users.AccessFailedAsync(person);
        return await users.IsLockedOutAsync(person) ? SignInAnswer.Locked : SignInAnswer.Wrong;
    }
}
