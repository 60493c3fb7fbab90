using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <summary>Mails whose links let their reader into an account: written to the outbox, erased once delivered.</summary>
internal static class AccountMails
{
    public static async Task SendConfirmationAsync(UserManager<PortalUser> users, PortalDbContext database, PortalOptions portal, PortalUser person, DateTime now, CancellationToken cancellation)
    {
        var token = await users.GenerateEmailConfirmationTokenAsync(person);
        var link = portal.Link($"/account/confirm?id={person.Id}&code={Encode(token)}");
        await AddAsync(database, "confirm-address", person, MailTexts.ConfirmAddress(person.Language, portal.Name, person.Name, link), now, cancellation);
    }

    public static async Task SendAlreadyRegisteredAsync(UserManager<PortalUser> users, PortalDbContext database, PortalOptions portal, PortalUser person, DateTime now, CancellationToken cancellation) =>
        await AddAsync(database, "already-registered", person, MailTexts.AlreadyRegistered(person.Language, portal.Name, person.Name, await ResetLinkAsync(users, portal, person)), now, cancellation);

    public static async Task SendPasswordResetAsync(UserManager<PortalUser> users, PortalDbContext database, PortalOptions portal, PortalUser person, DateTime now, CancellationToken cancellation) =>
        await AddAsync(database, "reset-password", person, MailTexts.ResetPassword(person.Language, portal.Name, person.Name, await ResetLinkAsync(users, portal, person)), now, cancellation);

    public static string Decode(string code)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
        }
        catch (FormatException)
        {
            // A cut or mangled link: no token, which is then refused like any wrong one.
            return "";
        }
    }

    private static string Encode(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));

    private static async Task<string> ResetLinkAsync(UserManager<PortalUser> users, PortalOptions portal, PortalUser person) =>
        portal.Link($"/account/reset-password?id={person.Id}&code={Encode(await users.GeneratePasswordResetTokenAsync(person))}");

    private static async Task AddAsync(PortalDbContext database, string kind, PortalUser person, MailText text, DateTime now, CancellationToken cancellation)
    {
        database.Outbox.Add(new OutboxMail($"{kind}/{person.Id}/{Guid.CreateVersion7(now)}", person.Email!, text, confidential: true, now));
        await database.SaveChangesAsync(cancellation);
    }
}
