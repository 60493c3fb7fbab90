using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Enrollments;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>
/// Part of the job <c>issue</c>: whoever passed every check of a part's course again gets the certificate anew with the
/// later date. What is due is computed from the passes, so nothing is lost whichever of them came last.
/// </summary>
internal sealed class ReissueForParts(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, CredentialIssue credentials, TimeProvider clock)
{
    public Task<int> RunAsync(DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
        async most =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return await Repeated(database)
                .OrderBy(cycle => cycle.EnrolledAt)
                .Select(cycle => cycle.Id)
                .Take(most)
                .ToListAsync(cancellation);
        },
        cycleId => ReissueAsync(cycleId, now, cancellation),
        cancellation);

    /// <summary>The cycles whose checks were all passed again, with the title of what is then looked at anew.</summary>
    public static async Task<DueList> ListDueAsync(PortalDbContext database, int most, CancellationToken cancellation) => new(
        await Repeated(database)
            .OrderBy(cycle => cycle.EnrolledAt)
            .Take(most)
            .Select(cycle => new DueLine(
                cycle.EnrolledAt,
                database.Users.Where(person => person.Id == cycle.PersonId).Select(person => person.Name).First(),
                database.Certificates.Where(certificate => certificate.Id == cycle.RenewsCertificateId).Select(certificate => certificate.Title).First()))
            .ToListAsync(cancellation),
        await Repeated(database).CountAsync(cancellation));

    private static IQueryable<Enrollment> Repeated(PortalDbContext database) => database.Enrollments
        .Where(cycle => cycle.RenewsCertificateId != null)
        .Where(cycle => !database.Quizzes.Any(check => check.CourseId == cycle.CourseId && check.Kind == QuizKind.Check && !check.Retired
            && !database.Attempts.Any(attempt => attempt.EnrollmentId == cycle.Id && attempt.QuizId == check.Id && attempt.Result == AttemptResult.Passed)))
        .Where(cycle => database.Attempts.Any(attempt => attempt.EnrollmentId == cycle.Id && attempt.Result == AttemptResult.Passed));

    private async Task<bool> ReissueAsync(Guid cycleId, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var cycle = await database.Enrollments.FirstAsync(row => row.Id == cycleId, cancellation);
        if (cycle.RenewsCertificateId is not { } certificateId)
        {
            return false;
        }

        cycle.SettleRenewal();
        var current = await database.Certificates.Include(row => row.Revocation).FirstAsync(row => row.Id == certificateId, cancellation);
        var reissued = current.SupersededAt is null && current.Revocation is null && await RepeatedAsync(database, cycle, current, now, cancellation);
        try
        {
            await database.SaveChangesAsync(cancellation);
            return reissued;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Another copy of the job was first; if not, the next run finds the cycle again.
            return false;
        }
    }

    /// <returns>False: the part would not last longer, as when the whole has ended meanwhile.</returns>
    private async Task<bool> RepeatedAsync(PortalDbContext database, Enrollment cycle, Certificate current, DateTime now, CancellationToken cancellation)
    {
        var course = await database.Courses.Where(row => row.Id == cycle.CourseId).Select(row => row.Slug).FirstAsync(cancellation);
        var programme = await database.Programmes.AsNoTracking().FirstAsync(row => row.Id == current.ProgrammeId, cancellation);
        var last = await database.Attempts
            .Where(attempt => attempt.EnrollmentId == cycle.Id && attempt.Result == AttemptResult.Passed)
            .OrderByDescending(attempt => attempt.ClosedAt)
            .FirstAsync(cancellation);
        var validity = Validity.PartRepeated(current, course, last.ClosedAt!.Value, programme);
        if (validity.Parts.SequenceEqual(current.Parts))
        {
            return false;
        }

        var holder = await database.Users.Where(row => row.Id == current.HolderId).Select(row => new Holder(row.Id, row.Name, row.Email, row.Language)).FirstAsync(cancellation);
        var fact = new RequirementFact(RequirementKind.Course, course, cycle.Id, last.ClosedAt!.Value, last.Id);
        var earning = new Earning(current.Cycle, current.EarnedAt, [.. current.Facts.Where(kept => kept.Kind != fact.Kind || kept.Slug != fact.Slug), fact], last.Id);
        var certificate = new Certificate(programme, last.Id, current.HolderId, holder.Name, validity, current, now, earning);
        current.Supersede(now);
        database.Certificates.Add(certificate);
        database.Outbox.Add(IssueCertificates.IssuedMail(certificate, holder, portal.Value, clock.GetUtcNow().UtcDateTime));
        await credentials.AddAsync(database, certificate, now, cancellation);
        return true;
    }
}
