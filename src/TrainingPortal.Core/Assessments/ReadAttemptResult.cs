using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>A closed attempt as its person sees it.</summary>
/// <param name="MissedCritical">The objectives of critical items that were wrong; the items themselves stay unseen.</param>
/// <param name="Review">Question by question with keys and reasons: knowledge checks only, since exam items are drawn again.</param>
public sealed record AttemptReport(
    Guid AttemptId,
    string QuizSlug,
    string QuizTitle,
    QuizKind Kind,
    string CourseSlug,
    DateTime ClosedAt,
    bool TimeRanOut,
    AttemptResult Result,
    int Points,
    int Of,
    int PassPercent,
    IReadOnlyList<DomainScore> Domains,
    IReadOnlyDictionary<string, string> DomainTitles,
    IReadOnlyList<MissedCritical> MissedCritical,
    IReadOnlyList<ReviewedItem> Review);

public sealed record MissedCritical(string Domain, string Objective);

/// <param name="Correct">All right options were chosen and no wrong one.</param>
public sealed record ReviewedItem(string Stem, IReadOnlyList<ItemOption> Options, ChosenPlaces Chosen, bool Correct);

public enum AttemptResultRefusal
{
    NotFound,

    /// <summary>The attempt is still open.</summary>
    Open,
}

/// <summary>The result of the actor's own closed attempt.</summary>
public sealed class ReadAttemptResult(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<AttemptReport, AttemptResultRefusal>> RunAsync(Actor actor, Guid attemptId, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var state = await database.Attempts
            .Where(row => row.Id == attemptId && row.PersonId == actor.PersonId)
            .Select(row => new { row.ClosedAt, row.DeadlineAt })
            .FirstOrDefaultAsync(cancellation);
        if (state is null)
        {
            return AttemptResultRefusal.NotFound;
        }

        if (state.ClosedAt is null)
        {
            if (!(now >= state.DeadlineAt))
            {
                return AttemptResultRefusal.Open;
            }

            await AttemptClosing.CloseAsync(databases, attemptId, now, cancellation);
        }

        var attempt = await database.Attempts.AsNoTracking().Include(row => row.Items.OrderBy(item => item.Slot)).FirstAsync(row => row.Id == attemptId, cancellation);
        var quiz = await database.Quizzes.AsNoTracking().FirstAsync(row => row.Id == attempt.QuizId, cancellation);
        var courseSlug = await database.Courses.Where(course => course.Id == quiz.CourseId).Select(course => course.Slug).FirstAsync(cancellation);
        var titles = await database.DomainTitlesAsync(quiz, cancellation);
        var questions = await database.ItemVersions
            .AsNoTracking()
            .Where(version => database.AttemptItems.Any(item => item.AttemptId == attemptId && item.ItemVersionId == version.Id))
            .ToDictionaryAsync(version => version.Id, cancellation);
        return new AttemptReport(
            attemptId,
            quiz.Slug,
            quiz.Title,
            attempt.Kind,
            courseSlug,
            attempt.ClosedAt!.Value,
            attempt.ClosedAt == attempt.DeadlineAt,
            attempt.Result!.Value,
            attempt.Points!.Value,
            attempt.Items.Count(item => item.Scored),
            attempt.PassPercent,
            attempt.Domains,
            titles,
            attempt.Kind == QuizKind.Exam ? Missed(attempt, questions) : [],
            attempt.Kind == QuizKind.Check ? Reviewed(attempt, questions) : []);
    }

    private static List<MissedCritical> Missed(Attempt attempt, Dictionary<Guid, ItemVersion> questions) =>
    [
        .. attempt.Items
            .Where(item => item.Scored && item.Correct == false && questions[item.ItemVersionId].Critical)
            .Select(item => new MissedCritical(item.Domain, questions[item.ItemVersionId].Objective)),
    ];

    private static List<ReviewedItem> Reviewed(Attempt attempt, Dictionary<Guid, ItemVersion> questions) =>
    [
        .. attempt.Items.Select(item =>
        {
            var question = questions[item.ItemVersionId];
            return new ReviewedItem(question.Stem, [.. item.OptionOrder.Select(index => question.Options[index])], item.Chosen ?? default, item.Correct == true);
        }),
    ];
}
