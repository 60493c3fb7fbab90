using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Certifications;
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
    [InlineData("CREATE UNIQUE INDEX [IX_Certificates_AttemptId_ProgrammeId] ON [Certificates] ([AttemptId], [ProgrammeId]) WHERE \"AttemptId\" IS NOT NULL AND \"Cause\" <> 'Corrected'")]
    [InlineData("CREATE UNIQUE INDEX [OneAward] ON [Certificates] ([HolderId], [ProgrammeId], [Cycle]) WHERE \"Cause\" <> 'Corrected' AND \"Cause\" <> 'PartRepeated'")]
    [InlineData("CREATE INDEX [IX_PracticalMarkings_AwaitsAward] ON [PracticalMarkings] ([AwaitsAward]) WHERE \"AwaitsAward\" = 1")]
    [InlineData("CREATE UNIQUE INDEX [IX_CertificateEvents_CertificateId_Number] ON [CertificateEvents] ([CertificateId], [Number])")]
    [InlineData("CREATE UNIQUE INDEX [OneOpenCorrection] ON [NameCorrections] ([HolderId]) WHERE \"SettledAt\" IS NULL")]
    [InlineData("CREATE UNIQUE INDEX [IX_Certificates_Serial] ON [Certificates] ([Serial])")]
    [InlineData("CREATE UNIQUE INDEX [IX_Outbox_Key] ON [Outbox] ([Key])")]
    [InlineData("CREATE UNIQUE INDEX [OneOpenInvitation] ON [Invitations] ([NormalizedEmail], [Aim]) WHERE \"AcceptedAt\" IS NULL AND \"WithdrawnAt\" IS NULL")]
    [InlineData("CREATE UNIQUE INDEX [IX_Invitations_TokenHash] ON [Invitations] ([TokenHash])")]
    [InlineData("CREATE UNIQUE INDEX [IX_Organisations_NormalizedName] ON [Organisations] ([NormalizedName])")]
    [InlineData("CREATE UNIQUE INDEX [IX_Cohorts_OrganisationId_NormalizedName] ON [Cohorts] ([OrganisationId], [NormalizedName])")]
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

        // Columns by name: a later migration adds its columns at the end, with a default for the rows that are there.
        static Task<List<string>> SchemaAsync(DbContext context) => context.Database
            .SqlQueryRaw<string>("""
                WITH own AS (SELECT * FROM sqlite_master WHERE name NOT LIKE '\_\_%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\')
                SELECT own.name || ' ' || column.name || ' ' || column.type || ' ' || column."notnull" || ' ' || column.pk AS Value
                FROM own JOIN pragma_table_info(own.name) AS column WHERE own.type = 'table'
                UNION ALL
                SELECT own.name || ' ' || key."from" || ' ' || key."table" || ' ' || key."to" || ' ' || key.on_delete
                FROM own JOIN pragma_foreign_key_list(own.name) AS key WHERE own.type = 'table'
                UNION ALL
                SELECT own.sql FROM own WHERE own.type = 'index' AND own.sql IS NOT NULL
                ORDER BY 1
                """)
            .ToListAsync(Cancellation);
    }

    [Fact]
    public async Task Answers_and_lessons_from_before_the_curriculum_are_kept()
    {
        var folder = Directory.CreateTempSubdirectory("portal-earlier-");
        try
        {
            var file = $"Data Source={Path.Combine(folder.FullName, "portal.db")};Pooling=False;Foreign Keys=False";
            await using var database = new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(file).Options);
            var migrations = database.Database.GetMigrations().ToList();
            var curriculum = migrations.FindIndex(name => name.EndsWith("_Curriculum", StringComparison.Ordinal));
            await database.GetService<IMigrator>().MigrateAsync(migrations[curriculum - 1], Cancellation);
            await database.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO Lessons (Id, ModuleId, Slug, Position, Title, Minutes, Html, HtmlAfterSimulator, Sources, Retired)
                VALUES ('1', '1', 'whole', 0, 'Whole', 5, '<p>a</p>', NULL, '[]', 0), ('2', '1', 'split', 1, 'Split', 5, '<p>a</p>', '<p>b</p>', '[]', 0);
                INSERT INTO AttemptItems (AttemptId, Slot, ItemVersionId, Domain, OptionOrder, Chosen, Revision)
                VALUES ('1', 1, '1', 'depth', '[0,1,2,3]', 0, 1), ('1', 2, '1', 'depth', '[0,1,2,3]', 3, 1), ('1', 3, '1', 'depth', '[0,1,2,3]', NULL, 0);
                """,
                Cancellation);

            await database.GetService<IMigrator>().MigrateAsync(migrations[curriculum], Cancellation);

            Assert.Equal(["<p>a</p><!--DepthSimulator:--><p>b</p>", "<p>a</p>"], await database.Database.SqlQueryRaw<string>("SELECT Html AS Value FROM Lessons ORDER BY Slug").ToListAsync(Cancellation));
            Assert.Equal([1, 8, null], await database.Database.SqlQueryRaw<int?>("SELECT Chosen AS Value FROM AttemptItems ORDER BY Slot").ToListAsync(Cancellation));
            Assert.Equal(3, await database.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM AttemptItems WHERE Scored = 1").SingleAsync(Cancellation));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Revocations_from_before_there_were_events_are_kept_and_every_certificate_knows_its_cause()
    {
        var folder = Directory.CreateTempSubdirectory("portal-earlier-");
        try
        {
            var file = $"Data Source={Path.Combine(folder.FullName, "portal.db")};Pooling=False;Foreign Keys=False";
            await using var database = new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(file).Options);
            var migrations = database.Database.GetMigrations().ToList();
            var events = migrations.FindIndex(name => name.EndsWith("_CertificatesAndCredentials", StringComparison.Ordinal));
            await database.GetService<IMigrator>().MigrateAsync(migrations[events - 1], Cancellation);
            var (first, part, whole) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
            foreach (var (id, replaces, end) in new (Guid, Guid?, string)[] { (first, null, "2027-11-02"), (part, first, "2027-11-02"), (whole, part, "2029-11-02") })
            {
                await database.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO Certificates (Id, Serial, ProgrammeId, AttemptId, HolderId, HolderName, Title, Level, Covers, Scope, TimeZone, IssuedAt, ValidFrom, LastValidDay, WholeLastValidDay, ValidUntil, RenewalOpensAt, Parts, ReplacesId, ReminderDays, Revision)
                    VALUES ({id}, {id}, {id}, {id}, {id}, 'Ana', 't', 'l', '[]', 's', 'UTC', '2025-11-02 08:00:00', '2025-11-02 08:00:00', {end}, {end}, '2027-11-02 23:59:59', '2027-08-02 00:00:00', '[]', {replaces}, '[]', 0)
                    """,
                    Cancellation);
            }

            await database.Database.ExecuteSqlAsync($"INSERT INTO Revocations (CertificateId, Reason, ActorId, At) VALUES ({whole}, 'Misconduct', {first}, '2026-01-02 03:04:05')", Cancellation);

            await database.Database.MigrateAsync(Cancellation);

            var certificates = await database.Certificates.AsNoTracking().ToDictionaryAsync(row => row.Id, Cancellation);
            Assert.Equal((CertificateCause.Issued, CertificateCause.PartRepeated, CertificateCause.Renewed), (certificates[first].Cause, certificates[part].Cause, certificates[whole].Cause));
            Assert.Equal((0, 0, 1), (certificates[first].Events.Count, certificates[part].Events.Count, certificates[whole].Events.Count));
            var revocation = certificates[whole].Revocation!;
            Assert.Equal(
                (CertificateEventKind.Revoked, nameof(RevocationReason.Misconduct), 1, first, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
                (revocation.Kind, revocation.Reason, revocation.Number, revocation.ActorId, revocation.At));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_one_exam_of_each_programme_is_carried_over_and_every_certificate_gets_the_number_of_its_award()
    {
        var folder = Directory.CreateTempSubdirectory("portal-earlier-");
        try
        {
            var file = $"Data Source={Path.Combine(folder.FullName, "portal.db")};Pooling=False;Foreign Keys=False";
            await using var database = new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(file).Options);
            var migrations = database.Database.GetMigrations().ToList();
            var combination = migrations.FindIndex(name => name.EndsWith("_ProgrammesOfAnyCombination", StringComparison.Ordinal));
            await database.GetService<IMigrator>().MigrateAsync(migrations[combination - 1], Cancellation);
            var (exam, first, part, whole) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
            var (asked, held) = ("""[{"Course":"hygiene","Name":"Infection control","Months":12}]""", """[{"Course":"hygiene","Name":"Infection control","Months":12,"LastValidDay":"2027-11-02"}]""");
            await database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO Quizzes (Id, CourseId, Slug, Kind, Title, PassPercent, Blueprint, WaitHours, Requires, Review, Retired) VALUES ({exam}, {exam}, 'theory', 'Exam', 't', 80, '[]', 0, '[]', 'Score', 0);
                INSERT INTO Programmes (Id, Slug, Title, Level, ExamId, ValidityMonths, Expiry, LeastMonths, RenewalWindowDays, ReminderDays, TimeZone, Covers, Parts, Scope)
                VALUES ({exam}, 'competence', 't', 'l', {exam}, 24, 'OldExpiry', 0, 90, '[]', 'UTC', '[]', {asked}, 's');
                """,
                Cancellation);
            foreach (var (id, replaces, cause, year) in new (Guid, Guid?, string, int)[] { (first, null, "Issued", 2022), (part, first, "PartRepeated", 2023), (whole, part, "Renewed", 2024) })
            {
                var (issued, closed) = ($"{year}-11-02 08:00:00", $"{year}-11-02 07:59:59.5");
                await database.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO Attempts (Id, PersonId, EnrollmentId, QuizId, Kind, PassPercent, Blueprint, Seed, ItemWorth, StartedAt, LastSeenAt, ClosedAt, Result, Domains, AwaitsAward, Revision)
                    VALUES ({id}, {exam}, {exam}, {exam}, 'Exam', 80, '[]', 1, 1, {issued}, {issued}, {closed}, 'Passed', '[]', 0, 1);
                    INSERT INTO Certificates (Id, Serial, ProgrammeId, AttemptId, HolderId, HolderName, Title, Level, Covers, Scope, TimeZone, IssuedAt, ValidFrom, LastValidDay, WholeLastValidDay, ValidUntil, RenewalOpensAt, Parts, ReplacesId, ReminderDays, Cause, Revision)
                    VALUES ({id}, {id}, {exam}, {id}, {exam}, 'Ana', 't', 'l', '[]', 's', 'UTC', {issued}, {issued}, '2027-11-02', '2027-11-02', '2027-11-02 23:59:59', '2027-08-02 00:00:00', {held}, {replaces}, '[]', {cause}, 0);
                    """,
                    Cancellation);
            }

            // Done twice, as if the program had been killed before it was put on record.
            await database.GetService<IMigrator>().MigrateAsync(migrations[combination + 1], Cancellation);
            await database.Database.ExecuteSqlAsync($"CREATE TABLE ef_temp_Programmes (Id TEXT)", Cancellation);
            await database.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsHistory WHERE MigrationId = {migrations[combination + 1]}", Cancellation);
            await database.Database.MigrateAsync(Cancellation);

            var programme = await database.Programmes.AsNoTracking().SingleAsync(Cancellation);
            Assert.Equal([new Requirement(RequirementKind.Exam, "theory", null)], programme.Requirements);
            Assert.Equal([new ProgrammePart("hygiene", "Infection control", 12)], programme.Parts);
            var certificates = await database.Certificates.AsNoTracking().OrderBy(row => row.IssuedAt).ToListAsync(Cancellation);
            Assert.Equal([(1, 2022), (1, 2022), (2, 2024)], certificates.Select(row => (row.Cycle, row.EarnedAt.Year)));
            Assert.Equal(new DateTime(2024, 11, 2, 7, 59, 59, 500, DateTimeKind.Utc), certificates[2].EarnedAt);
            Assert.All(certificates, row => Assert.Equal((0, new CertificatePart("hygiene", "Infection control", 12, new DateOnly(2027, 11, 2))), (row.Facts.Count, Assert.Single(row.Parts))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Attempts_from_before_answers_could_be_partly_right_are_kept()
    {
        var folder = Directory.CreateTempSubdirectory("portal-earlier-");
        try
        {
            var file = $"Data Source={Path.Combine(folder.FullName, "portal.db")};Pooling=False;Foreign Keys=False";
            await using var database = new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(file).Options);
            var migrations = database.Database.GetMigrations().ToList();
            var sitting = migrations.FindIndex(name => name.EndsWith("_Sitting", StringComparison.Ordinal));
            await database.GetService<IMigrator>().MigrateAsync(migrations[sitting - 1], Cancellation);
            var (open, closed, version) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
            await database.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO ItemVersions (Id, ItemId, Number, Level, Critical, Objective, Stem, Options, Sources, CreatedAt)
                VALUES ({2}, {2}, 1, 'Recall', 1, 'o', 's', '[{{"Text":"a","Correct":false,"Why":"x"}},{{"Text":"b","Correct":true,"Why":"x"}},{{"Text":"c","Correct":true,"Why":"x"}},{{"Text":"d","Correct":false,"Why":"x"}}]', '[]', '2026-11-01 00:00:00');
                INSERT INTO Attempts (Id, PersonId, EnrollmentId, QuizId, Kind, PassPercent, Blueprint, Seed, StartedAt, DeadlineAt, ClosedAt, Result, Points, Domains, AwaitsAward, Revision)
                VALUES ({0}, {0}, {0}, {0}, 'Exam', 80, '[{{"Domain":"depth","Items":2,"GatePercent":70}}]', 1, '2026-11-01 08:00:00', '2026-11-01 09:00:00', NULL, NULL, NULL, '[]', 0, 0),
                       ({1}, {1}, {1}, {1}, 'Exam', 80, '[{{"Domain":"depth","Items":2,"GatePercent":70}}]', 1, '2026-11-01 08:00:00', '2026-11-01 09:00:00', '2026-11-01 08:30:00', 'FailedScore', 1, '[{{"Domain":"depth","Points":1,"Of":2,"GatePercent":70}}]', 0, 1);
                INSERT INTO AttemptItems (AttemptId, Slot, ItemVersionId, Domain, OptionOrder, Scored, Chosen, AnsweredAt, Revision, Correct)
                VALUES ({0}, 1, {2}, 'depth', '[2,0,1,3]', 1, 5, '2026-11-01 08:05:00', 2, NULL), ({0}, 2, {2}, 'depth', '[2,0,1,3]', 1, 1, '2026-11-01 08:06:00', 1, NULL), ({0}, 3, {2}, 'depth', '[0,1,2,3]', 1, NULL, NULL, 0, NULL),
                       ({1}, 1, {2}, 'depth', '[0,1,2,3]', 1, 6, '2026-11-01 08:05:00', 2, 1), ({1}, 2, {2}, 'depth', '[0,1,2,3]', 0, NULL, NULL, 1, 0);
                """,
                [open, closed, version],
                Cancellation);

            await database.Database.MigrateAsync(Cancellation);

            var attempts = await database.Attempts.Include(row => row.Paper).Include(row => row.Answers.OrderBy(answer => answer.Slot)).ToDictionaryAsync(row => row.Id, Cancellation);
            var running = attempts[open];
            Assert.Equal([(1, "depth", "2,0,1,3", true, true), (2, "depth", "2,0,1,3", true, true), (3, "depth", "0,1,2,3", true, true)], running.Paper.Items.Select(item => (item.Slot, item.Domain, string.Join(',', item.Order), item.Scored, item.Critical)));
            Assert.Equal([("1,2", Score.Full, true, 2), ("2", 0, false, 1)], running.Answers.Select(answer => (answer.Response!.Value.Text, answer.Points, answer.Correct, answer.Revision)));
            Assert.Equal((Score.Full, running.StartedAt), (running.ItemWorth, running.LastSeenAt));
            running.Close(running.StartedAt.AddMinutes(5));
            Assert.Equal((AttemptResult.FailedCritical, Score.Full, 3 * Score.Full), (running.Result, running.Points, running.Of));
            var ended = attempts[closed];
            Assert.Equal((AttemptResult.FailedScore, 1, 1, 1), (ended.Result, ended.Points, ended.Of, ended.ItemWorth));
            Assert.Equal([("1,2", Score.Full, true), (null, 0, false)], ended.Answers.Select(answer => (answer.Response?.Text, answer.Points, answer.Correct)));
            Assert.Equal([new DomainScore("depth", 1, 2, 70)], ended.Domains);
            var question = await database.ItemVersions.SingleAsync(Cancellation);
            Assert.Equal(["b", "c"], question.Options.Where(option => option.Correct).Select(option => option.Text));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task On_SQLite_the_same_indexes_decide()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var context = database.CreateDbContext();

        var indexes = await context.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").ToListAsync(Cancellation);

        Assert.Contains("CREATE UNIQUE INDEX \"OneOpenAttempt\" ON \"Attempts\" (\"PersonId\", \"QuizId\") WHERE \"ClosedAt\" IS NULL", indexes);
        Assert.Contains("CREATE UNIQUE INDEX \"IX_Certificates_ReplacesId\" ON \"Certificates\" (\"ReplacesId\") WHERE \"ReplacesId\" IS NOT NULL", indexes);
        Assert.Contains("CREATE UNIQUE INDEX \"IX_Certificates_AttemptId_ProgrammeId\" ON \"Certificates\" (\"AttemptId\", \"ProgrammeId\") WHERE \"AttemptId\" IS NOT NULL AND \"Cause\" <> 'Corrected'", indexes);
        Assert.Contains("CREATE UNIQUE INDEX \"OneAward\" ON \"Certificates\" (\"HolderId\", \"ProgrammeId\", \"Cycle\") WHERE \"Cause\" <> 'Corrected' AND \"Cause\" <> 'PartRepeated'", indexes);
        Assert.Contains("CREATE UNIQUE INDEX \"IX_Certificates_Serial\" ON \"Certificates\" (\"Serial\")", indexes);
    }

    public static TheoryData<string, string> JobsQuestions() => new()
    {
        { "issue", "IX_Attempts_AwaitsAward" },
        { "issue for practicals", "IX_PracticalMarkings_AwaitsAward" },
        { "close-attempts", "IX_Attempts_DeadlineAt" },
        { "renewal-reminders", "IX_Certificates_NextReminderAt" },
        { "employers", "IX_EmployerNotices_WaitsUntil" },
        { "deliver-mail", "IX_Outbox_NextTryAt" },
        { "earlier certificates", "IX_Certificates_AwardId" },
        { "revocations", "IX_CertificateEvents_At" },
        { "status-lists", "IX_Credentials_ListDueAt" },
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
            "issue" => context.Attempts.Where(attempt => attempt.AwaitsAward && (attempt.Kind != QuizKind.Exam || context.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && new[] { "exam" }.Contains(quiz.Slug)))).OrderBy(attempt => attempt.ClosedAt).Select(attempt => attempt.Id),
            "issue for practicals" => context.PracticalMarkings.Where(marking => marking.AwaitsAward && context.Practicals.Any(practical => practical.Id == marking.PracticalId && practical.Slug == "pad")).OrderBy(marking => marking.SignedOffAt).Select(marking => marking.Id),
            "close-attempts" => context.Attempts.Where(attempt => attempt.ClosedAt == null && attempt.PausedAt == null && attempt.DeadlineAt <= now).OrderBy(attempt => attempt.DeadlineAt).Select(attempt => attempt.Id),
            "renewal-reminders" => context.Certificates.Where(certificate => certificate.NextReminderAt <= now).OrderBy(certificate => certificate.NextReminderAt).Select(certificate => certificate.Id),
            "employers" => context.EmployerNotices.Where(notice => notice.WaitsUntil <= now).OrderBy(notice => notice.WaitsUntil).Select(notice => notice.EmployerId),
            "earlier certificates" => context.Certificates.Where(certificate => certificate.AwardId == null).OrderBy(certificate => certificate.IssuedAt).Select(certificate => certificate.Id),
            "revocations" => context.CertificateEvents.Where(happened => happened.At >= now).Select(happened => happened.CertificateId),
            "status-lists" => context.Credentials.Where(row => row.ListDueAt != null).Select(row => row.CertificateId),
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
