using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Mail;

/// <summary>A mail as an administrator sees it.</summary>
/// <param name="Kind">What it is about: its key's first word, such as <c>certificate-issued</c>.</param>
/// <param name="Body">None where it is confidential or was erased.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="SentAt">UTC; none unless it was sent.</param>
/// <param name="NextTryAt">UTC; none unless it waits.</param>
/// <param name="Error">What the last try ended with; none where it went well or is still ahead.</param>
public sealed record MailLine(
    Guid Id,
    MailState State,
    string Kind,
    string Key,
    string To,
    string Subject,
    string? Body,
    bool Confidential,
    DateTime CreatedAt,
    DateTime? SentAt,
    DateTime? NextTryAt,
    int Tries,
    string? Error);

/// <summary>A page of mails.</summary>
/// <param name="Lines">The newest first.</param>
/// <param name="Total">Mails of the state asked for, in all.</param>
/// <param name="Waiting">Mails that wait, whatever was asked for.</param>
/// <param name="Dead">Mails given up, whatever was asked for.</param>
public sealed record MailPage(IReadOnlyList<MailLine> Lines, int Total, int Waiting, int Dead);

/// <summary>The mails that wait, were sent or were given up, and why each was written.</summary>
public sealed class ReadMails(IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 50;

    /// <param name="state">Only those; none: all.</param>
    /// <param name="page">From 1.</param>
    public async Task<MailPage> RunAsync(Actor actor, MailState? state, int page, CancellationToken cancellation)
    {
        actor.Demand(Act.KeepMail);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var all = database.Outbox.AsNoTracking();
        var waiting = all.Where(mail => mail.NextTryAt != null);
        var dead = all.Where(mail => mail.DeadAt != null);
        var wanted = state is not { } one ? all : one switch
        {
            MailState.Waiting => waiting,
            MailState.Sent => all.Where(mail => mail.SentAt != null),
            MailState.Dead => dead,
        };
        var rows = await wanted
            .OrderByDescending(mail => mail.CreatedAt)
            .ThenByDescending(mail => mail.Id)
            .Skip((Math.Max(page, 1) - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancellation);
        return new MailPage(
            [.. rows.Select(Line)],
            await wanted.CountAsync(cancellation),
            await waiting.CountAsync(cancellation),
            await dead.CountAsync(cancellation));
    }

    private static MailLine Line(OutboxMail mail) => new(
        mail.Id,
        mail.State,
        mail.Key.Split('/')[0],
        mail.Key,
        mail.To,
        mail.Subject,
        mail.Confidential || mail.Body.Length == 0 ? null : mail.Body,
        mail.Confidential,
        mail.CreatedAt,
        mail.SentAt,
        mail.NextTryAt,
        mail.Tries,
        mail.LastError);
}
