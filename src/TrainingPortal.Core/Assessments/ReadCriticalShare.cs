using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>How many attempts at an exam failed by their critical items alone: pass mark reached, every gate met, and failed all the same.</summary>
/// <param name="Attempts">How many attempts it rests on: the newest closed ones, without voided ones.</param>
public sealed record CriticalShare(int Attempts, int Failed)
{
    /// <summary>Attempts below this number say little, and no share is shown.</summary>
    public const int Enough = 20;

    /// <summary>Attempts it rests on at most.</summary>
    public const int Newest = 1000;

    /// <summary>Per cent, or null where the attempts are too few to judge.</summary>
    public decimal? Percent => Attempts < Enough ? null : 100m * Failed / Attempts;
}

/// <summary>The share of an exam's attempts that failed by critical items alone, by which its critical items are judged.</summary>
public sealed class ReadCriticalShare(IDbContextFactory<PortalDbContext> databases)
{
    /// <returns>Null where there is no such exam.</returns>
    public async Task<CriticalShare?> RunAsync(Actor actor, string examSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.SeeResults);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var examId = await database.Exams().Where(quiz => quiz.Slug == examSlug).Select(quiz => (Guid?)quiz.Id).FirstOrDefaultAsync(cancellation);
        return examId is null ? null : await OfAsync(database, examId.Value, cancellation);
    }

    internal static async Task<CriticalShare> OfAsync(PortalDbContext database, Guid examId, CancellationToken cancellation)
    {
        var newest = database.Attempts
            .Where(attempt => attempt.QuizId == examId && attempt.ClosedAt != null && attempt.Result != AttemptResult.Voided)
            .OrderByDescending(attempt => attempt.ClosedAt)
            .ThenByDescending(attempt => attempt.Id)
            .Take(CriticalShare.Newest);
        var attempts = await newest.CountAsync(cancellation);
        var failed = await newest
            .Where(attempt => attempt.Result == AttemptResult.FailedCritical && attempt.Points * 100 >= attempt.PassPercent * attempt.Of)
            .Select(attempt => attempt.Domains)
            .ToListAsync(cancellation);
        return new CriticalShare(attempts, failed.Count(domains => domains.All(domain => domain.GatePassed)));
    }
}
