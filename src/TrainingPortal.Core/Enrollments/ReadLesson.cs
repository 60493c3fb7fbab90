using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Courses;
using TrainingPortal.Persistence;
using TrainingPortal.Protocols;

namespace TrainingPortal.Enrollments;

/// <summary>A lesson as its page shows it, with the way on.</summary>
public sealed record LessonPage(
    string CourseSlug,
    string CourseTitle,
    string ModuleTitle,
    string Slug,
    string Title,
    int Minutes,
    IReadOnlyList<LessonPart> Parts,
    IReadOnlyDictionary<string, ConsultationCase> Cases,
    DateOnly Verified,
    IReadOnlyList<Source> Sources,
    bool Read,
    string? PreviousSlug,
    string? NextSlug);

public enum ReadLessonRefusal
{
    NotFound,
    NotEnrolled,
}

/// <summary>A lesson, for a person who is enrolled in its course.</summary>
public sealed class ReadLesson(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Outcome<LessonPage, ReadLessonRefusal>> RunAsync(Actor actor, string courseSlug, string lessonSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var course = await database.Courses
            .Where(row => row.Slug == courseSlug)
            .Select(row => new
            {
                row.Id,
                row.Title,
                EnrollmentId = database.Enrollments
                    .Where(enrollment => enrollment.CourseId == row.Id && enrollment.PersonId == actor.PersonId)
                    .OrderByDescending(enrollment => enrollment.Cycle)
                    .Select(enrollment => (Guid?)enrollment.Id)
                    .FirstOrDefault(),
            })
            .FirstOrDefaultAsync(cancellation);
        if (course is null)
        {
            return ReadLessonRefusal.NotFound;
        }

        var order = await database.Modules
            .Where(module => module.CourseId == course.Id && !module.Retired)
            .SelectMany(
                module => module.Lessons.Where(lesson => !lesson.Retired),
                (module, lesson) => new { Module = module.Position, lesson.Position, lesson.Slug, lesson.Id, ModuleTitle = module.Title })
            .OrderBy(row => row.Module)
            .ThenBy(row => row.Position)
            .ToListAsync(cancellation);
        var at = order.FindIndex(row => row.Slug == lessonSlug);
        if (at < 0)
        {
            return ReadLessonRefusal.NotFound;
        }

        if (course.EnrollmentId is null)
        {
            return ReadLessonRefusal.NotEnrolled;
        }

        var lessonId = order[at].Id;
        var lesson = await database.Lessons.AsNoTracking().FirstAsync(row => row.Id == lessonId, cancellation);
        var sources = await database.Sources.AsNoTracking().Where(source => lesson.Sources.Contains(source.Code)).ToListAsync(cancellation);
        var parts = LessonPart.Of(lesson.Html);
        var caseNames = parts.Where(part => part.Kind == LessonPartKind.Case).Select(part => part.Text).ToList();
        var cases = caseNames.Count == 0
            ? []
            : await database.Cases.Where(row => row.CourseId == course.Id && caseNames.Contains(row.Name)).ToDictionaryAsync(row => row.Name, row => row.Case, cancellation);
        var read = await database.LessonsRead.AnyAsync(row => row.EnrollmentId == course.EnrollmentId && row.LessonId == lesson.Id, cancellation);
        return new LessonPage(
            courseSlug,
            course.Title,
            order[at].ModuleTitle,
            lessonSlug,
            lesson.Title,
            lesson.Minutes,
            parts,
            cases,
            lesson.Verified,
            [.. lesson.Sources.Select(code => sources.First(source => source.Code == code))],
            read,
            at > 0 ? order[at - 1].Slug : null,
            at < order.Count - 1 ? order[at + 1].Slug : null);
    }
}
