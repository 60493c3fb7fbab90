using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TrainingPortal.Persistence;
using TrainingPortal.Persistence.Sqlite;
using TrainingPortal.Persistence.SqlServer;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Persistence;

/// <summary>The two providers' migrations, beside the one model.</summary>
public class MigrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Nothing listens there: what these tests ask needs no server.
    private static SqlServerPortalDbContext SqlServer() => new(new DbContextOptionsBuilder<SqlServerPortalDbContext>().UseSqlServer("Server=127.0.0.1,9").Options);

    private static SqlitePortalDbContext Sqlite() => new(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite("Data Source=:memory:").Options);

    [Fact]
    public void Both_providers_migrations_are_up_to_date_with_the_model()
    {
        foreach (PortalDbContext context in new PortalDbContext[] { Sqlite(), SqlServer() })
        {
            using (context)
            {
                Assert.NotEmpty(context.Database.GetMigrations());
                Assert.False(context.Database.HasPendingModelChanges(), $"{context.GetType().Name}: add a migration.");
            }
        }
    }

    [Fact]
    public void Both_providers_have_the_same_tables_and_columns()
    {
        using var sqlite = Sqlite();
        using var sqlServer = SqlServer();

        static IEnumerable<string> Columns(DbContext context) => context.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Select(property => $"{entity.GetTableName()}.{property.GetColumnName()} null {property.IsNullable}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(Columns(sqlite), Columns(sqlServer));
    }

    [Theory]
    [InlineData("CREATE UNIQUE INDEX [OneOpenAttempt] ON [Attempts] ([PersonId], [QuizId]) WHERE \"ClosedAt\" IS NULL")]
    [InlineData("CREATE UNIQUE INDEX [IX_Certificates_ReplacesId] ON [Certificates] ([ReplacesId]) WHERE \"ReplacesId\" IS NOT NULL")]
    [InlineData("CREATE UNIQUE INDEX [IX_Certificates_AttemptId] ON [Certificates] ([AttemptId])")]
    [InlineData("CREATE UNIQUE INDEX [IX_Certificates_Serial] ON [Certificates] ([Serial])")]
    [InlineData("CREATE UNIQUE INDEX [IX_Outbox_Key] ON [Outbox] ([Key])")]
    [InlineData("CREATE INDEX [IX_Attempts_AwaitsAward] ON [Attempts] ([AwaitsAward]) WHERE \"AwaitsAward\" = 1")]
    public void On_SQL_Server_the_indexes_that_decide_are_created(string index)
    {
        using var context = SqlServer();

        Assert.Contains(index, context.GetService<IMigrator>().GenerateScript(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_SQLite_migrations_make_the_schema_that_the_model_describes()
    {
        var folder = Directory.CreateTempSubdirectory("portal-migrated-");
        try
        {
            await using var migrated = Open("migrated.db");
            await migrated.Database.MigrateAsync(Cancellation);
            await using var described = Open("described.db");
            await described.Database.EnsureCreatedAsync(Cancellation);

            Assert.Equal(await SchemaAsync(described), await SchemaAsync(migrated));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        SqlitePortalDbContext Open(string file) => new(new DbContextOptionsBuilder<SqlitePortalDbContext>()
            .UseSqlite($"Data Source={Path.Combine(folder.FullName, file)};Pooling=False")
            .AddInterceptors(new SqlitePragmas())
            .Options);

        static Task<List<string>> SchemaAsync(DbContext context) => context.Database
            .SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
            .ToListAsync(Cancellation);
    }

    [Fact]
    public async Task On_SQLite_the_same_indexes_decide()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var context = database.CreateDbContext();

        var indexes = await context.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").ToListAsync(Cancellation);

        Assert.Contains("CREATE UNIQUE INDEX \"OneOpenAttempt\" ON \"Attempts\" (\"PersonId\", \"QuizId\") WHERE \"ClosedAt\" IS NULL", indexes);
        Assert.Contains("CREATE UNIQUE INDEX \"IX_Certificates_ReplacesId\" ON \"Certificates\" (\"ReplacesId\") WHERE \"ReplacesId\" IS NOT NULL", indexes);
        Assert.Contains("CREATE UNIQUE INDEX \"IX_Certificates_AttemptId\" ON \"Certificates\" (\"AttemptId\")", indexes);
        Assert.Contains("CREATE UNIQUE INDEX \"IX_Certificates_Serial\" ON \"Certificates\" (\"Serial\")", indexes);
    }

    public static TheoryData<string, string> JobsQuestions() => new()
    {
        { "issue", "IX_Attempts_AwaitsAward" },
        { "close-attempts", "IX_Attempts_DeadlineAt" },
        { "renewal-reminders", "IX_Certificates_NextReminderAt" },
        { "deliver-mail", "IX_Outbox_NextTryAt" },
    };

    // A job that reads whole tables grows with the school and not with what is due; the filters must be ones that SQLite
    // recognises in the question.
    [Theory]
    [MemberData(nameof(JobsQuestions))]
    public async Task What_a_job_asks_every_minute_is_answered_by_its_index(string job, string index)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var context = database.CreateDbContext();
        var now = new DateTime(2026, 11, 2, 9, 30, 0, DateTimeKind.Utc);
        IQueryable<Guid> question = job switch
        {
            "issue" => context.Attempts.Where(attempt => attempt.AwaitsAward && context.Programmes.Any(programme => programme.ExamId == attempt.QuizId)).OrderBy(attempt => attempt.ClosedAt).Select(attempt => attempt.Id),
            "close-attempts" => context.Attempts.Where(attempt => attempt.ClosedAt == null && attempt.DeadlineAt <= now).OrderBy(attempt => attempt.DeadlineAt).Select(attempt => attempt.Id),
            "renewal-reminders" => context.Certificates.Where(certificate => certificate.NextReminderAt <= now).OrderBy(certificate => certificate.NextReminderAt).Select(certificate => certificate.Id),
            _ => context.Outbox.Where(mail => mail.NextTryAt <= now).OrderBy(mail => mail.NextTryAt).Select(mail => mail.Id),
        };

        await using var command = question.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await context.Database.OpenConnectionAsync(Cancellation);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var plan = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            plan.Add(reader.GetString(3));
        }

        Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
    }
}
