using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Jobs;

/// <summary>
/// The job <c>retention</c>: what was kept for a while and is of no more use goes. Runs of jobs, the texts of mails that were
/// delivered, and invitations that nobody answered, each 90 days after its end. That a mail was sent, to whom and why, stays.
/// </summary>
public sealed class EraseOldRows(IDbContextFactory<PortalDbContext> databases) : IPortalJob
{
    private const int Batch = 500;

    public string Name => JobNames.Retention;

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        var before = now - JobRun.Kept;
        return await InBatchesAsync(
                (database, after) => database.JobRuns.Where(run => run.StartedAt < before && run.Id > after).Select(run => run.Id),
                (database, ids) => database.JobRuns.Where(run => ids.Contains(run.Id)).ExecuteDeleteAsync(cancellation),
                cancellation)
            + await InBatchesAsync(
                (database, after) => database.Outbox.Where(mail => mail.SentAt < before && mail.Body != "" && mail.Id > after).Select(mail => mail.Id),
                (database, ids) => database.Outbox.Where(mail => ids.Contains(mail.Id)).ExecuteUpdateAsync(update => update.SetProperty(mail => mail.Body, ""), cancellation),
                cancellation)
            + await InBatchesAsync(
                (database, after) => database.Invitations
                    .Where(invitation => invitation.AcceptedAt == null && (invitation.ExpiresAt < before || invitation.WithdrawnAt < before) && invitation.Id > after)
                    .Select(invitation => invitation.Id),
                (database, ids) => database.Invitations.Where(invitation => ids.Contains(invitation.Id) && invitation.AcceptedAt == null).ExecuteDeleteAsync(cancellation),
                cancellation);
    }

    /// <param name="old">The ids of what is too old, after a given one: no row is looked at twice, however many there are.</param>
    /// <param name="erase">Erases those and tells how many they were.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    private async Task<int> InBatchesAsync(
        Func<PortalDbContext, Guid, IQueryable<Guid>> old,
        Func<PortalDbContext, List<Guid>, Task<int>> erase,
        CancellationToken cancellation)
    {
        var erased = 0;
        var last = Guid.Empty;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var ids = await old(database, last).OrderBy(id => id).Take(Batch).ToListAsync(cancellation);
            if (ids.Count == 0)
            {
                return erased;
            }

            if (RunningJob.Current is { } run)
            {
                await run.FoundAsync(ids.Count);
            }

            var batch = await erase(database, ids);
            erased += batch;
            last = ids[^1];
            if (RunningJob.Current is { } running)
            {
                await running.PassAsync(batch, ids.Count);
            }
        }
    }
}
