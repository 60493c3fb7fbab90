using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <summary>
/// Mails a link for a new password; where the address was never confirmed, a new confirmation instead. For an unknown
/// address it does nothing, and whoever asked gets the same answer.
/// </summary>
public sealed class RequestPasswordReset(UserManager<PortalUser> users, PortalDbContext database, IOptions<PortalOptions> portal, TimeProvider clock)
{
    public async Task RunAsync(string email, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await users.FindByEmailAsync(email) is not { } person)
        {
            return;
        }

        if (person.EmailConfirmed)
        {
            await AccountMails.SendPasswordResetAsync(users, database, portal.Value, person, now, cancellation);
        }
        else
        {
            await AccountMails.SendConfirmationAsync(users, database, portal.Value, person, now, cancellation);
        }
    }
}
