using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Enrollments;

public enum EnrollRefusal
{
    CourseNotFound,
}

/// <summary>Enrols the actor in a course and in the rest of its programme; who is enrolled already stays so.</summary>
public sealed class Enroll(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public async Task<Outcome<Guid, EnrollRefusal>> RunAsync(Actor actor, string courseSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var course = await database.Courses
            .Where(row => row.Slug == courseSlug && !row.Retired)
            .Select(row => new { row.Id, row.ProgrammeSlug })
            .FirstOrDefaultAsync(cancellation);
        if (course is null)
        {
            return EnrollRefusal.CourseNotFound;
        }

        await database.AddMissingEnrollmentsAsync(
            actor.PersonId,
            database.Courses.Where(row => row.Id == course.Id || (course.ProgrammeSlug != null && row.ProgrammeSlug == course.ProgrammeSlug)),
            clock.GetUtcNow().UtcDateTime,
            cancellation);
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            // A second click or a second tab was first, and enrolled in the same courses.
        }

        return await database.Enrollments
            .Where(row => row.PersonId == actor.PersonId && row.CourseId == course.Id)
            .OrderByDescending(row => row.Cycle)
            .Select(row => row.Id)
            .FirstAsync(cancellation);
    }
}
