using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>
/// The portal's sign of life, and what follows when it was missing: attempts that were running get the time back. Of several
/// nodes any one is enough; of two that come back at once, one gives back.
/// </summary>
public sealed class KeepPulse(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    /// <summary>A longer silence is an outage.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <returns>How many attempts got time back.</returns>
    public async Task<int> BeatAsync(CancellationToken cancellation)
    {
        try
        {
            return await TryBeatAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Another node was first, or an attempt moved on meanwhile: with the next beat the same facts are there again.
            return 0;
        }
    }

    /// <summary>The last sign of life (UTC) where the portal is away now; none where it is up or never was.</summary>
    internal static async Task<DateTime?> AwaySinceAsync(PortalDbContext database, DateTime now, CancellationToken cancellation)
    {
        var last = await database.Pulses.Select(pulse => (DateTime?)pulse.BeatAt).FirstOrDefaultAsync(cancellation);
        return now - last > Silence ? last : null;
    }

    private async Task<int> TryBeatAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var pulse = await database.Pulses.FirstOrDefaultAsync(cancellation);
        if (pulse is null)
        {
            database.Pulses.Add(new Pulse { Id = 1, BeatAt = now });
            await database.SaveChangesAsync(cancellation);
            return 0;
        }

        var last = pulse.BeatAt;
        if (now <= last)
        {
            return 0;
        }

        pulse.BeatAt = now;
        var running = now - last > Silence
            ? await database.Attempts
                .Where(attempt => attempt.ClosedAt == null && attempt.PausedAt == null && attempt.DeadlineAt > last && attempt.StartedAt < now)
                .ToListAsync(cancellation)
            : [];
        foreach (var attempt in running)
        {
            var lost = now - (attempt.StartedAt > last ? attempt.StartedAt : last);
            attempt.Extend(lost);
            database.AttemptEvents.Add(new AttemptEvent
            {
                Id = Guid.CreateVersion7(now),
                AttemptId = attempt.Id,
                Kind = AttemptEventKind.OutageGivenBack,
                At = now,
                Seconds = (int)lost.TotalSeconds,
            });
        }

        if (now - last > Silence)
        {
            database.Outages.Add(new Outage { Id = Guid.CreateVersion7(now), From = last, Until = now, Attempts = running.Count });
        }

        // One save: a crash in the middle gives nothing back, and the next beat gives it all.
        await database.SaveChangesAsync(cancellation);
        return running.Count;
    }
}
