using Microsoft.EntityFrameworkCore;
using TrainingPortal.Courses;
using TrainingPortal.Persistence;

namespace TrainingPortal.Enrollments;

internal static class MissingEnrollments
{
    /// <summary>Adds the first cycle on each of these courses that a person is not on yet; the caller saves.</summary>
    public static async Task AddMissingEnrollmentsAsync(this PortalDbContext database, Guid personId, IQueryable<Course> courses, DateTime now, CancellationToken cancellation)
    {
        var missing = await courses
            .Where(row => !database.Enrollments.Any(enrollment => enrollment.PersonId == personId && enrollment.CourseId == row.Id))
            .OrderBy(row => row.Position)
            .Select(row => row.Id)
            .ToListAsync(cancellation);
        database.Enrollments.AddRange(missing.Select(courseId => new Enrollment(personId, courseId, cycle: 1, now)));
    }
}
