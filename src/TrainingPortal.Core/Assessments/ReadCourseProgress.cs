using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>A course with how far a person has come. For a visitor nothing is read and nothing passed.</summary>
public sealed record CourseProgress(
    string Slug,
    string Title,
    string Summary,
    decimal Hours,
    IReadOnlyList<string> Objectives,
    bool Enrolled,
    IReadOnlyList<ModuleProgress> Modules,
    QuizProgress? Exam)
{
    public int StepsDone => Modules.Sum(module => module.Lessons.Count(lesson => lesson.Read) + (module.Check is { Passed: true } ? 1 : 0)) + (Exam is { Passed: true } ? 1 : 0);

    public int Steps => Modules.Sum(module => module.Lessons.Count + (module.Check is null ? 0 : 1)) + (Exam is null ? 0 : 1);

    /// <summary>The first lesson that is unread, in order; none when all are read.</summary>
    public LessonProgress? NextLesson => Modules.SelectMany(module => module.Lessons).FirstOrDefault(lesson => !lesson.Read);

    /// <summary>The first check that is not passed, in order.</summary>
    public QuizProgress? NextCheck => Modules.Select(module => module.Check).FirstOrDefault(check => check is { Passed: false });
}

public sealed record ModuleProgress(string Title, string Summary, IReadOnlyList<LessonProgress> Lessons, QuizProgress? Check);

public sealed record LessonProgress(string Slug, string Title, int Minutes, bool Read);

/// <param name="Minutes">The time limit, or none.</param>
public sealed record QuizProgress(string Slug, string Title, int Items, int? Minutes, int PassPercent, bool Passed, Guid? OpenAttemptId, Guid? LastAttemptId);

/// <summary>A course and the actor's progress in their newest cycle; works for a visitor without an account too.</summary>
public sealed class ReadCourseProgress(IDbContextFactory<PortalDbContext> databases)
{
    /// <returns>Null where there is no such course.</returns>
    public async Task<CourseProgress?> RunAsync(Actor? actor, string courseSlug, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var course = await database.Courses
            .Where(row => row.Slug == courseSlug)
            .Select(row => new { row.Id, row.Title, row.Summary, row.Hours, row.Objectives })
            .FirstOrDefaultAsync(cancellation);
        if (course is null)
        {
            return null;
        }

        // Without the lessons' text, which is most of a course.
        var modules = await database.Modules
            .Where(module => module.CourseId == course.Id && !module.Retired)
            .OrderBy(module => module.Position)
            .Select(module => new
            {
                module.Folder,
                module.Title,
                module.Summary,
                Lessons = module.Lessons
                    .Where(lesson => !lesson.Retired)
                    .OrderBy(lesson => lesson.Position)
                    .Select(lesson => new { lesson.Id, lesson.Slug, lesson.Title, lesson.Minutes })
                    .ToList(),
            })
            .ToListAsync(cancellation);
        var quizzes = await database.Quizzes.AsNoTracking().Where(quiz => quiz.CourseId == course.Id && !quiz.Retired).ToListAsync(cancellation);
        var enrollmentId = actor is null ? null : await StartFactsQuery.EnrollmentAsync(database, actor.PersonId, course.Id, cancellation);
        var read = enrollmentId is null
            ? []
            : await database.LessonsRead.Where(row => row.EnrollmentId == enrollmentId).Select(row => row.LessonId).ToHashSetAsync(cancellation);
        var attempts = enrollmentId is null
            ? []
            : await database.Attempts
                .Where(attempt => attempt.EnrollmentId == enrollmentId)
                .OrderBy(attempt => attempt.StartedAt)
                .Select(attempt => new OwnAttempt(attempt.Id, attempt.QuizId, attempt.ClosedAt != null, attempt.Result))
                .ToListAsync(cancellation);
        var checks = quizzes.Where(quiz => quiz.Kind == QuizKind.Check).ToLookup(quiz => quiz.ModuleFolder);
        return new CourseProgress(
            courseSlug,
            course.Title,
            course.Summary,
            course.Hours,
            course.Objectives,
            enrollmentId is not null,
            [
                .. modules.Select(module => new ModuleProgress(
                    module.Title,
                    module.Summary,
                    [.. module.Lessons.Select(lesson => new LessonProgress(lesson.Slug, lesson.Title, lesson.Minutes, read.Contains(lesson.Id)))],
                    checks[module.Folder].Select(quiz => Progress(quiz, attempts)).FirstOrDefault())),
            ],
            quizzes.Where(quiz => quiz.Kind == QuizKind.Exam).Select(quiz => Progress(quiz, attempts)).FirstOrDefault());
    }

    private static QuizProgress Progress(Quiz quiz, IReadOnlyList<OwnAttempt> attempts)
    {
        var own = attempts.Where(attempt => attempt.QuizId == quiz.Id).ToList();
        return new QuizProgress(
            quiz.Slug,
            quiz.Title,
            quiz.ItemCount,
            quiz.Minutes,
            quiz.PassPercent,
            own.Any(attempt => attempt.Result == AttemptResult.Passed),
            own.FirstOrDefault(attempt => !attempt.Closed)?.Id,
            own.LastOrDefault(attempt => attempt.Closed)?.Id);
    }

    private sealed record OwnAttempt(Guid Id, Guid QuizId, bool Closed, AttemptResult? Result);
}
