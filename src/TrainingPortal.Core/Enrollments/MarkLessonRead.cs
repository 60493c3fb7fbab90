using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Enrollments;

public enum MarkLessonReadRefusal
{
    NotEnrolled,
    LessonNotFound,
}

/// <summary>Keeps that the actor has read a lesson; a second time changes nothing.</summary>
public sealed class MarkLessonRead(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, MarkLessonReadRefusal>> RunAsync(Actor actor, string courseSlug, string lessonSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var enrollment = await database.Enrollments
            .Where(row => row.PersonId == actor.PersonId && database.Courses.Any(course => course.Id == row.CourseId && course.Slug == courseSlug))
            .OrderByDescending(row => row.Cycle)
            .Select(row => new { row.Id, row.CourseId })
            .FirstOrDefaultAsync(cancellation);
        if (enrollment is null)
        {
            return MarkLessonReadRefusal.NotEnrolled;
        }

        var lesson = await database.Lessons
            .Where(row => row.Slug == lessonSlug && !row.Retired)
            .Where(row => database.Modules.Any(module => module.Id == row.ModuleId && module.CourseId == enrollment.CourseId && !module.Retired))
            .Select(row => new { row.Id })
            .FirstOrDefaultAsync(cancellation);
        if (lesson is null)
        {
            return MarkLessonReadRefusal.LessonNotFound;
        }

        database.LessonsRead.Add(new LessonRead { EnrollmentId = enrollment.Id, LessonId = lesson.Id, ReadAt = clock.GetUtcNow().UtcDateTime });
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            // It was read before, and that stays the first time.
        }

        return lesson.Id;
    }
}
