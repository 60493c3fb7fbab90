using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Mail;

/// <summary>Why a mail is not tried anew.</summary>
public enum ResendMailRefusal
{
    NotFound,

    /// <summary>It waits or was sent.</summary>
    NotDead,
}

/// <summary>Has mails that were given up tried anew, one or all of them.</summary>
public sealed class ResendMails(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    private const int Batch = 200;

    /// <returns>The mail's key.</returns>
    public async Task<Outcome<string, ResendMailRefusal>> RunAsync(Actor actor, Guid mailId, CancellationToken cancellation)
    {
        actor.Demand(Act.KeepMail);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var mail = await database.Outbox.FirstOrDefaultAsync(row => row.Id == mailId, cancellation);
        if (mail is null)
        {
            return ResendMailRefusal.NotFound;
        }

        if (mail.RefusalToResend() is { } refusal)
        {
            return refusal;
        }

        Resend(database, actor, mail, now);
        await database.SaveChangesAsync(cancellation);
        return mail.Key;
    }

    /// <returns>How many.</returns>
    public async Task<int> AllAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.KeepMail);
        var now = clock.GetUtcNow().UtcDateTime;
        var resent = 0;
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var mails = await database.Outbox.Where(mail => mail.DeadAt < now).OrderBy(mail => mail.DeadAt).Take(Batch).ToListAsync(cancellation);
            mails.ForEach(mail => Resend(database, actor, mail, now));
            await database.SaveChangesAsync(cancellation);
            resent += mails.Count;
            if (mails.Count < Batch)
            {
                return resent;
            }
        }
    }

    private static void Resend(PortalDbContext database, Actor actor, OutboxMail mail, DateTime now)
    {
        mail.Resend(now);
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "mail sent again", mail.Key));
    }
}
