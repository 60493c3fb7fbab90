using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Enrollments;

public enum EnrollRefusal
{
    CourseNotFound,
}

/// <summary>Enrols the actor in a course; who is enrolled already stays so.</summary>
public sealed class Enroll(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, EnrollRefusal>> RunAsync(Actor actor, string courseSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var course = await database.Courses
            .Where(row => row.Slug == courseSlug)
            .Select(row => new { row.Id })
            .FirstOrDefaultAsync(cancellation);
        if (course is null)
        {
            return EnrollRefusal.CourseNotFound;
        }

        if (await CurrentAsync() is { } current)
        {
            return current;
        }

        var enrollment = new Enrollment(actor.PersonId, course.Id, cycle: 1, clock.GetUtcNow().UtcDateTime);
        database.Enrollments.Add(enrollment);
        try
        {
            await database.SaveChangesAsync(cancellation);
            return enrollment.Id;
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            // A second click or a second tab was first.
            return (await CurrentAsync())!.Value;
        }

        Task<Guid?> CurrentAsync() => database.Enrollments
            .Where(row => row.PersonId == actor.PersonId && row.CourseId == course.Id)
            .OrderByDescending(row => row.Cycle)
            .Select(row => (Guid?)row.Id)
            .FirstOrDefaultAsync(cancellation);
    }
}
