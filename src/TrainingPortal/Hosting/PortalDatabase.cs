using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using TrainingPortal.Persistence;
using TrainingPortal.Persistence.Sqlite;
using TrainingPortal.Persistence.SqlServer;

namespace TrainingPortal.Web.Hosting;

/// <summary>Chooses the database and brings it to this version.</summary>
public static class PortalDatabase
{
    /// <exception cref="StartRefusedException">An unknown provider, or SQL Server without a connection string.</exception>
    public static IServiceCollection AddPortalDatabase(this IServiceCollection services, IConfiguration configuration, PortalOptions portal)
    {
        var provider = Settings.Read<DatabaseOptions>(configuration, "Database").Provider;
        var connection = configuration.GetConnectionString("Portal");
        if (connection is not null)
        {
            RequireConnectionString(connection, provider);
        }

        switch (provider)
        {
            case DatabaseOptions.Sqlite:
                var file = connection ?? $"Data Source={Path.Combine(portal.DataDirectory, "portal.db")}";
                services.AddPooledDbContextFactory<SqlitePortalDbContext>(options => options
                    .UseSqlite(file, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))

                    // Rebuilt tables have a migration to themselves, which may be done twice (ProgrammesWithoutOneExam).
                    .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning))
                    .AddInterceptors(new SqlitePragmas()));
                services.AddSingleton<IDbContextFactory<PortalDbContext>, OpenedFactory>();
                break;
            case DatabaseOptions.SqlServer when connection is not null:
                services.AddPooledDbContextFactory<SqlServerPortalDbContext>(options => options.UseSqlServer(connection));
                services.AddSingleton<IDbContextFactory<PortalDbContext>, DerivedFactory<SqlServerPortalDbContext>>();
                break;
            case DatabaseOptions.SqlServer:
                throw new StartRefusedException("Database:Provider is SqlServer, and ConnectionStrings:Portal, which says where it is, is missing.");
            default:
                throw new StartRefusedException($"The setting Database:Provider is \"{provider}\", and Sqlite or SqlServer is needed.");
        }

        // For ASP.NET Identity on the account pages only; use cases open a context per operation.
        return services.AddScoped(scope => scope.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext());
    }

    /// <returns>The migrations that were, or with <paramref name="dryRun"/> would be, applied.</returns>
    /// <exception cref="StartRefusedException">The database cannot be opened, is locked, or is not a database.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(IServiceProvider services, bool dryRun, CancellationToken cancellation)
    {
        // Not opened yet: what an opening refuses is told below.
        await using var database = services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        try
        {
            IReadOnlyList<string> pending = [.. await database.Database.GetPendingMigrationsAsync(cancellation)];
            if (pending.Count > 0 && !dryRun)
            {
                await ApplyAsync(database, services.GetRequiredService<IOptions<PortalOptions>>().Value, cancellation);
            }

            return pending;
        }
        catch (SqliteException failure)
        {
            throw new StartRefusedException(Sentence(failure, database.Database.GetDbConnection().DataSource), failure);
        }
        catch (SqlException failure)
        {
            throw new StartRefusedException($"The SQL Server of ConnectionStrings:Portal cannot be used: {failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", failure);
        }
    }

    // On SQLite, EF Core marks a migration under way by a row that a killed program leaves behind, and every later start
    // would wait for it for ever (Killed_while_it_makes_its_database_for_the_first_time_it_can_be_started_again). A lock of the
    // operating system ends with its program: whoever holds it knows that such a row is nobody's.
    private static async Task ApplyAsync(PortalDbContext database, PortalOptions portal, CancellationToken cancellation)
    {
        if (!database.Database.IsSqlite())
        {
            await database.Database.MigrateAsync(cancellation);
            return;
        }

        await using var turn = await TakeTurnAsync(Path.Combine(portal.DataDirectory, "migration.lock"), cancellation);
        var left = await database.Database
            .SqlQuery<int>($"SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancellation);
        if (left > 0)
        {
            await database.Database.ExecuteSqlAsync($"DELETE FROM \"__EFMigrationsLock\"", cancellation);
        }

        await database.Database.MigrateAsync(cancellation);
    }

    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure)
            {
                if (tries == 300)
                {
                    throw new StartRefusedException($"Another program has been migrating the database for half a minute ({path} is locked); stop it, then start again.", failure);
                }

                await Task.Delay(100, cancellation);
            }
        }
    }

    private static void RequireConnectionString(string connection, string provider)
    {
        try
        {
            _ = provider == DatabaseOptions.SqlServer
                ? new SqlConnectionStringBuilder(connection)
                : (System.Data.Common.DbConnectionStringBuilder)new SqliteConnectionStringBuilder(connection);
        }
        catch (ArgumentException failure)
        {
            throw new StartRefusedException($"The setting ConnectionStrings:Portal is not a connection string for {provider}: {failure.Message.Split('\n')[0].TrimEnd('.')}.", failure);
        }
    }

    private static string Sentence(SqliteException failure, string file) => failure.SqliteErrorCode switch
    {
        5 or 6 => $"The database {file} is locked by another program; stop that program, then start again.",
        8 => $"The database {file} cannot be written; give this user the right to.",
        14 => $"The database {file} cannot be opened; see that the folder exists and this user may read and write it.",
        11 or 26 => $"The file {file} is not a database of this portal or is damaged; restore a backup, or move it away to begin anew.",
        13 => $"The disk with {file} is full; make room, then start again.",
        _ => $"The database {file} cannot be used: {failure.Message}",
    };

    private sealed class DerivedFactory<TContext>(IDbContextFactory<TContext> derived) : IDbContextFactory<PortalDbContext>
        where TContext : PortalDbContext
    {
        public PortalDbContext CreateDbContext() => derived.CreateDbContext();
    }

    // A connection to SQLite is told of EF Core's own functions each time it opens, which costs as much as a small query: so it
    // is open as long as its context, and not anew for every command.
    private sealed class OpenedFactory(IDbContextFactory<SqlitePortalDbContext> derived) : IDbContextFactory<PortalDbContext>
    {
        // For ASP.NET Identity, which is made for every request and seldom asks anything.
        public PortalDbContext CreateDbContext() => derived.CreateDbContext();

        public async Task<PortalDbContext> CreateDbContextAsync(CancellationToken cancellationToken)
        {
            var context = await derived.CreateDbContextAsync(cancellationToken);
            await context.Database.OpenConnectionAsync(cancellationToken);
            return context;
        }
    }
}
