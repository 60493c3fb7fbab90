using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Reads what <see cref="ExamEntry"/> decides on, for the start itself and for the page that explains it.</summary>
internal static class StartFactsQuery
{
    /// <returns>The person's newest cycle on a course, or null.</returns>
    public static Task<Guid?> EnrollmentAsync(PortalDbContext database, Guid personId, Guid courseId, CancellationToken cancellation) =>
        database.Enrollments
            .Where(row => row.PersonId == personId && row.CourseId == courseId)
            .OrderByDescending(row => row.Cycle)
            .Select(row => (Guid?)row.Id)
            .FirstOrDefaultAsync(cancellation);

    public static async Task<StartFacts> ReadAsync(PortalDbContext database, Quiz quiz, Guid personId, Guid enrollmentId, CancellationToken cancellation)
    {
        // Of each course that the exam closes, the newest cycle counts. Its ids are fetched first: asked for within the questions
        // below, SQLite would walk the lessons that everybody has read. They go as one value: else EF Core writes the statement anew each time.
        var courses = database.CoursesClosedBy(quiz);
        var enrollments = await database.Enrollments
            .Where(row => row.PersonId == personId && courses.Any(course => course.Id == row.CourseId))
            .Select(row => new { row.Id, row.CourseId, row.Cycle })
            .ToListAsync(cancellation);
        var cycles = enrollments.GroupBy(row => row.CourseId).Select(rows => rows.MaxBy(row => row.Cycle)!.Id).ToList();
        var unread = await database.Modules
            .Where(module => courses.Any(course => course.Id == module.CourseId) && !module.Retired)
            .SelectMany(module => module.Lessons)
            .CountAsync(
                lesson => !lesson.Retired && !database.LessonsRead.Any(read => read.LessonId == lesson.Id && EF.Parameter(cycles).Contains(read.EnrollmentId)),
                cancellation);
        var checksNotPassed = await database.Quizzes.CountAsync(
            check => courses.Any(course => course.Id == check.CourseId) && check.Kind == QuizKind.Check && !check.Retired
                && !database.Attempts.Any(attempt => attempt.QuizId == check.Id && attempt.Result == AttemptResult.Passed && EF.Parameter(cycles).Contains(attempt.EnrollmentId)),
            cancellation);
        var attempts = await database.Attempts
            .Where(attempt => attempt.EnrollmentId == enrollmentId && attempt.QuizId == quiz.Id && attempt.ClosedAt != null && attempt.Result != AttemptResult.Voided)
            .OrderBy(attempt => attempt.StartedAt)
            .Select(attempt => new ClosedAttempt(attempt.StartedAt, attempt.ClosedAt!.Value, attempt.Result!.Value))
            .ToListAsync(cancellation);
        var passed = quiz.Requires.Count == 0
            ? 0
            : await database.AttemptsOf(personId)
                .Where(attempt => attempt.Result == AttemptResult.Passed)
                .Join(database.Quizzes, attempt => attempt.QuizId, exam => exam.Id, (attempt, exam) => exam.Slug)
                .Where(slug => quiz.Requires.Contains(slug))
                .Distinct()
                .CountAsync(cancellation);
        var extra = await database.Accommodations
            .Where(row => row.EnrollmentId == enrollmentId && row.QuizId == quiz.Id && row.WithdrawnAt == null)
            .GroupBy(row => row.QuizId)
            .Select(rows => new { Minutes = rows.Sum(row => row.ExtraMinutes), Attempts = rows.Sum(row => row.ExtraAttempts) })
            .FirstOrDefaultAsync(cancellation);
        var toPractise = quiz.Kind != QuizKind.Practice || await PracticeFactsQuery.AnyAsync(database, quiz, personId, cancellation);
        return new StartFacts(unread, checksNotPassed, quiz.Requires.Count - passed, extra?.Attempts ?? 0, attempts, extra?.Minutes ?? 0, toPractise);
    }

    /// <summary>How often the person was asked each item of the quiz, in attempts that are closed.</summary>
    public static Task<Dictionary<Guid, int>> SeenAsync(PortalDbContext database, Guid personId, Quiz quiz, CancellationToken cancellation) =>
        database.AttemptsOf(personId)
            .Where(attempt => attempt.QuizId == quiz.Id && attempt.ClosedAt != null)
            .SelectMany(attempt => attempt.Answers)
            .Join(database.ItemVersions, answer => answer.ItemVersionId, version => version.Id, (answer, version) => version.ItemId)
            .GroupBy(item => item)
            .Select(group => new { Item = group.Key, Times = group.Count() })
            .ToDictionaryAsync(row => row.Item, row => row.Times, cancellation);
}
