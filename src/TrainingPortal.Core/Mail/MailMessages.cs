using System.Net.Mail;
using System.Text;

namespace TrainingPortal.Mail;

internal static class MailMessages
{
    /// <summary>The message, with an id made of the outbox row's: a repeated delivery is recognised as the same mail.</summary>
    public static MailMessage Compose(OutboxMail mail, MailOptions options, string portalName)
    {
        var from = new MailAddress(options.From, portalName, Encoding.UTF8);
        if (!MailAddress.TryCreate(mail.To, out var to))
        {
            throw new MailNotDeliveredException("The address is not one that a mail can go to.");
        }

        var message = new MailMessage(from, to)
        {
            Subject = mail.Subject.ReplaceLineEndings(" "),
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Body,
            BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{mail.Id:N}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
