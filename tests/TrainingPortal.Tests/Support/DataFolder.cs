using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Certifications;
using TrainingPortal.CourseFiles;
using TrainingPortal.Credentials;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;
using TrainingPortal.Persistence.Sqlite;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Tests.Support;

/// <summary>
/// A portal's data folder on disk, gone when disposed. What people did before the test begins is done by the real use
/// cases on its database, now or <see cref="At"/> another time; a portal in this process or another serves it.
/// </summary>
internal sealed class DataFolder : IDbContextFactory<PortalDbContext>, IDisposable
{
    public const string Course = "safe-practice";
    public const string Exam = "safe-practice";
    public const string Practice = "safe-practice-practice";
    public const string Password = "learn-safely-2026";

    private static readonly string s_passwordHash = new PasswordHasher<PortalUser>().HashPassword(new PortalUser { Name = "" }, Password);
    private static readonly Lazy<Task<byte[]>> s_withCourses = new(() => ImportAsync(RepositoryFolder.SmallSchool));
    private static readonly Lazy<Task<byte[]>> s_withItemTypes = new(() => ImportAsync(RepositoryFolder.ItemTypes));
    private static readonly Lazy<Task<byte[]>> s_withCurriculum = new(() => ImportAsync(RepositoryFolder.Path("courses")));

    private static readonly IOptions<PortalOptions> s_portal = Options.Create(new PortalOptions());

    private readonly TimeProvider clock;
    private readonly ItemBank bank;
    private readonly bool owned;

    private DataFolder(string path, TimeProvider clock, bool owned)
    {
        Path = path;
        this.clock = clock;
        bank = new ItemBank(this);
        this.owned = owned;
    }

    public string Path { get; }

    public string DatabaseFile => File("portal.db");

    /// <summary>UTC: when what is done here is done.</summary>
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The mails that lie in the mail folder.</summary>
    public IReadOnlyList<string> Mails => Directory.Exists(File("mail")) ? Directory.GetFiles(File("mail"), "*.eml") : [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Nothing in it yet.</summary>
    public static DataFolder Empty() => new(Directory.CreateTempSubdirectory("portal-data-").FullName, TimeProvider.System, owned: true);

    /// <summary>With the database of this version and the small school's course in it.</summary>
    public static Task<DataFolder> WithCoursesAsync() => WithAsync(s_withCourses);

    /// <summary>With the course whose knowledge check has a question of every type.</summary>
    public static Task<DataFolder> WithItemTypesAsync() => WithAsync(s_withItemTypes);

    /// <summary>With the repository's own six courses in it.</summary>
    public static Task<DataFolder> WithCurriculumAsync() => WithAsync(s_withCurriculum);

    /// <summary>The same folder, where everything is done at an instant (UTC).</summary>
    public DataFolder At(DateTime instant) => new(Path, new SetClock(instant), owned: false);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public PortalDbContext CreateDbContext() => new SqlitePortalDbContext(
        new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(ConnectionString).AddInterceptors(new SqlitePragmas()).Options);

    /// <summary>A person with a confirmed address and <see cref="Password"/>, who is a trainee whatever else they are.</summary>
    public async Task<Actor> AddPersonAsync(string email, params string[] roles)
    {
        var person = new PortalUser
        {
            Id = Guid.CreateVersion7(Now),
            Name = "Ana Lucía Peña",
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            PasswordHash = s_passwordHash,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = Now,
        };
        var held = roles.Append(Roles.Trainee).ToHashSet();
        await using var database = CreateDbContext();
        database.Users.Add(person);
        foreach (var role in await database.Roles.Where(role => held.Contains(role.Name!)).ToListAsync(Cancellation))
        {
            database.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = role.Id });
        }

