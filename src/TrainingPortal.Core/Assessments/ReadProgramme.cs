using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>A course of a programme with how far a person has come in their newest cycle.</summary>
/// <param name="Steps">Lessons and knowledge checks.</param>
public sealed record ProgrammeCourse(string Slug, string Title, int Steps, int StepsDone)
{
    public bool Complete => StepsDone == Steps;
}

/// <summary>The courses of the programme that a course is part of, in their order; the course alone where it is part of none.</summary>
public sealed class ReadProgramme(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<IReadOnlyList<ProgrammeCourse>> RunAsync(Actor? actor, string courseSlug, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var courses = await database.Courses
            .Where(course => course.Slug == courseSlug
                || database.Courses.Any(own => own.Slug == courseSlug && own.ProgrammeSlug != null && own.ProgrammeSlug == course.ProgrammeSlug))
            .OrderBy(course => course.Position)
            .Select(course => new
            {
                course.Id,
                course.Slug,
                course.Title,
                Lessons = course.Modules.Where(module => !module.Retired).SelectMany(module => module.Lessons).Count(lesson => !lesson.Retired),
                Checks = database.Quizzes.Count(quiz => quiz.CourseId == course.Id && quiz.Kind == QuizKind.Check && !quiz.Retired),
            })
            .ToListAsync(cancellation);
        var done = actor is null ? [] : await StepsDoneAsync(database, actor.PersonId, cancellation);
        return [.. courses.Select(course => new ProgrammeCourse(course.Slug, course.Title, course.Lessons + course.Checks, done.GetValueOrDefault(course.Id)))];
    }

    private static async Task<Dictionary<Guid, int>> StepsDoneAsync(PortalDbContext database, Guid personId, CancellationToken cancellation)
    {
        var done = await database.Enrollments
            .Where(row => row.PersonId == personId)
            .Where(row => !database.Enrollments.Any(newer => newer.PersonId == personId && newer.CourseId == row.CourseId && newer.Cycle > row.Cycle))
            .Select(row => new
            {
                row.CourseId,
                Lessons = row.LessonsRead.Count(read => database.Lessons.Any(lesson =>
                    lesson.Id == read.LessonId && !lesson.Retired && database.Modules.Any(module => module.Id == lesson.ModuleId && !module.Retired))),
                Checks = database.Quizzes.Count(quiz => quiz.CourseId == row.CourseId && quiz.Kind == QuizKind.Check && !quiz.Retired
                    && database.Attempts.Any(attempt => attempt.EnrollmentId == row.Id && attempt.QuizId == quiz.Id && attempt.Result == AttemptResult.Passed)),
            })
            .ToListAsync(cancellation);
        return done.ToDictionary(row => row.CourseId, row => row.Lessons + row.Checks);
    }
}
