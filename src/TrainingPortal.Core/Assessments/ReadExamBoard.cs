using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Who sits an exam at an instant (UTC), or has just sat it.</summary>
/// <param name="Rows">Open attempts by name, then those that closed in the last hours.</param>
/// <param name="More">There are more than are shown.</param>
public sealed record ExamBoard(string Slug, string Title, DateTime Now, IReadOnlyList<BoardRow> Rows, bool More);

/// <summary>The exam board: open attempts of one exam, and those that closed within <see cref="ClosedFor"/>.</summary>
public sealed class ReadExamBoard(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <summary>Rows at most.</summary>
    public const int Most = 300;

    public static readonly TimeSpan ClosedFor = TimeSpan.FromHours(3);

    /// <returns>Null where there is no such exam.</returns>
    public async Task<ExamBoard?> RunAsync(Actor actor, string examSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var exam = await database.Exams().Where(quiz => quiz.Slug == examSlug).Select(quiz => new { quiz.Id, quiz.Title }).FirstOrDefaultAsync(cancellation);
        if (exam is null)
        {
            return null;
        }

        var since = now - ClosedFor;
        var attempts = database.AttemptsUnder(actor).Where(attempt => attempt.QuizId == exam.Id && (attempt.ClosedAt == null || attempt.ClosedAt >= since));
        var rows = await BoardQuery.Of(database, attempts).Take(Most + 1).ToListAsync(cancellation);
        return new ExamBoard(examSlug, exam.Title, now, [.. rows.Take(Most).Select(row => row.For(actor))], rows.Count > Most);
    }
}
