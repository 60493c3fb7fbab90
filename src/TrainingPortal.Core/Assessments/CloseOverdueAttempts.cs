using Microsoft.EntityFrameworkCore;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>
/// The job <c>close-attempts</c>: closes attempts whose deadline passed, with what was saved. Only exams have one, so no
/// practice card follows from it.
/// </summary>
public sealed class CloseOverdueAttempts(IDbContextFactory<PortalDbContext> databases, TimeProvider clock) : IPreviewedJob
{
    private const int Batch = 200;

    public string Name => JobNames.CloseAttempts;

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        var overdueBy = await OverdueByAsync(now, cancellation);
        var closed = 0;
        while (await CloseBatchAsync(overdueBy, now, cancellation) is > 0 and var batch)
        {
            closed += batch;
            cancellation.ThrowIfCancellationRequested();
            if (batch < Batch)
            {
                return closed;
            }
        }

        // What a whole batch could not be saved with is closed one by one, so that a broken row holds up none behind it.
        return closed + await CloseEachAsync(overdueBy, now, cancellation);
    }

    public async Task<DueList> ListDueAsync(DateTime now, int most, CancellationToken cancellation)
    {
        var overdueBy = await OverdueByAsync(now, cancellation);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var lines = await Overdue(database, overdueBy)
            .OrderBy(attempt => attempt.DeadlineAt)
            .Take(most)
            .Select(attempt => new DueLine(
                attempt.DeadlineAt!.Value,
                database.Users.Where(person => person.Id == attempt.PersonId).Select(person => person.Name).First(),
                database.Quizzes.Where(quiz => quiz.Id == attempt.QuizId).Select(quiz => quiz.Title).First()))
            .ToListAsync(cancellation);
        return new DueList(lines, await Overdue(database, overdueBy).CountAsync(cancellation));
    }

    // Run by hand while the portal is away, it leaves those that the portal will give the time back to.
    private async Task<DateTime> OverdueByAsync(DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var awaySince = await KeepPulse.AwaySinceAsync(database, clock.GetUtcNow().UtcDateTime, cancellation);
        return awaySince is { } since && since < now ? since : now;
    }

    /// <returns>How many were closed in one save; none where there was nothing to do, or one of them moved on meanwhile.</returns>
    private async Task<int> CloseBatchAsync(DateTime overdueBy, DateTime now, CancellationToken cancellation)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var attempts = await Overdue(database, overdueBy)
                .OrderBy(attempt => attempt.DeadlineAt)
                .Take(Batch)
                .Include(attempt => attempt.Paper)
                .Include(attempt => attempt.Answers)
                .AsSplitQuery()
                .ToListAsync(cancellation);
            attempts.ForEach(attempt => attempt.Close(now));
            await database.SaveChangesAsync(cancellation);
            if (attempts.Count > 0 && RunningJob.Current is { } run)
            {
                await run.FoundAsync(attempts.Count);
                await run.PassAsync(attempts.Count, attempts.Count);
            }

            return attempts.Count;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever it was is met again, and told, where each is closed on its own.
            return 0;
        }
    }

    private Task<int> CloseEachAsync(DateTime overdueBy, DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
        async most =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return await Overdue(database, overdueBy).OrderBy(attempt => attempt.DeadlineAt).Select(attempt => attempt.Id).Take(most).ToListAsync(cancellation);
        },
        attemptId => AttemptClosing.CloseAsync(databases, attemptId, now, cancellation),
        cancellation);

    private static IQueryable<Attempt> Overdue(PortalDbContext database, DateTime by) =>
        database.Attempts.Where(attempt => attempt.ClosedAt == null && attempt.PausedAt == null && attempt.DeadlineAt <= by);
}
