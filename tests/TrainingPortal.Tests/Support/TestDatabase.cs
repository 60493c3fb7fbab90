using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;
using TrainingPortal.Persistence.Sqlite;

namespace TrainingPortal.Tests.Support;

/// <summary>A real database of a test's own: an SQLite file with the portal's schema and pragmas, gone when disposed.</summary>
public sealed class TestDatabase : IDbContextFactory<PortalDbContext>, IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-test-").FullName;
    private readonly DbContextOptions<SqlitePortalDbContext> options;

    private TestDatabase()
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "portal.db"), Pooling = false };
        options = new DbContextOptionsBuilder<SqlitePortalDbContext>()
            .UseSqlite(connection.ConnectionString)
            .AddInterceptors(new SqlitePragmas())
            .Options;
    }

    public static async Task<TestDatabase> CreateAsync()
    {
        var created = new TestDatabase();
        await using var database = created.CreateDbContext();
        await database.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return created;
    }

    public PortalDbContext CreateDbContext() => new SqlitePortalDbContext(options);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
