using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>
/// The job <c>issue</c>: makes the certificate for every passed exam that has none. It finds them through an index on the
/// pass itself, so there is no second row to lose; a unique index on the pass makes it exactly one, however many copies
/// race. Certificate and mail are one save.
/// </summary>
public sealed class IssueCertificates(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, TimeProvider clock) : IPortalJob
{
    public string Name => JobNames.Issue;

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation) =>
        await IssueForPassesAsync(now, cancellation) + await new ReissueForParts(databases, portal, clock).RunAsync(now, cancellation);

    private Task<int> IssueForPassesAsync(DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
        async most =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return await database.Attempts
                .Where(attempt => attempt.AwaitsAward && database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && database.Programmes.Any(programme => programme.Id == quiz.ProgrammeId)))
                .OrderBy(attempt => attempt.ClosedAt)
                .Select(attempt => attempt.Id)
                .Take(most)
                .ToListAsync(cancellation);
        },
        attemptId => IssueAsync(attemptId, now, cancellation),
        cancellation);

    private async Task<bool> IssueAsync(Guid attemptId, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var attempt = await database.Attempts.FirstAsync(row => row.Id == attemptId, cancellation);
        if (!attempt.AwaitsAward)
        {
            return false;
        }

        var programme = await database.Programmes.AsNoTracking().FirstAsync(row => database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && quiz.ProgrammeId == row.Id), cancellation);
        var holder = await database.Users.Where(row => row.Id == attempt.PersonId).Select(row => new { row.Name, row.Email, row.Language }).FirstAsync(cancellation);
        var current = await database.Certificates
            .Include(row => row.Revocation)
            .Where(row => row.HolderId == attempt.PersonId && row.ProgrammeId == programme.Id && row.SupersededAt == null && row.Revocation == null)
            .OrderByDescending(row => row.IssuedAt)
            .FirstOrDefaultAsync(cancellation);
        var awardedAt = attempt.ClosedAt!.Value;
        var validity = current is null
            ? Validity.From(awardedAt, programme)
            : Validity.Renewed(awardedAt, current.WholeLastValidDay, programme);
        var certificate = new Certificate(programme, attemptId, attempt.PersonId, holder.Name, validity, current, now);
        current?.Supersede(now);
        attempt.MarkAwarded();
        database.Certificates.Add(certificate);
        database.Outbox.Add(IssuedMail(certificate, holder.Name, holder.Email!, holder.Language, portal.Value, clock.GetUtcNow().UtcDateTime));
        try
        {
            await database.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Another copy of the job was first with this pass; if not, the next run finds it again.
            return false;
        }
    }

    /// <summary>The mail that a certificate is there, once for each pass or repetition that earned one.</summary>
    internal static OutboxMail IssuedMail(Certificate certificate, string name, string email, string language, PortalOptions portal, DateTime now)
    {
        var serial = Serial.Parse(certificate.Serial);
        return new OutboxMail(
            $"certificate-issued/{certificate.AttemptId}",
            email,
            MailTexts.CertificateIssued(
                language,
                portal.Name,
                name,
                certificate.Title,
                certificate.LastValidDay,
                serial.ToString(),
                portal.Link($"/me/certificates/{serial}"),
                portal.Link($"/verify/{serial}")),
            confidential: false,
            now);
    }
}
