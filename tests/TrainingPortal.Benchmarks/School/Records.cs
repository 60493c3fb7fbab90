using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Benchmarks.School;

/// <summary>
/// All that the benchmarks know of the portal's tables. Rows are made by the portal's own use cases and then copied for
/// other people whole, whatever columns they have.
/// </summary>
internal sealed class Records(IServiceProvider services) : IDisposable
{
    public const string FileName = "portal.db";

    private static readonly HashSet<string> s_trainee = [Roles.Trainee];
    private readonly IDbContextFactory<PortalDbContext> databases = services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
    private int people;

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<Actor>> AddPeopleAsync(int count, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var role = await database.Roles.Where(row => row.Name == Roles.Trainee).Select(row => row.Id).SingleAsync(cancellation);
        var added = new List<Actor>(count);
        for (var number = 0; number < count; number++)
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"trainee-{++people}@school.example");
            var person = new PortalUser
            {
                Id = Guid.CreateVersion7(Now),
                Name = $"Trainee {people}",
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
                UserName = email,
                NormalizedUserName = email.ToUpperInvariant(),
                EmailConfirmed = true,
                SecurityStamp = Guid.NewGuid().ToString("N"),
                CreatedAt = Now,
            };
            database.Users.Add(person);
            database.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = role });
            added.Add(new Actor(person.Id, s_trainee));
        }

        await database.SaveChangesAsync(cancellation);
        return added;
    }

    /// <summary>Every lesson there is, with its course.</summary>
    public async Task<IReadOnlyList<(string Course, string Lesson)>> LessonsAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var lessons = await database.Courses
            .SelectMany(course => course.Modules.SelectMany(module => module.Lessons), (course, lesson) => new { Course = course.Slug, Lesson = lesson.Slug, lesson.Retired })
            .Where(row => !row.Retired)
            .ToListAsync(cancellation);
        return [.. lessons.Select(row => (row.Course, row.Lesson))];
    }

    /// <summary>Hands in every knowledge check and lets it count as passed, which needs no look at the key.</summary>
    public async Task PassChecksAsync(Actor person, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        foreach (var check in await database.Quizzes.Where(quiz => quiz.Kind == QuizKind.Check && !quiz.Retired).Select(quiz => quiz.Slug).ToListAsync(cancellation))
        {
            var attempt = await StartAsync(person, check, cancellation);
            await services.GetRequiredService<SubmitAttempt>().RunAsync(person, attempt, twinsShown: true, cancellation);
        }

        await database.Attempts
            .Where(attempt => attempt.PersonId == person.PersonId)
            .ExecuteUpdateAsync(update => update.SetProperty(attempt => attempt.Result, AttemptResult.Passed), cancellation);
    }

    public async Task<Guid> StartAsync(Actor person, string quiz, CancellationToken cancellation)
    {
        var (attempt, refused) = await services.GetRequiredService<StartAttempt>().RunAsync(person, quiz, cancellation);
        return attempt ?? throw new BenchmarkFailedException($"The attempt at {quiz} was refused: {refused?.Reason}.");
    }

    /// <summary>Closes every open attempt at an exam and lets it count as passed.</summary>
    public async Task PassExamsAsync(string exam, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database.Attempts
            .Where(attempt => attempt.ClosedAt == null && database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && quiz.Slug == exam))
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(attempt => attempt.ClosedAt, Now)
                    .SetProperty(attempt => attempt.Result, AttemptResult.Passed)
                    .SetProperty(attempt => attempt.AwaitsAward, true),
                cancellation);
    }

    /// <summary>Copies enrolments, lessons read and closed attempts of one person for others.</summary>
    public void CopyPreparation(Guid from, IReadOnlyCollection<Guid> others)
    {
        using var copy = new RowCopy(Connect());
        var enrollments = copy.Ids("Enrollments", "PersonId", from);
        var attempts = copy.Rows("SELECT Id, EnrollmentId FROM Attempts WHERE PersonId = $key AND ClosedAt IS NOT NULL", from);
        foreach (var person in others)
        {
            var copied = enrollments.ToDictionary(enrollment => enrollment, _ => Guid.CreateVersion7(Now));
            foreach (var (enrollment, own) in copied)
            {
                copy.Insert("Enrollments", "Id", enrollment, ("Id", own), ("PersonId", person));
                copy.Insert("LessonsRead", "EnrollmentId", enrollment, ("EnrollmentId", own));
            }

            foreach (var row in attempts)
            {
                copy.Insert("Attempts", "Id", row[0], ("Id", Guid.CreateVersion7(Now)), ("PersonId", person), ("EnrollmentId", copied[row[1]]));
            }
        }

        copy.Commit();
    }

    /// <summary>Copies an open attempt with its answers for others, who have the same enrolments.</summary>
    public void CopyAttempt(Guid attempt, IReadOnlyCollection<Guid> others)
    {
        using var copy = new RowCopy(Connect());
        var course = copy.Rows("SELECT CourseId, CourseId FROM Enrollments WHERE Id = (SELECT EnrollmentId FROM Attempts WHERE Id = $key)", attempt)[0][0];
        var parts = copy.TablesWithin("Attempts", "AttemptId");
        foreach (var person in others)
        {
            var own = Guid.CreateVersion7(Now);
            var enrollment = copy.Rows("SELECT Id, Id FROM Enrollments WHERE PersonId = $key AND CourseId = $other ORDER BY Cycle DESC LIMIT 1", person, course)[0][0];
            copy.Insert("Attempts", "Id", attempt, ("Id", own), ("PersonId", person), ("EnrollmentId", enrollment));
            foreach (var part in parts)
            {
                copy.Insert(part, "AttemptId", attempt, ("AttemptId", own));
            }
        }

        copy.Commit();
    }

    /// <summary>How many of the answers that were acknowledged the database does not hold, or holds otherwise.</summary>
    /// <param name="acknowledged">The fields that were sent last, by attempt and slot.</param>
    public async Task<int> CountLostAsync(IReadOnlyCollection<((Guid Attempt, int Slot) Key, IReadOnlyList<string> Fields)> acknowledged, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var papers = await database.Attempts.Select(attempt => new { attempt.Id, attempt.Paper.Items }).ToDictionaryAsync(row => row.Id, row => row.Items, cancellation);
        var questions = await database.ItemVersions.ToDictionaryAsync(version => version.Id, version => version.Interaction, cancellation);
        var saved = await database.Answers
            .Where(answer => answer.Response != null)
            .Select(answer => new { answer.AttemptId, answer.Slot, answer.Response })
            .ToDictionaryAsync(answer => (answer.AttemptId, answer.Slot), answer => answer.Response, cancellation);
        return acknowledged.Count(answer =>
        {
            var asked = papers[answer.Key.Attempt][answer.Key.Slot - 1];
            return saved.GetValueOrDefault(answer.Key) != questions[asked.ItemVersionId].Read(answer.Fields, asked.Order, saved: null).Response;
        });
    }

    /// <summary>How many attempts of a quiz are open and how many closed.</summary>
    public async Task<(int Open, int Closed)> CountAsync(string quiz, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var attempts = database.Attempts.Where(attempt => database.Quizzes.Any(row => row.Id == attempt.QuizId && row.Slug == quiz));
        return (await attempts.CountAsync(attempt => attempt.ClosedAt == null, cancellation), await attempts.CountAsync(attempt => attempt.ClosedAt != null, cancellation));
    }

    /// <summary>Brings everything into the one file, so that a run starts without a log to work off.</summary>
    public void Settle()
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        command.ExecuteNonQuery();
    }

    public void Dispose() => SqliteConnection.ClearAllPools();

    private SqliteConnection Connect()
    {
        using var database = databases.CreateDbContext();
        var connection = new SqliteConnection(database.Database.GetConnectionString());
        connection.Open();
        return connection;
    }
}
