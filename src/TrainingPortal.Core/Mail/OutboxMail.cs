namespace TrainingPortal.Mail;

/// <summary>
/// A mail that must be sent. It is added in the same save as what it tells of; delivery is separate and may be repeated.
/// </summary>
public sealed class OutboxMail
{
    /// <summary>Fewer are no reason to give up, however long the portal was away meanwhile.</summary>
    public const int MostTries = 10;

    /// <summary>A mail server that is down over a weekend loses no mail.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private OutboxMail()
    {
    }

    /// <param name="key">What the mail is about, such as <c>certificate-issued/…</c>: unique, so that nothing is told twice.</param>
    /// <param name="to">The address.</param>
    /// <param name="text">Subject and body.</param>
    /// <param name="confidential">The body is erased once delivered, since it lets its reader into an account.</param>
    /// <param name="now">UTC.</param>
    /// <param name="notBefore">UTC instant before which it is not sent; none: at once.</param>
    /// <param name="quietZone">See <see cref="QuietZone"/>.</param>
    public OutboxMail(string key, string to, MailText text, bool confidential, DateTime now, DateTime? notBefore = null, string? quietZone = null)
    {
        Id = Guid.CreateVersion7(now);
        Key = key;
        To = to;
        Subject = text.Subject;
        Body = text.Body;
        Confidential = confidential;
        CreatedAt = now;
        NextTryAt = notBefore ?? now;
        QuietZone = quietZone;
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

    /// <summary>
    /// UTC; none once sent or given up. While a delivery is under way it lies ahead, so that no other takes the mail.
    /// </summary>
    public DateTime? NextTryAt { get; private set; }

    /// <summary>IANA name of the zone whose <see cref="QuietHours"/> it never comes in, also when it is late; none: it comes at any hour.</summary>
    public string? QuietZone { get; private init; }

    /// <summary>UTC: given up after <see cref="MostTries"/> tries over <see cref="Patience"/>; none otherwise.</summary>
    public DateTime? DeadAt { get; private set; }

    /// <summary>UTC: when an administrator last had it tried anew; none if never.</summary>
    public DateTime? ResentAt { get; private set; }

    /// <summary>Since it was written, or since it was tried anew.</summary>
    public int Tries { get; private set; }

    /// <summary>What the last try ended with, for the administrator.</summary>
    public string? LastError { get; private set; }

    public MailState State => SentAt is not null ? MailState.Sent : DeadAt is not null ? MailState.Dead : MailState.Waiting;

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

    /// <summary>
    /// Waits twice as long after each failure: 1, 2, 4 … minutes, a day at most; and no more after
    /// <see cref="MostTries"/> tries over <see cref="Patience"/>.
    /// </summary>
    public void MarkFailed(string error, DateTime now)
    {
        LastError = error;
        if (Tries >= MostTries && now - (ResentAt ?? CreatedAt) >= Patience)
        {
            NextTryAt = null;
            DeadAt = now;
            return;
        }

        NextTryAt = now.AddMinutes(Math.Min(Math.Pow(2, Math.Max(0, Tries - 1)), 24 * 60));
    }

    /// <summary>Why it cannot be tried anew, or none.</summary>
    public ResendMailRefusal? RefusalToResend() => State == MailState.Dead ? null : ResendMailRefusal.NotDead;

    /// <summary>Has a mail that was given up tried from the beginning.</summary>
    /// <exception cref="InvalidOperationException">Refused; ask <see cref="RefusalToResend"/> first.</exception>
    public void Resend(DateTime now)
    {
        if (RefusalToResend() is { } refusal)
        {
            throw new InvalidOperationException($"Refused: {refusal}");
        }

        DeadAt = null;
        Tries = 0;
        ResentAt = now;
        NextTryAt = now;
    }
}

/// <summary>Where a mail is.</summary>
public enum MailState
{
    Waiting,
    Sent,

    /// <summary>Given up: nobody would take it.</summary>
    Dead,
}

/// <summary>What a mail says, in its reader's language.</summary>
public sealed record MailText(string Subject, string Body);
