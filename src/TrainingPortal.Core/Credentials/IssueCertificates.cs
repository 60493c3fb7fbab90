using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>
/// The job <c>issue</c>: makes the certificate for every passed exam that has none. It finds them through an index on the
/// pass itself, so there is no second row to lose; a unique index on the pass makes it exactly one, however many copies
/// race. Certificate, signed credential and mail are one save. What it takes to make them is read for many passes at once.
/// </summary>
public sealed class IssueCertificates(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, CredentialIssue credentials, TimeProvider clock) : IPreviewedJob
{
    public string Name => JobNames.Issue;

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        var done = 0;
        var failures = new List<AggregateException>();
        foreach (var part in new Func<Task<int>>[]
        {
            () => new SignEarlierCertificates(databases, credentials).RunAsync(now, cancellation),
            () => IssueForPassesAsync(now, cancellation),
            () => new ReissueForParts(databases, portal, credentials, clock).RunAsync(now, cancellation),
        })
        {
            try
            {
                done += await part();
            }
            catch (AggregateException failure)
            {
                // Rows that are broken in one part hold up none of the others; they are told below.
                failures.Add(failure);
            }
        }

        return failures.Count switch
        {
            0 => done,
            1 => throw failures[0],
            _ => throw new AggregateException(failures),
        };
    }

    public async Task<DueList> ListDueAsync(DateTime now, int most, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var passes = await AwaitingAward(database)
            .OrderBy(attempt => attempt.ClosedAt)
            .Take(most)
            .Select(attempt => new DueLine(
                attempt.ClosedAt!.Value,
                database.Users.Where(person => person.Id == attempt.PersonId).Select(person => person.Name).First(),
                database.Programmes.Where(programme => database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && quiz.ProgrammeId == programme.Id)).Select(programme => programme.Title).First()))
            .ToListAsync(cancellation);
        var repetitions = await ReissueForParts.ListDueAsync(database, most - passes.Count, cancellation);
        return new DueList([.. passes, .. repetitions.Lines], await AwaitingAward(database).CountAsync(cancellation) + repetitions.Total);
    }

    // Passed exams without a certificate: what a run makes one for, and what is listed beforehand.
    private static IQueryable<Attempt> AwaitingAward(PortalDbContext database) => database.Attempts
        .Where(attempt => attempt.AwaitsAward && database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && database.Programmes.Any(programme => programme.Id == quiz.ProgrammeId)));

    private Task<int> IssueForPassesAsync(DateTime now, CancellationToken cancellation) => DueRows.WorkThroughAsync(
        most => FindAsync(most, now, cancellation),
        pass => pass.Attempt.Id,
        async () =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return await AwaitingAward(database).CountAsync(cancellation);
        },
        pass => IssueAsync(pass, now, cancellation),
        cancellation);

    private async Task<List<Pass>> FindAsync(int most, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var due = await AwaitingAward(database)
            .AsNoTracking()
            .Join(database.Quizzes, attempt => attempt.QuizId, quiz => quiz.Id, (attempt, quiz) => new { Attempt = attempt, quiz.ProgrammeId })
            .OrderBy(row => row.Attempt.ClosedAt)
            .Take(most)
            .ToListAsync(cancellation);
        if (due.Count == 0)
        {
            return [];
        }

        var programmeIds = due.Select(row => row.ProgrammeId).Distinct().ToList();
        var people = due.Select(row => row.Attempt.PersonId).Distinct().ToList();
        var programmes = await database.Programmes.AsNoTracking().Where(row => programmeIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellation);
        var holders = await database.Users
            .Where(row => people.Contains(row.Id))
            .Select(row => new Holder(row.Id, row.Name, row.Email, row.Language))
            .ToDictionaryAsync(row => row.Id, cancellation);
        var current = await database.Certificates
            .AsNoTracking()
            .Where(row => people.Contains(row.HolderId) && row.SupersededAt == null && row.Revocation == null)
            .OrderBy(row => row.IssuedAt)
            .ToListAsync(cancellation);
        var awards = current.Where(row => row.AwardId != null).Select(row => row.AwardId).ToList();
        var awardedAt = await database.Certificates
            .Where(row => awards.Contains(row.AwardId))
            .GroupBy(row => row.AwardId)
            .Select(award => new { Award = award.Key!.Value, At = award.Min(row => row.ValidFrom) })
            .ToDictionaryAsync(row => row.Award, row => row.At, cancellation);
        var sheet = await credentials.PrepareAsync(database, due.Count, now, cancellation);
        await SaveNewListAsync(database, cancellation);

        // Two passes of one person for one programme follow each other: the second renews what the first earns.
        List<Pass> passes =
        [
            .. due.DistinctBy(row => (row.Attempt.PersonId, row.ProgrammeId)).Select(row =>
            {
                var last = current.FindLast(certificate => certificate.HolderId == row.Attempt.PersonId && certificate.ProgrammeId == row.ProgrammeId);
                return new Pass(
                    row.Attempt,
                    programmes[row.ProgrammeId!.Value],
                    holders[row.Attempt.PersonId],
                    last,
                    last is { AwardId: { } award } ? awardedAt[award] : null,
                    sheet);
            }),
        ];
        foreach (var (pass, next) in passes.Zip(passes.Skip(1)))
        {
            pass.Next = next;
        }

        return passes;
    }

    private async Task<bool> IssueAsync(Pass pass, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var signed = pass.SignAsync(now);

        // A signature takes about as long as a save: the next one is made meanwhile.
        _ = pass.Next?.SignAsync(now);
        var (certificate, credential) = await signed;
        database.Attach(pass.Attempt);
        if (pass.Current is { } current)
        {
            database.Attach(current);
            current.Supersede(now);
        }

        pass.Attempt.MarkAwarded();
        database.Certificates.Add(certificate);
        database.Credentials.Add(credential);
        database.Outbox.Add(IssuedMail(certificate, pass.Holder, portal.Value, clock.GetUtcNow().UtcDateTime));
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

    private static async Task SaveNewListAsync(PortalDbContext database, CancellationToken cancellation)
    {
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            // Another copy of the job began the same list, which is as good.
        }
    }

    /// <summary>The mail that a certificate is there, once for each pass or repetition that earned one.</summary>
    internal static OutboxMail IssuedMail(Certificate certificate, Holder holder, PortalOptions portal, DateTime now)
    {
        var serial = Serial.Parse(certificate.Serial);
        return new OutboxMail(
            $"certificate-issued/{certificate.AttemptId}",
            holder.Email!,
            MailTexts.CertificateIssued(
                holder.Language,
                portal.Name,
                holder.Name,
                certificate.Title,
                certificate.LastValidDay,
                serial.ToString(),
                portal.Link($"/me/certificates/{serial}"),
                portal.Link($"/verify/{serial}")),
            confidential: false,
            now);
    }

    /// <summary>A pass with what it takes to certify it.</summary>
    /// <param name="Current">The live certificate that it renews, or none.</param>
    /// <param name="AwardedAt">UTC: when the award of <paramref name="Current"/> was first made.</param>
    private sealed record Pass(Attempt Attempt, Programme Programme, Holder Holder, Certificate? Current, DateTime? AwardedAt, SigningSheet Sheet)
    {
        private Task<(Certificate, Credential)>? signed;

        public Pass? Next { get; set; }

        /// <summary>Writes and signs the certificate beside whatever else is done; asked again, it is the same one.</summary>
        public Task<(Certificate Certificate, Credential Credential)> SignAsync(DateTime now) => signed ??= Task.Run(() => Sign(now));

        private (Certificate, Credential) Sign(DateTime now)
        {
            var passedAt = Attempt.ClosedAt!.Value;
            var validity = Current is null
                ? Validity.From(passedAt, Programme)
                : Validity.Renewed(passedAt, Current.WholeLastValidDay, Programme);
            var certificate = new Certificate(Programme, Attempt.Id, Attempt.PersonId, Holder.Name, validity, Current, now);
            return (certificate, Sheet.Sign(certificate, new CredentialFacts(Holder.Email!, Programme.Slug, AwardedAt ?? certificate.ValidFrom), now));
        }
    }
}

/// <summary>Whom a certificate is for, and where and in which language to tell them.</summary>
internal sealed record Holder(Guid Id, string Name, string? Email, string Language);
