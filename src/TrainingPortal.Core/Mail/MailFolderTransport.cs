using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace TrainingPortal.Mail;

/// <summary>
/// Writes each mail as <c>mail/&lt;id&gt;.eml</c> in the data folder. The file appears whole or not at all, and a repeated
/// delivery replaces it by itself.
/// </summary>
public sealed class MailFolderTransport(IOptions<MailOptions> mail, IOptions<PortalOptions> portal) : IMailTransport
{
    public Task SendAsync(OutboxMail row, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(Path.Combine(portal.Value.DataDirectory, "mail"));
        try
        {
            var folder = Directory.CreateDirectory(path);
            var drop = folder.CreateSubdirectory($".{row.Id:N}");
            using var message = MailMessages.Compose(row, mail.Value, portal.Value.Name);
            using var client = new SmtpClient
            {
                DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
                PickupDirectoryLocation = drop.FullName,
            };
            foreach (var leftover in drop.EnumerateFiles())
            {
                leftover.Delete();
            }

            client.Send(message);
            drop.EnumerateFiles().Single().MoveTo(Path.Combine(folder.FullName, $"{row.Id:N}.eml"), overwrite: true);
            drop.Delete(recursive: true);
            return Task.CompletedTask;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SmtpException)
        {
            throw new MailNotDeliveredException($"The mail folder {path} could not be written: {failure.Message}", failure);
        }
    }
}
