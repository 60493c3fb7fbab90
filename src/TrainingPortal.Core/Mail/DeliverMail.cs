using Microsoft.EntityFrameworkCore;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;

namespace TrainingPortal.Mail;

/// <summary>
/// The job <c>deliver-mail</c>: hands waiting mails to the transport, oldest first. A mail is taken by moving its next try
/// ahead, so that two copies of the job never send the same one; after a crash in between it is tried again.
/// </summary>
public sealed class DeliverMail(IDbContextFactory<PortalDbContext> databases, IMailTransport transport, TimeProvider clock) : IPreviewedJob
{
    private const int Batch = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public string Name => JobNames.DeliverMail;

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        var sent = 0;
        var run = RunningJob.Current;
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var waiting = await Due(database, now).OrderBy(mail => mail.NextTryAt).Take(Batch).ToListAsync(cancellation);
            if (run is not null && waiting.Count > 0)
            {
                await run.FoundAsync(waiting.Count < Batch || sent > 0 ? waiting.Count : await Due(database, now).CountAsync(cancellation));
            }

            foreach (var mail in waiting)
            {
                cancellation.ThrowIfCancellationRequested();
                var delivered = await DeliverAsync(database, mail, now, cancellation);
                sent += delivered ? 1 : 0;
                if (run is not null)
                {
                    await run.PassAsync(delivered ? 1 : 0);
                }
            }

            if (waiting.Count < Batch)
            {
                return sent;
            }
        }
    }

    public async Task<DueList> ListDueAsync(DateTime now, int most, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var lines = await Due(database, now)
            .OrderBy(mail => mail.NextTryAt)
            .Take(most)
            .Select(mail => new DueLine(mail.NextTryAt!.Value, mail.To, mail.Subject))
            .ToListAsync(cancellation);
        return new DueList(lines, await Due(database, now).CountAsync(cancellation));
    }

    private static IQueryable<OutboxMail> Due(PortalDbContext database, DateTime now) => database.Outbox.Where(mail => mail.NextTryAt <= now);

    private async Task<bool> DeliverAsync(PortalDbContext database, OutboxMail mail, DateTime now, CancellationToken cancellation)
    {
        var seen = mail.NextTryAt;
        if (mail.QuietZone is { } zone && QuietHours.NextOpen(now, zone) is var morning && morning > now)
        {
            // It was to come by day, and could not: it waits for the next one.
            await database.Outbox
                .Where(row => row.Id == mail.Id && row.NextTryAt == seen)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.NextTryAt, morning), cancellation);
            return false;
        }

        // From the moment of taking: the mails before this one may have taken their time.
        var lease = clock.GetUtcNow().UtcDateTime + Lease;
        var taken = await database.Outbox
            .Where(row => row.Id == mail.Id && row.NextTryAt == seen)
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(row => row.NextTryAt, lease)
                    .SetProperty(row => row.Tries, row => row.Tries + 1),
                cancellation);
        if (taken == 0)
        {
            return false;
        }

        await database.Entry(mail).ReloadAsync(cancellation);
        try
        {
            await transport.SendAsync(mail, cancellation);
            mail.MarkSent(now);
        }
        catch (MailNotDeliveredException failure)
        {
            mail.MarkFailed(failure.Message[..Math.Min(failure.Message.Length, 1000)], now);
        }

        // Once the transport has it, that is put on record even if the portal is being stopped.
        await database.SaveChangesAsync(CancellationToken.None);
        return mail.SentAt is not null;
    }
}
