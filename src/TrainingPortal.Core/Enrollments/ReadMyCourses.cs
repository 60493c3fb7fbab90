using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Enrollments;

/// <summary>A course the actor is on, in the newest cycle, with how many of its lessons are read.</summary>
public sealed record MyCourse(string Slug, string Title, int Lessons, int LessonsRead, int Cycle);

/// <summary>The courses that the actor is enrolled in, the newest enrolment first.</summary>
public sealed class ReadMyCourses(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<IReadOnlyList<MyCourse>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Enrollments
            .Where(enrollment => enrollment.PersonId == actor.PersonId)
            .Where(enrollment => !database.Enrollments.Any(newer =>
                newer.PersonId == actor.PersonId && newer.CourseId == enrollment.CourseId && newer.Cycle > enrollment.Cycle))
            .Join(database.Courses.Where(course => !course.Retired), enrollment => enrollment.CourseId, course => course.Id, (enrollment, course) => new { enrollment, course })
            .OrderByDescending(row => row.enrollment.EnrolledAt)
            .ThenBy(row => row.course.Position)
            .Select(row => new MyCourse(
                row.course.Slug,
                row.course.Title,
                row.course.Modules.Where(module => !module.Retired).SelectMany(module => module.Lessons).Count(lesson => !lesson.Retired),
                row.enrollment.LessonsRead.Count(read => row.course.Modules.Where(module => !module.Retired).SelectMany(module => module.Lessons).Any(lesson => lesson.Id == read.LessonId && !lesson.Retired)),
                row.enrollment.Cycle))
            .ToListAsync(cancellation);
    }
}
