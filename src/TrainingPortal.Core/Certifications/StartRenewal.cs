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
/// Opens a new cycle: on the course of the part that ends first, or, when the whole ends, on the courses that close the
/// programme's exams or count by themselves. Everything of the last cycle stays as it was. Asking again leads to the same cycle.
/// </summary>
public sealed class StartRenewal(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>The slug of the course in which it goes on.</returns>
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

        var programme = await database.Programmes.AsNoTracking().FirstAsync(programme => programme.Id == certificate.ProgrammeId, cancellation);
        var slug = certificate.EndingPart is { } part && certificate.DaysToWholeEnd(now) > programme.RenewalWindowDays
            ? await RepeatPartAsync(database, certificate, part, now, cancellation)
            : await RepeatWholeAsync(database, certificate, programme, now, cancellation);
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

    /// <summary>What a part that ends before the whole does is repeated in; the rest need not be done again for it.</summary>
    private static Task<string> RepeatPartAsync(PortalDbContext database, Certificate certificate, CertificatePart part, DateTime now, CancellationToken cancellation) => part.Kind switch
    {
        RequirementKind.Course => RepeatCourseAsync(database, certificate, part.Slug, now, cancellation),
        RequirementKind.Exam => RepeatExamsAsync(database, certificate, [part.Slug], now, cancellation),

        // Nothing is begun for a practical, which an assessor starts.
        RequirementKind.Practical => HomeOfAsync(database, part.Slug, cancellation),
    };

    private static Task<string> HomeOfAsync(PortalDbContext database, string practicalSlug, CancellationToken cancellation) => database.Practicals
        .Where(practical => practical.Slug == practicalSlug)
        .Join(database.Courses, practical => practical.CourseId, course => course.Id, (practical, course) => course.Slug)
        .FirstAsync(cancellation);

    private static async Task<string> RepeatCourseAsync(PortalDbContext database, Certificate certificate, string courseSlug, DateTime now, CancellationToken cancellation)
    {
        var newest = await database.Courses
            .Where(course => course.Slug == courseSlug)
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

        return courseSlug;
    }

    /// <summary>Everything that the programme asks for; what is done in this cycle already stays done.</summary>
    private static async Task<string> RepeatWholeAsync(PortalDbContext database, Certificate certificate, Programme programme, DateTime now, CancellationToken cancellation)
    {
        var own = programme.OwnCourses.Count == 0 ? null : await RepeatOwnCoursesAsync(database, certificate, programme, now, cancellation);
        var exam = programme.Exams.Count == 0 ? null : await RepeatExamsAsync(database, certificate, programme.Exams, now, cancellation);
        return own ?? exam ?? await HomeOfAsync(database, programme.Practicals[0], cancellation);
    }

    private static async Task<string> RepeatOwnCoursesAsync(PortalDbContext database, Certificate certificate, Programme programme, DateTime now, CancellationToken cancellation)
    {
        var newest = await database.Courses
            .Where(course => programme.OwnCourses.Contains(course.Slug))
            .OrderBy(course => course.Position)
            .Select(course => new
            {
                course.Id,
                course.Slug,
                Cycle = database.Enrollments
                    .Where(row => row.PersonId == certificate.HolderId && row.CourseId == course.Id)
                    .OrderByDescending(row => row.Cycle)
                    .Select(row => new { row.Cycle, row.EnrolledAt })
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellation);

        // A cycle from before the award is used up; a later one is the renewal under way.
        database.Enrollments.AddRange(newest
            .Where(course => course.Cycle is null || course.Cycle.EnrolledAt <= certificate.EarnedAt)
            .Select(course => new Enrollment(certificate.HolderId, course.Id, (course.Cycle?.Cycle ?? 0) + 1, now)));
        return newest[0].Slug;
    }

    /// <summary>The courses that close the exams; courses that joined their programmes meanwhile are added.</summary>
    private static async Task<string> RepeatExamsAsync(PortalDbContext database, Certificate certificate, IReadOnlyList<string> exams, DateTime now, CancellationToken cancellation)
    {
        var closing = await database.Quizzes
            .Where(exam => exams.Contains(exam.Slug))
            .Join(database.Courses, exam => exam.CourseId, course => course.Id, (exam, course) => new { Exam = exam.Slug, course.Id, course.Slug, course.ProgrammeSlug })
            .ToListAsync(cancellation);
        var closingIds = closing.Select(course => course.Id).Distinct().ToList();
        var programmes = closing.Select(course => course.ProgrammeSlug).OfType<string>().Distinct().ToList();
        var missing = await database.Courses
            .Where(course => closingIds.Contains(course.Id) || (course.ProgrammeSlug != null && programmes.Contains(course.ProgrammeSlug)))
            .Where(course => !database.Enrollments.Any(row => row.PersonId == certificate.HolderId && row.CourseId == course.Id))
            .Select(course => course.Id)
            .ToListAsync(cancellation);
        database.Enrollments.AddRange(missing.Select(courseId => new Enrollment(certificate.HolderId, courseId, cycle: 1, now)));

        // A cycle whose exam was passed for what is renewed is used up; one whose exam was not is the renewal under way.
        var cycles = await database.Enrollments
            .Where(row => row.PersonId == certificate.HolderId && closingIds.Contains(row.CourseId))
            .Where(row => !database.Enrollments.Any(newer => newer.PersonId == row.PersonId && newer.CourseId == row.CourseId && newer.Cycle > row.Cycle))
            .Where(row => database.Attempts.Any(attempt => attempt.EnrollmentId == row.Id && attempt.Kind == QuizKind.Exam && attempt.Result == AttemptResult.Passed && attempt.ClosedAt <= certificate.EarnedAt))
            .Select(row => new { row.CourseId, row.Cycle })
            .ToListAsync(cancellation);
        database.Enrollments.AddRange(cycles.Select(row => new Enrollment(certificate.HolderId, row.CourseId, row.Cycle + 1, now)));
        return closing.OrderBy(course => exams.Index().First(exam => exam.Item == course.Exam).Index).First().Slug;
    }
}
