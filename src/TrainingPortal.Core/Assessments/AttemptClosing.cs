using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Closes an attempt whose time is over: one way for the page after the deadline, a new start, and the job.</summary>
internal static class AttemptClosing
{
    /// <summary>Closes it unless it is closed already; of two at once, one closes and both are content.</summary>
    /// <returns>False where it is open after all: an invigilator gave it time meanwhile, or stopped its clock.</returns>
    public static async Task<bool> CloseAsync(IDbContextFactory<PortalDbContext> databases, Guid attemptId, DateTime now, CancellationToken cancellation)
    {
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var attempt = await database.Attempts.Include(row => row.Paper).Include(row => row.Answers).AsSplitQuery().FirstAsync(row => row.Id == attemptId, cancellation);
            if (attempt.ClosedAt is not null)
            {
                return true;
            }

            if (!attempt.IsOverdue(now))
            {
                return false;
            }

            attempt.Close(now);
            await CardsAfterClosing.WriteAsync(database, attempt, cancellation);
            try
            {
                await database.SaveChangesAsync(cancellation);
                return true;
            }
            catch (DbUpdateConcurrencyException)
            {
                // An answer, another close, or another attempt on the same cards was saved in between: read again, so that
                // what was acknowledged counts.
            }
            catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
            {
                // The same, where the other close was first to say what was left open.
            }
        }
    }
}
