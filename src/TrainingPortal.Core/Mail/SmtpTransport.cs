using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace TrainingPortal.Mail;

/// <summary>Hands mails to an SMTP server.</summary>
public sealed class SmtpTransport(IOptions<MailOptions> mail, IOptions<PortalOptions> portal) : IMailTransport
{
    // A server that goes silent must not hold up the mails behind this one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task SendAsync(OutboxMail row, CancellationToken cancellation)
    {
        using var client = new SmtpClient(mail.Value.Host, mail.Value.Port)
        {
            EnableSsl = mail.Value.Tls,
            Credentials = mail.Value.User is { } user ? new NetworkCredential(user, mail.Value.Password) : null,
        };
        using var message = MailMessages.Compose(row, mail.Value, portal.Value.Name);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, patience.Token);
        }
        catch (SmtpException failure)
        {
            throw new MailNotDeliveredException($"The mail server {mail.Value.Host}:{mail.Value.Port} answered: {failure.Message}", failure);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new MailNotDeliveredException($"The mail server {mail.Value.Host}:{mail.Value.Port} did not answer within 30 seconds.", failure);
        }
    }
}
