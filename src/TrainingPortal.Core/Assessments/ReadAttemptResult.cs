using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>A closed attempt as its person sees it.</summary>
/// <param name="Points">In parts of an item's point, as many as <paramref name="ItemWorth"/>.</param>
/// <param name="Of">The most that could be had, in the same parts.</param>
/// <param name="Domains">Empty where the quiz's review policy shows no score.</param>
/// <param name="MissedCritical">The topics of critical items that were missed; the items themselves stay unseen.</param>
/// <param name="Items">Question by question, as far as the quiz's review policy allows.</param>
/// <param name="Certainty">Only of practice: the person's answers of the last weeks by how sure they were, with how many were right.</param>
/// <param name="VoidedBecause">The invigilator's reason, where the attempt was ended without a result.</param>
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
    int ItemWorth,
    int PassPercent,
    ReviewPolicy Review,
    IReadOnlyList<DomainScore> Domains,
    IReadOnlyDictionary<string, string> DomainTitles,
    IReadOnlyList<MissedCritical> MissedCritical,
    IReadOnlyList<ReviewedItem> Items,
    IReadOnlyList<CertaintyShare> Certainty,
    string? VoidedBecause = null);

/// <param name="Lesson">The address of what to read again.</param>
/// <param name="TwinRight">The item's twin was answered safely, so that it does not fail the attempt.</param>
public sealed record MissedCritical(string Domain, string Objective, string Lesson, bool TwinRight);

/// <summary>A question that was asked, in the version that was asked.</summary>
/// <param name="Face">The question with the person's answer.</param>
/// <param name="Kind">Its type, for the scoring rule.</param>
/// <param name="Key">The key and the reasons; none where the review policy keeps them.</param>
/// <param name="Order">For each place on the page, the index of the part that stood there.</param>
/// <param name="Response">None where it was left open.</param>
/// <param name="Points">Of <see cref="Score.Full"/>.</param>
/// <param name="Scored">False: it counted for nothing.</param>
/// <param name="Certainty">How sure the person was; only in practice.</param>
public sealed record ReviewedItem(
    int Slot,
    string Stem,
    Face Face,
    InteractionKind Kind,
    Interaction? Key,
    IReadOnlyList<int> Order,
    Response? Response,
    int Points,
    bool Scored,
    Certainty? Certainty);

public enum AttemptResultRefusal
{
    NotFound,

    /// <summary>The attempt is still open.</summary>
    Open,
}

