using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>The courses that a quiz closes, with what the person has of them.</summary>
/// <param name="EnrollmentId">The person's newest cycle on the quiz's own course; none where there is none.</param>
/// <param name="CourseIds">Of the courses.</param>
/// <param name="BankStamps">Of the courses, in the order of their ids.</param>
/// <param name="Cycles">The person's newest cycle on each course that they are enrolled on.</param>
internal sealed record StartScope(Guid? EnrollmentId, IReadOnlyList<Guid> CourseIds, IReadOnlyList<Guid> BankStamps, IReadOnlyList<Guid> Cycles);

/// <summary>
/// Reads what <see cref="ExamEntry"/> decides on, for the start itself and for the page that explains it. A whole class may
/// press the button in one second: hence few statements, and compiled ones.
/// </summary>
internal static class StartFactsQuery
{
    private static readonly PerModel<Queries> s_queries = new();

    /// <returns>The quiz, or null where there is none or it is retired.</returns>
    public static Task<Quiz?> QuizAsync(PortalDbContext database, string slug, CancellationToken cancellation) => s_queries.Of(database).Quiz(database, slug, cancellation);

    /// <returns>The person's open attempt, or null.</returns>
    public static Task<Attempt?> OpenAttemptAsync(PortalDbContext database, Guid personId, Guid quizId, CancellationToken cancellation) =>
        s_queries.Of(database).OpenAttempt(database, personId, quizId, cancellation);

    /// <returns>The person's newest cycle on a course, or null.</returns>
    public static Task<Guid?> EnrollmentAsync(PortalDbContext database, Guid personId, Guid courseId, CancellationToken cancellation) =>
        s_queries.Of(database).Enrollment(database, personId, courseId, cancellation);

    public static async Task<StartScope> ScopeAsync(PortalDbContext database, Quiz quiz, Guid personId, CancellationToken cancellation)
    {
        var rows = new List<ClosedCourse>();
        await foreach (var row in s_queries.Of(database).ClosedCourses(database, quiz.CourseId, quiz.Kind != QuizKind.Check, personId).WithCancellation(cancellation))
        {
            rows.Add(row);
        }

        var courses = rows.GroupBy(row => row.CourseId).Select(cycles => cycles.MaxBy(row => row.Cycle)!).OrderBy(row => row.CourseId).ToList();
        return new StartScope(
            courses.Find(row => row.CourseId == quiz.CourseId)?.EnrollmentId,
            [.. courses.Select(row => row.CourseId)],
            [.. courses.Select(row => row.BankStamp)],
            [.. courses.Where(row => row.EnrollmentId is not null).Select(row => row.EnrollmentId!.Value)]);
    }

    public static async Task<StartFacts> ReadAsync(PortalDbContext database, Quiz quiz, Guid personId, Guid enrollmentId, StartScope scope, CancellationToken cancellation)
    {
        var queries = s_queries.Of(database);
        var counts = await queries.Counts(database, quiz.Id, enrollmentId, scope.CourseIds, scope.Cycles, cancellation);
        var attempts = new List<ClosedAttempt>();
        await foreach (var attempt in queries.ClosedAttempts(database, enrollmentId, quiz.Id).WithCancellation(cancellation))
        {
            attempts.Add(attempt);
        }

        var passed = quiz.Requires.Count == 0
            ? 0
            : await database.AttemptsOf(personId)
                .Where(attempt => attempt.Result == AttemptResult.Passed)
                .Join(database.Quizzes, attempt => attempt.QuizId, exam => exam.Id, (attempt, exam) => exam.Slug)
                .Where(slug => quiz.Requires.Contains(slug))
                .Distinct()
                .CountAsync(cancellation);
        var toPractise = quiz.Kind != QuizKind.Practice || await PracticeFactsQuery.AnyAsync(database, quiz, personId, cancellation);
        return new StartFacts(counts.LessonsUnread, counts.ChecksNotPassed, quiz.Requires.Count - passed, counts.ExtraAttempts, attempts, counts.ExtraMinutes, toPractise);
    }

    /// <summary>How often the person was asked each item of the quiz, in attempts that are closed.</summary>
    public static async Task<IReadOnlyDictionary<Guid, int>> SeenAsync(PortalDbContext database, Guid personId, Quiz quiz, CancellationToken cancellation)
    {
        var seen = new Dictionary<Guid, int>();
        await foreach (var item in s_queries.Of(database).Seen(database, personId, quiz.Id).WithCancellation(cancellation))
        {
            seen.Add(item.ItemId, item.Times);
        }

        return seen;
    }

    private sealed record ClosedCourse(Guid CourseId, Guid BankStamp, Guid? EnrollmentId, int Cycle);

    private sealed record StartCounts(int LessonsUnread, int ChecksNotPassed, int ExtraMinutes, int ExtraAttempts);

    private sealed record SeenItem(Guid ItemId, int Times);

    private sealed class Queries
    {
        public Func<PortalDbContext, string, CancellationToken, Task<Quiz?>> Quiz { get; } = EF.CompileAsyncQuery(
            (PortalDbContext database, string slug, CancellationToken cancellation) => database.Quizzes.AsNoTracking().FirstOrDefault(row => row.Slug == slug && !row.Retired));

