namespace TrainingPortal.Mail;

/// <summary>Hands one mail over: to an SMTP server, or to a folder where none is configured.</summary>
public interface IMailTransport
{
    /// <exception cref="MailNotDeliveredException">It was not taken; the outbox tries again later.</exception>
    Task SendAsync(OutboxMail mail, CancellationToken cancellation);
}

/// <summary>A mail was not taken, with the reason as an administrator may read it.</summary>
public sealed class MailNotDeliveredException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Settings <c>Mail:*</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The SMTP server; without one, mails are written as <c>.eml</c> files to the data folder's <c>mail/</c>.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>STARTTLS; switch it off only for a server on the same machine.</summary>
    public bool Tls { get; set; } = true;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "portal@localhost";
}
