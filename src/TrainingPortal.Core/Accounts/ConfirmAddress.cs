using Microsoft.AspNetCore.Identity;

namespace TrainingPortal.Accounts;

public enum ConfirmAddressRefusal
{
    /// <summary>The link is too old, cut off, or not for this account.</summary>
    LinkNotValid,
}

/// <summary>Confirms an address by the link from the mail; following it again confirms it again.</summary>
public sealed class ConfirmAddress(UserManager<PortalUser> users)
{
    public async Task<Outcome<string, ConfirmAddressRefusal>> RunAsync(Guid id, string code)
    {
        var person = await users.FindByIdAsync(id.ToString());
        if (person is null)
        {
            return ConfirmAddressRefusal.LinkNotValid;
        }

        if (person.EmailConfirmed || (await users.ConfirmEmailAsync(person, AccountMails.Decode(code))).Succeeded)
        {
            return person.Email!;
        }

        return ConfirmAddressRefusal.LinkNotValid;
    }
}
