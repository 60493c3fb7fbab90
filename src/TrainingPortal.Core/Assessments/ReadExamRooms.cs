using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>An exam that can be invigilated.</summary>
/// <param name="Open">Attempts that are open now.</param>
/// <param name="Paused">How many of them stand still.</param>
public sealed record ExamRoom(string Slug, string Title, int Open, int Paused);

/// <summary>The exams, with how many people sit each now.</summary>
public sealed class ReadExamRooms(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Exams at most.</summary>
    public const int Most = 100;

    public async Task<IReadOnlyList<ExamRoom>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var open = database.AttemptsUnder(actor).Where(attempt => attempt.ClosedAt == null);
        return await database.Exams()
            .Where(quiz => !quiz.Retired || open.Any(attempt => attempt.QuizId == quiz.Id))
            .OrderBy(quiz => quiz.Title)
            .ThenBy(quiz => quiz.Slug)
            .Take(Most)
            .Select(quiz => new ExamRoom(
                quiz.Slug,
                quiz.Title,
                open.Count(attempt => attempt.QuizId == quiz.Id),
                open.Count(attempt => attempt.QuizId == quiz.Id && attempt.PausedAt != null)))
            .ToListAsync(cancellation);
    }
}
