using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using TrainingPortal.Assessments;
using TrainingPortal.Practicals;

namespace TrainingPortal.Persistence.Sqlite;

/// <summary>The embedded database: one file in the data folder.</summary>
public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options)
{
    // SQLite has one writer at a time and lets the others ask again and again, each on a thread of its own: here they wait in
    // line instead, without a thread. Jobs and other programs still meet at SQLite's own lock.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_turns = new(StringComparer.Ordinal);

    public override async Task<WriteTurn> BeginWriteAsync(CancellationToken cancellation)
    {
        var turn = s_turns.GetOrAdd(Database.GetConnectionString() ?? "", _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellation);
        try
        {
            return new WriteTurn(await Database.BeginTransactionAsync(cancellation), turn);
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // SQLite uses a filtered index only where the question repeats the filter, and EF Core asks for a truth without "= 1".
        builder.Entity<Attempt>().HasIndex(row => row.AwaitsAward).HasFilter("\"AwaitsAward\"");
        builder.Entity<PracticalMarking>().HasIndex(row => row.AwaitsAward).HasFilter("\"AwaitsAward\"");
    }
}

/// <summary>For <c>dotnet ef</c> only; no database is opened.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqlitePortalDbContext>
{
    public SqlitePortalDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite("Data Source=design-time.db").Options);
}
