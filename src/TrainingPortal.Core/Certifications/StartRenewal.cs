using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

public enum StartRenewalRefusal
{
    NotFound,

    /// <summary>The renewal window has not opened yet.</summary>
    TooEarly,

    Revoked,

    /// <summary>A newer certificate took its place.</summary>
    AlreadyRenewed,
}

/// <summary>
/// Opens a new cycle on the course that closes the certificate's programme: its lessons, checks and the exam anew, while
/// everything of the last cycle stays as it was. Courses that joined the programme meanwhile are added. Asking again leads to
/// the same cycle.
/// </summary>
public sealed class StartRenewal(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>The course's slug.</returns>
    public async Task<Outcome<string, StartRenewalRefusal>> RunAsync(Actor actor, Serial serial, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificate = await database.Certificates
            .AsNoTracking()
            .Include(row => row.Revocation)
            .FirstOrDefaultAsync(row => row.Serial == serial.Value && row.HolderId == actor.PersonId, cancellation);
        switch (certificate?.StatusAt(now))
        {
            case null:
                return StartRenewalRefusal.NotFound;
            case CertificateStatus.Revoked:
                return StartRenewalRefusal.Revoked;
            case CertificateStatus.Superseded:
                return StartRenewalRefusal.AlreadyRenewed;
            case CertificateStatus.Active:
                return StartRenewalRefusal.TooEarly;
        }

        var closing = await database.Programmes
            .Where(programme => programme.Id == certificate.ProgrammeId)
            .Join(database.Quizzes, programme => programme.ExamId, exam => exam.Id, (programme, exam) => exam)
            .Join(database.Courses, exam => exam.CourseId, course => course.Id, (exam, course) => new { course.Id, course.Slug, course.ProgrammeSlug })
            .FirstAsync(cancellation);
        var earned = await database.Attempts
            .Where(attempt => attempt.Id == certificate.AttemptId)
            .Join(database.Enrollments, attempt => attempt.EnrollmentId, enrollment => enrollment.Id, (attempt, enrollment) => enrollment)
            .Select(enrollment => new { enrollment.CourseId, enrollment.Cycle })
            .FirstAsync(cancellation);
        var courseIds = await database.Courses
            .Where(course => course.Id == closing.Id || (closing.ProgrammeSlug != null && course.ProgrammeSlug == closing.ProgrammeSlug))
            .Where(course => course.Id == earned.CourseId || !database.Enrollments.Any(row => row.PersonId == actor.PersonId && row.CourseId == course.Id))
            .Select(course => course.Id)
            .ToListAsync(cancellation);
        database.Enrollments.AddRange(courseIds.Select(courseId =>
            new Enrollment(actor.PersonId, courseId, courseId == earned.CourseId ? earned.Cycle + 1 : 1, now)));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            // The renewal is under way already.
        }

        return closing.Slug;
    }
}
