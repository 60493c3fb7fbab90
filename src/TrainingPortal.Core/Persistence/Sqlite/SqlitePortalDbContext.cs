using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using TrainingPortal.Assessments;

namespace TrainingPortal.Persistence.Sqlite;

/// <summary>The embedded database: one file in the data folder.</summary>
public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // SQLite uses a filtered index only where the question repeats the filter, and EF Core asks for a truth without "= 1".
        builder.Entity<Attempt>().HasIndex(row => row.AwaitsAward).HasFilter("\"AwaitsAward\"");
    }
}

/// <summary>For <c>dotnet ef</c> only; no database is opened.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqlitePortalDbContext>
{
    public SqlitePortalDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite("Data Source=design-time.db").Options);
}
