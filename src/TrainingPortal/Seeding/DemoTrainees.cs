using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Certifications;
using TrainingPortal.Enrollments;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Seeding;

/// <summary>
/// People who do everything that people do, by the use cases behind the pages: what the school would refuse cannot get into
/// the database this way. Nobody knows their passwords.
/// </summary>
internal sealed class DemoTrainees(IServiceProvider services)
{
    private const string Domain = "demo.invalid";
    private static readonly HashSet<string> s_trainee = [Roles.Trainee];
    private readonly IDbContextFactory<PortalDbContext> databases = services.GetRequiredService<IDbContextFactory<PortalDbContext>>();

    /// <param name="people">How many are registered and enrolled.</param>
    /// <param name="passes">How many of them learn everything, pass and are certified.</param>
    /// <param name="made">Gets a line for each.</param>
    public async Task AddAsync(int people, int passes, TextWriter made, CancellationToken cancellation)
    {
        var (course, exam, before) = await ReadAsync(cancellation);
        var startedAt = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var progress = new DemoProgress("trainees", people);
        for (var number = 1; number <= people; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            var email = $"trainee-{before + number}@{Domain}";
            var person = await RegisterAsync($"Demo {before + number}", email, cancellation);
            Require((await services.GetRequiredService<Enroll>().RunAsync(person, course, cancellation)).Refusal, email, "enrol");
            await made.WriteLineAsync($"trainee,{person.PersonId},{email}");
            if (number <= passes)
            {
                await LearnAsync(person, email, course, cancellation);
                await PassAsync(person, email, exam, cancellation);
            }

            progress.Pass();
        }

        var issued = await services.GetRequiredService<RunJob>().RunAsync(JobNames.Issue, asOf: null, JobAsker.Verb, cancellation);
        if (issued?.Failure is { } failure)
        {
            throw new StartRefusedException($"The certificates could not be issued: {failure}");
        }

        await WriteCertificatesAsync(startedAt, made, cancellation);
    }

    private async Task<(string Course, string Exam, int Before)> ReadAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var exam = (await DemoProgramme.ReadAsync(database, cancellation)).Exams[0];
        var course = await database.Quizzes
            .Where(quiz => quiz.Slug == exam)
            .Join(database.Courses, quiz => quiz.CourseId, course => course.Id, (_, course) => course.Slug)
            .FirstAsync(cancellation);
        return (course, exam, await database.Users.CountAsync(person => person.Email!.EndsWith("@" + Domain), cancellation));
    }

    private async Task<Actor> RegisterAsync(string name, string email, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var password = Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
        Require((await scope.ServiceProvider.GetRequiredService<RegisterPerson>().RunAsync(name, email, password, "en", cancellation)).Refusal, email, "register");

        // By the code that the mail to nobody carries.
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var person = (await users.FindByEmailAsync(email))!;
        await users.ConfirmEmailAsync(person, await users.GenerateEmailConfirmationTokenAsync(person));
        return new Actor(person.Id, s_trainee);
    }

    private async Task LearnAsync(Actor person, string email, string programmeCourse, CancellationToken cancellation)
    {
        foreach (var course in await services.GetRequiredService<ReadProgramme>().RunAsync(person, programmeCourse, cancellation))
        {
            var progress = (await services.GetRequiredService<ReadCourseProgress>().RunAsync(person, course.Slug, cancellation))!;
            foreach (var module in progress.Modules)
            {
                foreach (var lesson in module.Lessons)
                {
                    Require((await services.GetRequiredService<MarkLessonRead>().RunAsync(person, course.Slug, lesson.Slug, cancellation)).Refusal, email, $"read {lesson.Slug}");
                }

                if (module.Check is { } check)
                {
                    await PassAsync(person, email, check.Slug, cancellation);
                }
            }
        }
    }

    private async Task PassAsync(Actor person, string email, string quiz, CancellationToken cancellation)
    {
        var (attempt, refused) = await services.GetRequiredService<StartAttempt>().RunAsync(person, quiz, cancellation);
        Require(refused?.Reason, email, $"start {quiz}");
        foreach (var (asked, interaction) in await PaperAsync(attempt!.Value, cancellation))
        {
            var revision = 0;
            foreach (var fields in PostedFields.Of(interaction, asked.Order, interaction.Key))
            {
                var saved = await services.GetRequiredService<SaveAnswer>().RunAsync(person, attempt.Value, new PostedAnswer(asked.Slot, fields, revision), cancellation);
                Require(saved.Refusal, email, $"answer question {asked.Slot} of {quiz}");
                revision = saved.Value;
            }
        }

        Require((await services.GetRequiredService<SubmitAttempt>().RunAsync(person, attempt.Value, twinsShown: true, cancellation)).Refusal, email, $"submit {quiz}");
    }

    // With the key, which no page has.
    private async Task<IReadOnlyList<(AskedItem Asked, Interaction Interaction)>> PaperAsync(Guid attempt, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var paper = await database.Attempts.Where(row => row.Id == attempt).Select(row => row.Paper.Items).FirstAsync(cancellation);
        var ids = paper.Select(item => item.ItemVersionId).ToList();
        var interactions = await database.ItemVersions.Where(version => ids.Contains(version.Id)).ToDictionaryAsync(version => version.Id, version => version.Interaction, cancellation);
        return [.. paper.Select(item => (item, interactions[item.ItemVersionId]))];
    }

    private async Task WriteCertificatesAsync(DateTime startedAt, TextWriter made, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificates = await database.Certificates
            .Join(database.Users.Where(person => person.CreatedAt >= startedAt && person.Email!.EndsWith("@" + Domain)), certificate => certificate.HolderId, person => person.Id, (certificate, person) => new { certificate.Serial, person.Email, person.CreatedAt })
            .OrderBy(row => row.CreatedAt)
            .ToListAsync(cancellation);
        foreach (var row in certificates)
        {
            await made.WriteLineAsync($"certificate,{Serial.Parse(row.Serial)},{row.Email}");
        }
    }

    private static void Require<TRefusal>(TRefusal? refusal, string email, string act)
        where TRefusal : struct, Enum
    {
        if (refusal is { } reason)
        {
            throw new StartRefusedException($"{email} could not {act}: {reason}.");
        }
    }
}
