using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
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
/// Opens a new cycle: on the course of the part that ends first, or, when the whole ends, on the course that closes the
/// programme, with its exam. Everything of the last cycle stays as it was. Asking again leads to the same cycle.
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
            case CertificateStatus.Suspended when now < certificate.RenewalOpensAt:
                return StartRenewalRefusal.TooEarly;
        }

        var window = await database.Programmes.Where(programme => programme.Id == certificate.ProgrammeId).Select(programme => programme.RenewalWindowDays).FirstAsync(cancellation);
        var slug = certificate.EndingPart is { } part && certificate.DaysToWholeEnd(now) > window
            ? await RepeatPartAsync(database, certificate, part, now, cancellation)
            : await RepeatExamAsync(database, certificate, now, cancellation);
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            // The renewal is under way already.
        }

        return slug;
    }

    /// <summary>The course of a part that ends before the whole does; the exam need not be passed again for it.</summary>
    private static async Task<string> RepeatPartAsync(PortalDbContext database, Certificate certificate, CertificatePart part, DateTime now, CancellationToken cancellation)
    {
        var newest = await database.Courses
            .Where(course => course.Slug == part.Course)
            .Select(course => new
            {
                course.Id,
                Cycle = database.Enrollments
                    .Where(row => row.PersonId == certificate.HolderId && row.CourseId == course.Id)
                    .OrderByDescending(row => row.Cycle)
                    .Select(row => new { row.Cycle, row.RenewsCertificateId })
                    .FirstOrDefault(),
            })
            .FirstAsync(cancellation);
        if (newest.Cycle?.RenewsCertificateId != certificate.Id)
        {
            database.Enrollments.Add(Enrollment.ForPart(certificate.HolderId, newest.Id, (newest.Cycle?.Cycle ?? 0) + 1, certificate.Id, now));
        }

        return part.Course;
    }

    /// <summary>The course that closes the programme and its exam; courses that joined the programme meanwhile are added.</summary>
    private static async Task<string> RepeatExamAsync(PortalDbContext database, Certificate certificate, DateTime now, CancellationToken cancellation)
    {
        var closing = await database.Programmes
            .Where(programme => programme.Id == certificate.ProgrammeId)
            .Join(database.Quizzes, programme => programme.ExamId, exam => exam.Id, (programme, exam) => exam)
            .Join(database.Courses, exam => exam.CourseId, course => course.Id, (exam, course) => new { course.Id, course.Slug, course.ProgrammeSlug })
            .FirstAsync(cancellation);
        var missing = await database.Courses
            .Where(course => course.Id == closing.Id || (closing.ProgrammeSlug != null && course.ProgrammeSlug == closing.ProgrammeSlug))
            .Where(course => !database.Enrollments.Any(row => row.PersonId == certificate.HolderId && row.CourseId == course.Id))
            .Select(course => course.Id)
            .ToListAsync(cancellation);
        database.Enrollments.AddRange(missing.Select(courseId => new Enrollment(certificate.HolderId, courseId, cycle: 1, now)));

        // A cycle whose exam was passed is used up; one whose exam was not is the renewal under way.
        var usedUp = await database.Enrollments
            .Where(row => row.PersonId == certificate.HolderId && row.CourseId == closing.Id)
            .OrderByDescending(row => row.Cycle)
            .Select(row => new
            {
                row.Cycle,
                Passed = database.Attempts.Any(attempt => attempt.EnrollmentId == row.Id && attempt.Kind == QuizKind.Exam && attempt.Result == AttemptResult.Passed),
            })
            .FirstOrDefaultAsync(cancellation);
        if (usedUp is { Passed: true })
        {
            database.Enrollments.Add(new Enrollment(certificate.HolderId, closing.Id, usedUp.Cycle + 1, now));
        }

        return closing.Slug;
    }
}
