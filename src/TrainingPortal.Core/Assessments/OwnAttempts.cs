using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>A person's attempts, by way of their cycles: so their number is what is read, and not that of the school's.</summary>
internal static class OwnAttempts
{
    // More than six sets a day over two years; whoever has more loses the oldest from the count of weeks.
    private const int MostSets = 5000;

    public static IQueryable<Attempt> AttemptsOf(this PortalDbContext database, Guid personId) => database.Enrollments
        .Where(row => row.PersonId == personId)
        .Join(database.Attempts, row => row.Id, attempt => attempt.EnrollmentId, (_, attempt) => attempt);

    /// <summary>Practice sets that were handed in with every question answered; only they keep a week up.</summary>
    /// <param name="database">Where they are.</param>
    /// <param name="personId">Whose.</param>
    /// <param name="practice">Of which quizzes.</param>
    /// <param name="since">UTC; none: from the first on.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>When each was closed (UTC), the newest first.</returns>
    public static async Task<List<(Guid QuizId, DateTime ClosedAt)>> WholeSetsAsync(this PortalDbContext database, Guid personId, IQueryable<Quiz> practice, DateTime? since, CancellationToken cancellation)
    {
        var sets = await database.AttemptsOf(personId)
            .Where(attempt => attempt.Kind == QuizKind.Practice && attempt.ClosedAt != null && practice.Any(quiz => quiz.Id == attempt.QuizId))
            .Where(attempt => since == null || attempt.ClosedAt >= since)
            .Where(attempt => !attempt.Answers.Any(answer => !answer.Complete))
            .OrderByDescending(attempt => attempt.ClosedAt)
            .Take(MostSets)
            .Select(attempt => new { attempt.QuizId, attempt.ClosedAt })
            .ToListAsync(cancellation);
        return [.. sets.Select(set => (set.QuizId, set.ClosedAt!.Value))];
    }
}
