using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Reads whether a person who renews has earned the shorter exam, for the start itself and for the page that explains it.</summary>
internal static class KeptUpQuery
{
    private static readonly PerModel<Queries> s_queries = new();

    /// <returns>None where the quiz has no shorter form, or where the cycle renews no earlier pass.</returns>
    public static async Task<KeptUp?> ReadAsync(PortalDbContext database, Quiz exam, Guid personId, DateTime now, CancellationToken cancellation)
    {
        if (exam is not { Kind: QuizKind.Exam, KeptUp: { } rule, ProgrammeId: { } programmeId })
        {
            return null;
        }

        var passed = await s_queries.Of(database).LastPass(database, personId, programmeId, cancellation);
        if (passed?.ClosedAt is not { } since || passed.EnrollmentId == await StartFactsQuery.EnrollmentAsync(database, personId, exam.CourseId, cancellation))
        {
            return null;
        }

        var zone = await database.Courses.Where(course => course.Id == exam.CourseId).Select(course => course.TimeZone).FirstAsync(cancellation);
        var courses = database.CoursesClosedBy(exam);
        var practice = database.Quizzes.Where(quiz => quiz.Kind == QuizKind.Practice && courses.Any(course => course.Id == quiz.CourseId));
        var sets = await database.WholeSetsAsync(personId, practice, since, cancellation);
        return Since(since, sets.Select(set => LocalDay.Of(set.ClosedAt, zone)), rule, zone, now);
    }

    /// <summary>The weeks that count begin with the first whole one after the pass.</summary>
    public static KeptUp Since(DateTime passedAt, IEnumerable<DateOnly> sets, KeptUpRule rule, string? zone, DateTime now)
    {
        var firstWeek = LocalDay.Of(passedAt, zone).AddDays(7);
        var (kept, of) = PracticeWeeks.Share(PracticeWeeks.Of(sets, firstWeek, LocalDay.Of(now, zone), rule.SetsAWeek));
        return new KeptUp(rule, kept, of);
    }

    private sealed record Pass(DateTime? ClosedAt, Guid EnrollmentId);

    private sealed class Queries
    {
        public Func<PortalDbContext, Guid, Guid, CancellationToken, Task<Pass?>> LastPass { get; } = EF.CompileAsyncQuery(
            (PortalDbContext database, Guid personId, Guid programmeId, CancellationToken cancellation) => database.Enrollments
                .Where(row => row.PersonId == personId)
                .Join(database.Attempts, row => row.Id, attempt => attempt.EnrollmentId, (_, attempt) => attempt)
                .Where(attempt => attempt.Kind == QuizKind.Exam && attempt.Result == AttemptResult.Passed
                    && database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && quiz.ProgrammeId == programmeId))
                .OrderByDescending(attempt => attempt.ClosedAt)
                .Select(attempt => new Pass(attempt.ClosedAt, attempt.EnrollmentId))
                .FirstOrDefault());
    }
}
