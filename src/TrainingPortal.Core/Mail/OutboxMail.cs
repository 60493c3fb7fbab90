namespace TrainingPortal.Mail;

/// <summary>
/// A mail that must be sent. It is added in the same save as what it tells of; delivery is separate and may be repeated.
/// </summary>
public sealed class OutboxMail
{
    private OutboxMail()
    {
    }

    /// <param name="key">What the mail is about, such as <c>certificate-issued/…</c>: unique, so that nothing is told twice.</param>
    /// <param name="to">The address.</param>
    /// <param name="text">Subject and body.</param>
    /// <param name="confidential">The body is erased once delivered, since it lets its reader into an account.</param>
    /// <param name="now">UTC.</param>
    public OutboxMail(string key, string to, MailText text, bool confidential, DateTime now)
    {
        Id = Guid.CreateVersion7(now);
        Key = key;
        To = to;
        Subject = text.Subject;
        Body = text.Body;
        Confidential = confidential;
        CreatedAt = now;
        NextTryAt = now;
    }

    /// <summary>Also the mail's Message-ID and, in a mail folder, its file name: a repeated delivery is the same mail.</summary>
    public Guid Id { get; private init; }

    public string Key { get; private init; } = "";

    public string To { get; private init; } = "";

    public string Subject { get; private init; } = "";

    /// <summary>Plain text.</summary>
    public string Body { get; private set; } = "";

    public bool Confidential { get; private init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private init; }

    /// <summary>UTC; none while it waits.</summary>
    public DateTime? SentAt { get; private set; }

    /// <summary>UTC; none once sent. While a delivery is under way it lies ahead, so that no other takes the mail.</summary>
    public DateTime? NextTryAt { get; private set; }

    public int Tries { get; private set; }

    /// <summary>What the last try ended with, for the administrator.</summary>
    public string? LastError { get; private set; }

    public void MarkSent(DateTime now)
    {
        SentAt = now;
        NextTryAt = null;
        LastError = null;
        if (Confidential)
        {
            Body = "";
        }
    }

    /// <summary>Waits twice as long after each failure: 1, 2, 4 … minutes, a day at most.</summary>
    public void MarkFailed(string error, DateTime now)
    {
        LastError = error;
        NextTryAt = now.AddMinutes(Math.Min(Math.Pow(2, Math.Max(0, Tries - 1)), 24 * 60));
    }
}

/// <summary>What a mail says, in its reader's language.</summary>
public sealed record MailText(string Subject, string Body);