        await database.SaveChangesAsync(Cancellation);
        return new Actor(person.Id, held);
    }

    public async Task EnrolAsync(Actor person, string course = Course) => Assert.True((await new Enroll(this, clock).RunAsync(person, course, Cancellation)).Succeeded);

    /// <summary>Enrolled, every lesson read, every check passed: nothing is in the way of the exam.</summary>
    public async Task<Actor> AddPreparedTraineeAsync(string email, string course = Course)
    {
        var person = await AddPersonAsync(email);
        await EnrolAsync(person, course);
        await CompleteLessonsAndChecksAsync(person);
        return person;
    }

    public async Task<Guid> StartAsync(Actor person, string quiz)
    {
        var (attempt, refused) = await new StartAttempt(this, bank, clock).RunAsync(person, quiz, Cancellation);
        Assert.Null(refused);
        return attempt!.Value;
    }

    /// <summary>Starts a quiz and answers every question right.</summary>
    public async Task<Guid> StartAndAnswerAsync(Actor person, string quiz)
    {
        var attempt = await StartAsync(person, quiz);
        foreach (var question in await QuestionsAsync(attempt))
        {
            await AnswerRightAsync(person, attempt, question);
        }

        return attempt;
    }

    public async Task AnswerRightAsync(Actor person, Guid attempt, Question question)
    {
        var revision = question.Row.Revision;
        foreach (var fields in PostedFields.Of(question.Version.Interaction, question.Row.OptionOrder, question.Version.Interaction.Key))
        {
            revision = (await new SaveAnswer(this, bank, clock).RunAsync(person, attempt, new PostedAnswer(question.Row.Slot, fields, revision), Cancellation)).Value;
        }
    }

    public async Task SubmitAsync(Actor person, Guid attempt) =>
        Assert.True((await new SubmitAttempt(this, bank, clock).RunAsync(person, attempt, twinsShown: true, Cancellation)).Succeeded);

    public async Task<Guid> PassAsync(Actor person, string quiz)
    {
        var attempt = await StartAndAnswerAsync(person, quiz);
        await SubmitAsync(person, attempt);
        return attempt;
    }

    /// <summary>A trainee who passed the exam at an instant and was given the certificate for it then.</summary>
    /// <param name="passedAt">UTC.</param>
    public async Task<Certificate> AddCertifiedTraineeAsync(string email, DateTime passedAt)
    {
        var then = At(passedAt);
        var person = await then.AddPreparedTraineeAsync(email);
        var attempt = await then.PassAsync(person, Exam);
        await then.IssueAsync();
        await using var database = CreateDbContext();
        return await database.Certificates.AsNoTracking().SingleAsync(certificate => certificate.AttemptId == attempt, Cancellation);
    }

    /// <summary>Renews a certificate: a new cycle, passed and issued now.</summary>
    public async Task<Certificate> RenewAsync(Certificate certificate)
    {
        var holder = new Actor(certificate.HolderId, new HashSet<string> { Roles.Trainee });
        Assert.True((await new StartRenewal(this, clock).RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation)).Succeeded);
        await CompleteLessonsAndChecksAsync(holder);
        var attempt = await PassAsync(holder, Exam);
        await IssueAsync();
        await using var database = CreateDbContext();
        return await database.Certificates.AsNoTracking().SingleAsync(renewed => renewed.AttemptId == attempt, Cancellation);
    }

    /// <summary>The questions of an attempt, with what only the database knows: where the key is.</summary>
    public async Task<IReadOnlyList<Question>> QuestionsAsync(Guid attempt)
    {
        await using var database = CreateDbContext();
        return await Question.AllAsync(database, attempt, Cancellation);
    }

    /// <summary>One number for everything in every table but the sign of life: the same as before where nothing was changed.</summary>
    public async Task<string> FingerprintAsync()
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(Cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in await ColumnAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'Pulses' ORDER BY name"))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await command.ExecuteReaderAsync(Cancellation);
            while (await rows.ReadAsync(Cancellation))
            {
                var row = string.Join('\u001f', Enumerable.Range(0, rows.FieldCount).Select(index => Convert.ToString(rows.GetValue(index), System.Globalization.CultureInfo.InvariantCulture)));
                hash.AppendData(Encoding.UTF8.GetBytes($"{table}\u001f{row}\u001e"));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>The tables of the database; none where there is no database yet.</summary>
    public async Task<IReadOnlyList<string>> TablesAsync()
    {
        if (!System.IO.File.Exists(DatabaseFile))
        {
            return [];
        }

        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(Cancellation);
        return await ColumnAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
    }

    public void Dispose()
    {
        if (owned)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ConnectionString;

    /// <summary>Runs the job that issues certificates.</summary>
    /// <returns>How many it made.</returns>
    public Task<int> IssueAsync() =>
        new IssueCertificates(this, s_portal, TestKeys.Issue(s_portal), clock).RunAsync(Now, Cancellation);

    private async Task CompleteLessonsAndChecksAsync(Actor person)
    {
        await using var database = CreateDbContext();
        var lessons = await database.Courses
            .SelectMany(course => course.Modules.SelectMany(module => module.Lessons), (course, lesson) => new { Course = course.Slug, lesson.Slug, lesson.Retired })
            .Where(row => !row.Retired)
            .ToListAsync(Cancellation);
        foreach (var lesson in lessons)
        {
            Assert.True((await new MarkLessonRead(this, clock).RunAsync(person, lesson.Course, lesson.Slug, Cancellation)).Succeeded);
        }

        foreach (var check in await database.Quizzes.Where(quiz => quiz.Kind == QuizKind.Check && !quiz.Retired).Select(quiz => quiz.Slug).ToListAsync(Cancellation))
        {
            await PassAsync(person, check);
        }
    }

    private static async Task<IReadOnlyList<string>> ColumnAsync(SqliteConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var rows = await command.ExecuteReaderAsync(Cancellation);
        var values = new List<string>();
        while (await rows.ReadAsync(Cancellation))
        {
            values.Add(rows.GetString(0));
        }

        return values;
    }

    private static async Task<DataFolder> WithAsync(Lazy<Task<byte[]>> database)
    {
        var folder = Empty();
        await System.IO.File.WriteAllBytesAsync(folder.DatabaseFile, await database.Value, Cancellation);
        TestKeys.CopyTo(folder.Path);
        return folder;
    }

    // Once for the whole run: a start of the portal on an empty folder does exactly this, and takes seconds.
    private static async Task<byte[]> ImportAsync(string courses)
    {
        using var folder = Empty();
        var connection = new SqliteConnectionStringBuilder { DataSource = folder.DatabaseFile, Pooling = false };
        await using (var app = PortalHost.Build(
            [$"--Portal:DataDirectory={folder.Path}", $"--ConnectionStrings:Portal={connection}"],
            serving: false))
        {
            await PortalDatabase.MigrateAsync(app.Services, dryRun: false, CancellationToken.None);
            var report = await app.Services.GetRequiredService<ImportCourses>().RunAsync(courses, CancellationToken.None);
            Assert.Empty(report.Faults);
        }

        await TestKeys.MakeAsync(folder);

        await using (var database = folder.CreateDbContext())
        {
            await database.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", CancellationToken.None);
        }

        return await System.IO.File.ReadAllBytesAsync(folder.DatabaseFile, CancellationToken.None);
    }
}
