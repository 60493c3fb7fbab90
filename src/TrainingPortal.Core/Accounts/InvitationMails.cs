using TrainingPortal.Mail;

namespace TrainingPortal.Accounts;

/// <summary>The mail of an invitation: confidential, since its link lets its reader in.</summary>
internal static class InvitationMails
{
    /// <summary>Draws a new secret and writes the mail that has it; to be saved together.</summary>
    /// <param name="invitation">Whose link it is.</param>
    /// <param name="text">The mail for a link.</param>
    /// <param name="portal">Knows the portal's address.</param>
    /// <param name="now">UTC.</param>
    public static OutboxMail Write(Invitation invitation, PortalOptions portal, Func<string, MailText> text, DateTime now)
    {
        var link = portal.Link($"/account/invitation/{invitation.DrawToken(now)}");
        return new OutboxMail($"invitation/{invitation.Id}/{Guid.CreateVersion7(now)}", invitation.Email, text(link), confidential: true, now);
    }

    public static OutboxMail ToPortal(Invitation invitation, PortalOptions portal, string language, string inviter, DateTime now) =>
        Write(invitation, portal, link => MailTexts.InvitationToPortal(language, portal.Name, invitation.Name ?? invitation.Email, inviter, link, Invitation.Lifetime.Days), now);

    public static OutboxMail ToCohort(Invitation invitation, PortalOptions portal, string language, string inviter, string cohort, string organisation, DateTime now) =>
        Write(invitation, portal, link => MailTexts.InvitationToCohort(language, portal.Name, invitation.Name ?? invitation.Email, inviter, cohort, organisation, link, Invitation.Lifetime.Days), now);
}
