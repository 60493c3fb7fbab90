using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Reads whether a person who renews has earned the shorter exam, for the start itself and for the page that explains it.</summary>
internal static class KeptUpQuery
{
    /// <returns>None where the quiz has no shorter form, or where the cycle renews no earlier pass.</returns>
    public static async Task<KeptUp?> ReadAsync(PortalDbContext database, Quiz exam, Guid personId, DateTime now, CancellationToken cancellation)
    {
        if (exam is not { Kind: QuizKind.Exam, KeptUp: { } rule, ProgrammeId: { } programmeId })
        {
            return null;
        }

        var passed = await database.AttemptsOf(personId)
            .Where(attempt => attempt.Kind == QuizKind.Exam && attempt.Result == AttemptResult.Passed
                && database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && quiz.ProgrammeId == programmeId))
            .OrderByDescending(attempt => attempt.ClosedAt)
            .Select(attempt => new { attempt.ClosedAt, attempt.EnrollmentId })
            .FirstOrDefaultAsync(cancellation);
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
}
