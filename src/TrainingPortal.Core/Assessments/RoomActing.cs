using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Changes every open attempt of an exam for an invigilator, a bounded number at a time, each number in one save.</summary>
internal static class RoomActing
{
    private const int AtOnce = 200;

    /// <param name="which">The attempts that are not yet as they are wanted.</param>
    /// <param name="act">Changes one of them.</param>
    /// <param name="audit">One line for all that were changed in a save.</param>
    /// <returns>How many were changed; null where there is no such exam.</returns>
    public static async Task<int?> RunAsync(
        IDbContextFactory<PortalDbContext> databases,
        Actor actor,
        string examSlug,
        Func<IQueryable<Attempt>, IQueryable<Attempt>> which,
        Func<Attempt, AttemptEvent> act,
        Func<AuditEntry> audit,
        CancellationToken cancellation)
    {
        var changed = 0;
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);

            // The turn to write is taken first, so that a room full of people who save does not come in between.
            await using var turn = await database.BeginWriteAsync(cancellation);
            var examId = await database.Exams().Where(quiz => quiz.Slug == examSlug).Select(quiz => (Guid?)quiz.Id).FirstOrDefaultAsync(cancellation);
            if (examId is null)
            {
                return null;
            }

            var open = database.AttemptsUnder(actor).Where(attempt => attempt.QuizId == examId && attempt.ClosedAt == null);
            var attempts = await which(open).OrderBy(attempt => attempt.Id).Take(AtOnce).ToListAsync(cancellation);
            if (attempts.Count == 0)
            {
                return changed;
            }

            database.AttemptEvents.AddRange(attempts.Select(act));
            database.AuditEntries.Add(audit());
            try
            {
                await database.SaveChangesAsync(cancellation);
                await turn.CommitAsync(cancellation);
                changed += attempts.Count;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody saved in between: none of these was changed, and all are looked at again.
            }
        }
    }
}
