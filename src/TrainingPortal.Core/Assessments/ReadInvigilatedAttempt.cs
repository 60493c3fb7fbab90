using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Something that was done to an attempt.</summary>
/// <param name="At">UTC.</param>
/// <param name="Seconds">By how much the deadline moved; none where it did not.</param>
/// <param name="By">Who did it; none for the portal itself.</param>
public sealed record AttemptLogLine(DateTime At, AttemptEventKind Kind, int? Seconds, string? Reason, string? By);

/// <param name="Now">UTC: when it was read.</param>
/// <param name="Log">Oldest first.</param>
public sealed record InvigilatedAttempt(string ExamTitle, DateTime Now, BoardRow Row, IReadOnlyList<AttemptLogLine> Log);

/// <summary>One attempt of an exam as its invigilator sees it, with what was done to it.</summary>
public sealed class ReadInvigilatedAttempt(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    // No exam is interrupted as often.
    private const int MostLines = 200;

    /// <returns>Null where the exam has no such attempt.</returns>
    public async Task<InvigilatedAttempt?> RunAsync(Actor actor, string examSlug, Guid attemptId, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var exam = await database.Exams().Where(quiz => quiz.Slug == examSlug).Select(quiz => new { quiz.Id, quiz.Title }).FirstOrDefaultAsync(cancellation);
        if (exam is null)
        {
            return null;
        }

        var row = await BoardQuery.Of(database, database.AttemptsUnder(actor).Where(attempt => attempt.Id == attemptId && attempt.QuizId == exam.Id)).FirstOrDefaultAsync(cancellation);
        if (row is null)
        {
            return null;
        }

        var log = await database.AttemptEvents
            .Where(happened => happened.AttemptId == attemptId)
            .OrderBy(happened => happened.At)
            .ThenBy(happened => happened.Id)
            .Take(MostLines)
            .Select(happened => new AttemptLogLine(
                happened.At,
                happened.Kind,
                happened.Seconds,
                happened.Reason,
                database.Users.Where(person => person.Id == happened.ById).Select(person => person.Name).FirstOrDefault()))
            .ToListAsync(cancellation);
        return new InvigilatedAttempt(exam.Title, now, row.For(actor), log);
    }
}