        public Func<PortalDbContext, Guid, Guid, CancellationToken, Task<Attempt?>> OpenAttempt { get; } = EF.CompileAsyncQuery(
            (PortalDbContext database, Guid personId, Guid quizId, CancellationToken cancellation) =>
                database.Attempts.AsNoTracking().FirstOrDefault(row => row.PersonId == personId && row.QuizId == quizId && row.ClosedAt == null));

        public Func<PortalDbContext, Guid, Guid, CancellationToken, Task<Guid?>> Enrollment { get; } = EF.CompileAsyncQuery(
            (PortalDbContext database, Guid personId, Guid courseId, CancellationToken cancellation) => database.Enrollments
                .Where(row => row.PersonId == personId && row.CourseId == courseId)
                .OrderByDescending(row => row.Cycle)
                .Select(row => (Guid?)row.Id)
                .FirstOrDefault());

        // As QuizScope.CoursesClosedBy has them. The newest cycle is chosen by the asker: EF Core's way to a first row in a select
        // would number everybody's.
        public Func<PortalDbContext, Guid, bool, Guid, IAsyncEnumerable<ClosedCourse>> ClosedCourses { get; } = EF.CompileAsyncQuery(
            (PortalDbContext database, Guid courseId, bool wholeProgramme, Guid personId) => database.Courses
                .Where(course => course.Id == courseId
                    || (wholeProgramme && database.Courses.Any(own => own.Id == courseId && own.ProgrammeSlug != null && own.ProgrammeSlug == course.ProgrammeSlug)))
                .LeftJoin(
                    database.Enrollments.Where(row => row.PersonId == personId),
                    course => course.Id,
                    row => row.CourseId,
                    (course, row) => new ClosedCourse(course.Id, course.BankStamp, row == null ? null : row.Id, row == null ? 0 : row.Cycle)));

        // Courses and cycles are fetched first and go as one value each: asked for within the counts, SQLite would walk the lessons
        // that everybody has read.
        public Func<PortalDbContext, Guid, Guid, IReadOnlyList<Guid>, IReadOnlyList<Guid>, CancellationToken, Task<StartCounts>> Counts { get; } = EF.CompileAsyncQuery(
            (PortalDbContext database, Guid quizId, Guid enrollmentId, IReadOnlyList<Guid> courseIds, IReadOnlyList<Guid> cycles, CancellationToken cancellation) => database.Quizzes
                .Where(quiz => quiz.Id == quizId)
                .Select(quiz => new StartCounts(
                    database.Modules
                        .Where(module => courseIds.Contains(module.CourseId) && !module.Retired)
                        .SelectMany(module => module.Lessons)
                        .Count(lesson => !lesson.Retired && !database.LessonsRead.Any(read => read.LessonId == lesson.Id && cycles.Contains(read.EnrollmentId))),
                    database.Quizzes.Count(check => courseIds.Contains(check.CourseId) && check.Kind == QuizKind.Check && !check.Retired
                        && !database.Attempts.Any(attempt => attempt.QuizId == check.Id && attempt.Result == AttemptResult.Passed && cycles.Contains(attempt.EnrollmentId))),
                    database.Accommodations.Where(row => row.EnrollmentId == enrollmentId && row.QuizId == quizId && row.WithdrawnAt == null).Sum(row => row.ExtraMinutes),
                    database.Accommodations.Where(row => row.EnrollmentId == enrollmentId && row.QuizId == quizId && row.WithdrawnAt == null).Sum(row => row.ExtraAttempts)))
                .First());

        public Func<PortalDbContext, Guid, Guid, IAsyncEnumerable<ClosedAttempt>> ClosedAttempts { get; } = EF.CompileAsyncQuery(
            (PortalDbContext database, Guid enrollmentId, Guid quizId) => database.Attempts
                .Where(attempt => attempt.EnrollmentId == enrollmentId && attempt.QuizId == quizId && attempt.ClosedAt != null && attempt.Result != AttemptResult.Voided)
                .OrderBy(attempt => attempt.StartedAt)
                .Select(attempt => new ClosedAttempt(attempt.StartedAt, attempt.ClosedAt!.Value, attempt.Result!.Value)));

        public Func<PortalDbContext, Guid, Guid, IAsyncEnumerable<SeenItem>> Seen { get; } = EF.CompileAsyncQuery(
            (PortalDbContext database, Guid personId, Guid quizId) => database.Enrollments
                .Where(row => row.PersonId == personId)
                .Join(database.Attempts, row => row.Id, attempt => attempt.EnrollmentId, (_, attempt) => attempt)
                .Where(attempt => attempt.QuizId == quizId && attempt.ClosedAt != null)
                .SelectMany(attempt => attempt.Answers)
                .Join(database.ItemVersions, answer => answer.ItemVersionId, version => version.Id, (answer, version) => version.ItemId)
                .GroupBy(item => item)
                .Select(group => new SeenItem(group.Key, group.Count())));
    }
}
