using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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
        switch (provider)
        {
            case DatabaseOptions.Sqlite:
                var file = connection ?? $"Data Source={Path.Combine(portal.DataDirectory, "portal.db")}";
                services.AddDbContextFactory<SqlitePortalDbContext>(options => options.UseSqlite(file).AddInterceptors(new SqlitePragmas()));
                services.AddSingleton<IDbContextFactory<PortalDbContext>, DerivedFactory<SqlitePortalDbContext>>();
                break;
            case DatabaseOptions.SqlServer when connection is not null:
                services.AddDbContextFactory<SqlServerPortalDbContext>(options => options.UseSqlServer(connection));
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
        await using var database = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellation);
        try
        {
            IReadOnlyList<string> pending = [.. await database.Database.GetPendingMigrationsAsync(cancellation)];
            if (pending.Count > 0 && !dryRun)
            {
                await database.Database.MigrateAsync(cancellation);
            }

            return pending;
        }
        catch (SqliteException failure)
        {
            throw new StartRefusedException(Sentence(failure, database.Database.GetDbConnection().DataSource), failure);
        }
        catch (SqlException failure)
        {
            throw new StartRefusedException($"The SQL Server of ConnectionStrings:Portal cannot be used: {failure.Message}", failure);
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
}
