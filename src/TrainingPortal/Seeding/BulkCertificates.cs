using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Audit;
using TrainingPortal.Certifications;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Web.Seeding;

/// <summary>
/// Finished rows for loads of a million: a person, a cycle, a pass and a live certificate each, spread evenly over the
/// programme's validity. They are enough for checks, lists, reminders and the nightly invariants. What they lack is what
/// nobody did: no paper, no answers, no signed credential, no mail. Each is marked by its holder's name and address, and the
/// record of acts tells of them.
/// </summary>
internal sealed class BulkCertificates(IServiceProvider services, int seed)
{
    private const string Domain = "bulk.invalid";

    // People in a transaction: four rows each.
    private const int Batch = 5_000;

    private readonly IDbContextFactory<PortalDbContext> databases = services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
    private readonly Random random = new(seed);

    /// <param name="people">How many there will be.</param>
    /// <param name="passes">How many of them hold a certificate.</param>
    /// <param name="made">Gets a line for each.</param>
    public async Task WriteAsync(int people, int passes, TextWriter made, CancellationToken cancellation)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await using var read = await databases.CreateDbContextAsync(cancellation);
        var programme = await DemoProgramme.ReadAsync(read, cancellation);
        var exam = await read.Quizzes.AsNoTracking().FirstAsync(quiz => quiz.Slug == programme.Exams[0], cancellation);
        var before = await read.Users.CountAsync(person => person.Email!.EndsWith("@" + Domain), cancellation);
        var validity = now - now.AddMonths(-programme.ValidityMonths);
        var progress = new DemoProgress("people", people);
        for (var from = 0; from < people; from += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            await using var database = await databases.CreateDbContextAsync(cancellation);
            database.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var number = from; number < Math.Min(from + Batch, people); number++)
            {
                var person = AddPerson(database, before + number + 1, now);
                var cycle = new Enrollment(person.Id, exam.CourseId, cycle: 1, now);
                database.Enrollments.Add(cycle);
                await made.WriteLineAsync($"trainee,{person.Id},{person.Email}");
                if (number < passes)
                {
                    // The oldest first, as they would have come.
                    var passedAt = now - (validity * ((passes - number - random.NextDouble()) / passes));
                    var certificate = AddCertificate(database, person, cycle.Id, exam, programme, passedAt, now);
                    await made.WriteLineAsync($"certificate,{Serial.Parse(certificate.Serial)},{person.Email}");
                }

                progress.Pass();
            }

            database.AuditEntries.Add(new AuditEntry(now, null, "demo rows written in bulk", $"{Math.Min(Batch, people - from)} people"));
            await database.SaveChangesAsync(cancellation);
        }
    }

    private static PortalUser AddPerson(PortalDbContext database, int number, DateTime now)
    {
        var email = $"bulk-{number}@{Domain}";
        var person = new PortalUser
        {
            Id = Guid.CreateVersion7(now),
            Name = $"Bulk {number}",
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            EmailConfirmed = true,
            CreatedAt = now,
        };
        database.Users.Add(person);
        return person;
    }

    private static Certificate AddCertificate(PortalDbContext database, PortalUser person, Guid cycleId, Quiz exam, Programme programme, DateTime passedAt, DateTime now)
    {
        // The attempt alone: its paper is not added with it.
        var attempt = database.Entry(new Attempt(person.Id, cycleId, exam, [], seed: 0, passedAt.AddMinutes(-30)));
        attempt.Property(row => row.ClosedAt).CurrentValue = passedAt;
        attempt.Property(row => row.Result).CurrentValue = AttemptResult.Passed;
        attempt.State = EntityState.Added;
        RequirementFact[] facts = [new(RequirementKind.Exam, exam.Slug, attempt.Entity.Id, passedAt, attempt.Entity.Id)];
        var certificate = new Certificate(
            programme, attempt.Entity.Id, person.Id, person.Name, Validity.From(passedAt, programme, facts), replaces: null, passedAt, new Earning(Cycle: 1, passedAt, facts, attempt.Entity.Id));

        // Those whose day lies back were decided, and nobody was mailed.
        database.ReminderNotices.AddRange(certificate.TakeDueReminders(now).Select(days => new ReminderNotice { CertificateId = certificate.Id, DaysBefore = days, DecidedAt = now, Mailed = false }));
        database.Certificates.Add(certificate);
        return certificate;
    }
}
