using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>A person's practice in one programme.</summary>
/// <param name="SetSize">Questions of a set.</param>
/// <param name="Open">A set is under way.</param>
/// <param name="Domains">Each domain of which a question was asked, with what is due today.</param>
/// <param name="NextDue">The first day on which something is due; none where nothing was practised yet.</param>
/// <param name="Weeks">The last twelve, the one under way last.</param>
/// <param name="InARow">Weeks kept up in a row up to now.</param>
/// <param name="SetsAWeek">Whole sets that make a week kept up.</param>
/// <param name="Renewal">What keeping it up earns; none where it earns nothing.</param>
public sealed record MyPractice(
    string QuizSlug,
    string QuizTitle,
    int SetSize,
    bool Open,
    IReadOnlyList<DueDomain> Domains,
    DateOnly? NextDue,
    IReadOnlyList<PracticeWeek> Weeks,
    int InARow,
    int SetsAWeek,
    RenewalForms? Renewal)
{
    public int Due => Domains.Sum(domain => domain.Due);
}

/// <param name="Title">What people call the domain.</param>
/// <param name="Due">Questions that are due today or were before.</param>
/// <param name="Cards">All that were practised, or missed in a check.</param>
public sealed record DueDomain(string Title, int Due, int Cards);

/// <summary>The actor's practice, one for each programme that they are on and that has any.</summary>
public sealed class ReadPractice(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <summary>Weeks that are shown.</summary>
    public const int WeeksShown = 12;

    private const int MostProgrammes = 20;

    public async Task<IReadOnlyList<MyPractice>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var own = database.Enrollments.Where(row => row.PersonId == actor.PersonId);
        var quizzes = database.Quizzes.Where(quiz => quiz.Kind == QuizKind.Practice && !quiz.Retired && own.Any(row => row.CourseId == quiz.CourseId));
        var practices = await quizzes
            .OrderBy(quiz => quiz.Slug)
            .Take(MostProgrammes)
            .Join(database.Courses, quiz => quiz.CourseId, course => course.Id, (quiz, course) => new
            {
                quiz.Id,
                quiz.Slug,
                quiz.Title,
                quiz.SetSize,
                course.TimeZone,
                Programme = course.ProgrammeSlug ?? course.Slug,
                Open = database.Attempts.Any(attempt => attempt.PersonId == actor.PersonId && attempt.QuizId == quiz.Id && attempt.ClosedAt == null),
            })
            .ToListAsync(cancellation);
        if (practices.Count == 0)
        {
            return [];
        }

        var cards = (await CardsAsync(database, actor.PersonId, cancellation)).ToLookup(card => card.Programme);
        var titles = await TitlesAsync(database, actor.PersonId, cancellation);
        var sets = (await database.WholeSetsAsync(actor.PersonId, quizzes, since: null, cancellation)).ToLookup(set => set.QuizId, set => set.ClosedAt);
        var exams = await ExamsAsync(database, actor.PersonId, cancellation);
        return
        [
            .. practices.Select(practice =>
            {
                var today = LocalDay.Of(now, practice.TimeZone);
                var days = sets[practice.Id].Select(closed => LocalDay.Of(closed, practice.TimeZone)).ToList();
                var exam = exams.Find(exam => exam.Programme == practice.Programme);
                var rule = exam?.Exam.KeptUp;
                var setsAWeek = rule?.SetsAWeek ?? KeptUpRule.UsualSetsAWeek;
                var keptUp = rule is not null && exam?.PassedAt is { } passed ? KeptUpQuery.Since(passed, days, rule, practice.TimeZone, now) : null;
                var mine = cards[practice.Programme].ToList();
                return new MyPractice(
                    practice.Slug,
                    practice.Title,
                    practice.SetSize ?? 0,
                    practice.Open,
                    [
                        .. mine.GroupBy(card => titles.GetValueOrDefault((practice.Programme, card.Domain), card.Domain))
                            .Select(domain => new DueDomain(domain.Key, domain.Count(card => card.DueOn <= today), domain.Count()))
                            .OrderByDescending(domain => domain.Due)
                            .ThenBy(domain => domain.Title, StringComparer.Ordinal),
                    ],
                    mine.Count == 0 ? null : mine.Min(card => card.DueOn),
                    PracticeWeeks.Of(days, today.AddDays(-7 * (WeeksShown - 1)), today, setsAWeek),
                    PracticeWeeks.InARow(PracticeWeeks.Of(days, days.Append(today).Min(), today, setsAWeek)),
                    setsAWeek,
                    rule is null ? null : RenewalForms.Of(exam!.Exam, rule, keptUp));
            }),
        ];
    }

    private static Task<List<OwnCard>> CardsAsync(PortalDbContext database, Guid personId, CancellationToken cancellation) => database.PracticeCards
        .Where(card => card.PersonId == personId)
        .Join(database.Items.Where(item => !item.Retired && item.Use == ItemUse.Check), card => card.ItemId, item => item.Id, (card, item) => new { card.DueOn, item.Domain, item.CourseId })
        .Join(database.Courses, row => row.CourseId, course => course.Id, (row, course) => new OwnCard(course.ProgrammeSlug ?? course.Slug, row.Domain, row.DueOn))
        .ToListAsync(cancellation);

    private static async Task<Dictionary<(string Programme, string Domain), string>> TitlesAsync(PortalDbContext database, Guid personId, CancellationToken cancellation)
    {
        var modules = await database.Modules
            .Where(module => !module.Retired && database.Enrollments.Any(row => row.PersonId == personId && row.CourseId == module.CourseId))
            .Join(database.Courses, module => module.CourseId, course => course.Id, (module, course) => new { Programme = course.ProgrammeSlug ?? course.Slug, module.Domain, module.Title, Course = course.Title, CoursePosition = course.Position, module.Position })
            .OrderBy(row => row.CoursePosition)
            .ThenBy(row => row.Position)
            .ToListAsync(cancellation);
        return modules
            .GroupBy(row => (row.Programme, row.Domain))
            .ToDictionary(group => group.Key, group => QuizScope.DomainTitle([.. group.Select(row => row.Title)], group.First().Course));
    }

    /// <summary>The exams that are shorter for who kept up practice, with the person's last pass of their programme.</summary>
    private static async Task<List<OwnExam>> ExamsAsync(PortalDbContext database, Guid personId, CancellationToken cancellation)
    {
        var exams = await database.Quizzes
            .AsNoTracking()
            .Where(quiz => quiz.Kind == QuizKind.Exam && !quiz.Retired && quiz.KeptUp != null && quiz.ProgrammeId != null
                && database.Enrollments.Any(row => row.PersonId == personId && row.CourseId == quiz.CourseId))
            .OrderBy(quiz => quiz.Slug)
            .Take(MostProgrammes)
            .Join(database.Courses, quiz => quiz.CourseId, course => course.Id, (quiz, course) => new { Programme = course.ProgrammeSlug ?? course.Slug, Exam = quiz })
            .ToListAsync(cancellation);
        var passes = exams.Count == 0
            ? []
            : await database.AttemptsOf(personId)
                .Where(attempt => attempt.Kind == QuizKind.Exam && attempt.Result == AttemptResult.Passed)
                .Join(database.Quizzes, attempt => attempt.QuizId, quiz => quiz.Id, (attempt, quiz) => new { quiz.ProgrammeId, attempt.ClosedAt })
                .GroupBy(row => row.ProgrammeId)
                .Select(group => new { ProgrammeId = group.Key, At = group.Max(row => row.ClosedAt) })
                .ToListAsync(cancellation);
        return [.. exams.Select(exam => new OwnExam(exam.Programme, exam.Exam, passes.Find(pass => pass.ProgrammeId == exam.Exam.ProgrammeId)?.At))];
    }

    private sealed record OwnCard(string Programme, string Domain, DateOnly DueOn);

    private sealed record OwnExam(string Programme, Quiz Exam, DateTime? PassedAt);
}
