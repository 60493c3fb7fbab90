using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace TrainingPortal.Mail;

/// <summary>Hands mails to an SMTP server.</summary>
public sealed class SmtpTransport(IOptions<MailOptions> mail, IOptions<PortalOptions> portal) : IMailTransport
{
    public async Task SendAsync(OutboxMail row, CancellationToken cancellation)
    {
        using var client = new SmtpClient(mail.Value.Host, mail.Value.Port)
        {
            EnableSsl = mail.Value.Tls,
            Credentials = mail.Value.User is { } user ? new NetworkCredential(user, mail.Value.Password) : null,
        };
        using var message = MailMessages.Compose(row, mail.Value, portal.Value.Name);
        try
        {
            await client.SendMailAsync(message, cancellation);
        }
        catch (SmtpException failure)
        {
            throw new MailNotDeliveredException($"The mail server {mail.Value.Host}:{mail.Value.Port} answered: {failure.Message}", failure);
        }
    }
}