/// <summary>The result of the actor's own closed attempt.</summary>
public sealed class ReadAttemptResult(IDbContextFactory<PortalDbContext> databases, ItemBank bank, TimeProvider clock)
{
    public async Task<Outcome<AttemptReport, AttemptResultRefusal>> RunAsync(Actor actor, Guid attemptId, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var state = await database.Attempts
            .Where(row => row.Id == attemptId && row.PersonId == actor.PersonId)
            .Select(row => new { row.ClosedAt, row.DeadlineAt, row.PausedAt })
            .FirstOrDefaultAsync(cancellation);
        if (state is null)
        {
            return AttemptResultRefusal.NotFound;
        }

        if (state.ClosedAt is null)
        {
            var overdue = state.PausedAt is null && now >= state.DeadlineAt;
            if (!overdue || !await AttemptClosing.CloseAsync(databases, attemptId, now, cancellation))
            {
                return AttemptResultRefusal.Open;
            }
        }

        var attempt = await database.Attempts
            .AsNoTracking()
            .Include(row => row.Paper)
            .Include(row => row.Answers.OrderBy(answer => answer.Slot))
            .AsSplitQuery()
            .FirstAsync(row => row.Id == attemptId, cancellation);
        var quiz = await database.Quizzes.AsNoTracking().FirstAsync(row => row.Id == attempt.QuizId, cancellation);
        var courseSlug = await database.Courses.Where(course => course.Id == quiz.CourseId).Select(course => course.Slug).FirstAsync(cancellation);
        var titles = await database.DomainTitlesAsync(quiz, cancellation);
        var questions = await bank.VersionsAsync([.. attempt.Paper.Items.Select(item => item.ItemVersionId)], cancellation);
        var showsScore = quiz.Review != ReviewPolicy.None && attempt.Result != AttemptResult.Voided;
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
            attempt.Of!.Value,
            attempt.ItemWorth,
            attempt.PassPercent,
            quiz.Review,
            showsScore ? attempt.Domains : [],
            titles,
            showsScore && attempt.Kind == QuizKind.Exam ? await MissedAsync(database, quiz, attempt, questions, cancellation) : [],
            showsScore && quiz.Review >= ReviewPolicy.Answers ? Reviewed(attempt, questions, quiz.Review == ReviewPolicy.Everything) : [],
            attempt.Kind == QuizKind.Practice ? await CertaintyAsync(database, actor.PersonId, attempt.ClosedAt.Value, cancellation) : [],
            attempt.Result == AttemptResult.Voided
                ? await database.AttemptEvents.Where(row => row.AttemptId == attemptId && row.Kind == AttemptEventKind.Voided).Select(row => row.Reason).FirstOrDefaultAsync(cancellation)
                : null);
    }

    /// <summary>As of the close, so that the page says the same whenever it is opened.</summary>
    private static async Task<List<CertaintyShare>> CertaintyAsync(PortalDbContext database, Guid personId, DateTime closedAt, CancellationToken cancellation)
    {
        var since = closedAt.AddDays(-7 * Calibration.Weeks);
        var counts = await database.AttemptsOf(personId)
            .Where(attempt => attempt.Kind == QuizKind.Practice && attempt.ClosedAt > since && attempt.ClosedAt <= closedAt)
            .SelectMany(attempt => attempt.Answers)
            .Where(answer => answer.Certainty != null)
            .GroupBy(answer => new { answer.Certainty, answer.Correct })
            .Select(group => new { Certainty = group.Key.Certainty!.Value, group.Key.Correct, Count = group.Count() })
            .ToListAsync(cancellation);
        return
        [
            .. counts.GroupBy(row => row.Certainty)
                .OrderBy(group => group.Key)
                .Select(group => new CertaintyShare(group.Key, group.Where(row => row.Correct).Sum(row => row.Count), group.Sum(row => row.Count))),
        ];
    }

    private static async Task<List<MissedCritical>> MissedAsync(PortalDbContext database, Quiz quiz, Attempt attempt, IReadOnlyDictionary<Guid, ItemVersion> questions, CancellationToken cancellation)
    {
        var missed = attempt.MissedCriticals();
        if (missed.Count == 0)
        {
            return [];
        }

        // Where an item names no lesson, the course of its domain is what to read again.
        var courses = database.CoursesClosedBy(quiz);
        var homes = await database.Modules
            .Where(module => !module.Retired)
            .Join(courses, module => module.CourseId, course => course.Id, (module, course) => new { module.Domain, course.Slug, course.Position })
            .OrderBy(row => row.Position)
            .ToListAsync(cancellation);
        var safe = attempt.Answers.Where(answer => !answer.Dangerous).Select(answer => answer.Slot).ToHashSet();
        return
        [
            .. missed.Select(item => new MissedCritical(
                item.Domain,
                questions[item.ItemVersionId].Objective,
                $"/courses/{questions[item.ItemVersionId].Lesson ?? homes.Find(row => row.Domain == item.Domain)?.Slug}",
                attempt.Paper.Items.Any(twin => twin.TwinOf == item.Slot && safe.Contains(twin.Slot)))),
        ];
    }

    private static List<ReviewedItem> Reviewed(Attempt attempt, IReadOnlyDictionary<Guid, ItemVersion> questions, bool everything)
    {
        var answers = attempt.Answers.ToDictionary(answer => answer.Slot);
        return
        [
            .. attempt.Paper.Items.Select(item =>
            {
                var (question, answer) = (questions[item.ItemVersionId], answers[item.Slot]);
                return new ReviewedItem(
                    item.Slot,
                    question.Stem,
                    question.Interaction.Show(item.Order, answer.Response),
                    question.Interaction.Kind,
                    everything ? question.Interaction : null,
                    item.Order,
                    answer.Response,
                    answer.Points,
                    item.Scored,
                    answer.Certainty);
            }),
        ];
    }
}
