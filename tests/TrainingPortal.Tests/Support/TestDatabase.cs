using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;
using TrainingPortal.Persistence.Sqlite;

namespace TrainingPortal.Tests.Support;

/// <summary>A real database of a test's own: an SQLite file with the portal's schema and pragmas, gone when disposed.</summary>
/// <remarks>
/// The migrations run once, and every test begins with a copy of the file that they leave. Connections are pooled as the
/// portal pools them: without, SQLite would fold its log back into the file after every single use case.
/// </remarks>
public sealed class TestDatabase : IDbContextFactory<PortalDbContext>, IAsyncDisposable
{
    private static readonly Lazy<Task<byte[]>> s_migrated = new(MigrateAsync);

    private readonly string folder = Directory.CreateTempSubdirectory("portal-test-").FullName;
    private readonly string file;
    private readonly DbContextOptions<SqlitePortalDbContext> options;

    private TestDatabase()
    {
        file = Path.Combine(folder, "portal.db");
        options = new DbContextOptionsBuilder<SqlitePortalDbContext>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString)
            .AddInterceptors(new SqlitePragmas())
            .Options;
    }

    public static async Task<TestDatabase> CreateAsync()
    {
        var created = new TestDatabase();
        await File.WriteAllBytesAsync(created.file, await s_migrated.Value, TestContext.Current.CancellationToken);
        return created;
    }

    public PortalDbContext CreateDbContext() => new SqlitePortalDbContext(options);

    public ValueTask DisposeAsync()
    {
        CloseConnections();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<byte[]> MigrateAsync()
    {
        await using var created = new TestDatabase();
        await using (var database = created.CreateDbContext())
        {
            await database.Database.MigrateAsync();
        }

        await TestKeys.MakeAsync(created);

        // The last connection to close folds the log into the file.
        created.CloseConnections();
        return await File.ReadAllBytesAsync(created.file);
    }

    private void CloseConnections()
    {
        using var database = CreateDbContext();
        SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
    }
}
