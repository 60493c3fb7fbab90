using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;
using Hangfire.SqlServer;
using Microsoft.Data.SqlClient;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Jobs.Hangfire;

/// <summary>
/// Hangfire with its storage in the portal's SQL Server, shared by all nodes; beside the embedded database, which one process
/// has, in memory.
/// </summary>
public static class HangfireEngine
{
    public static IServiceCollection AddJobEngine(this IServiceCollection services, IConfiguration configuration, PortalOptions portal, JobOptions options)
    {
        services.AddSingleton<IJobEngine, HangfireJobEngine>();

        // Of this host's own rather than Hangfire's static ones, so that two portals in one process do not share them.
        services.AddSingleton<JobStorage>(provider =>
        {
            // It sets up Hangfire's log, and a storage says there what it could not do.
            provider.GetRequiredService<IGlobalConfiguration>();
            return configuration["Database:Provider"] == DatabaseOptions.SqlServer
                ? OnSqlServer(configuration.GetConnectionString("Portal")!, prepareSchema: true)
                : new InMemoryStorage();
        });
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());

        // Before the server, so that it finds them.
        services.AddHostedService<HangfireSchedule>();
        return services.AddHangfireServer(server =>
        {
            server.WorkerCount = options.Workers;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);

            // A job stops between two rows; what it has not done by then is done by its next run.
            server.ShutdownTimeout = TimeSpan.FromSeconds(20);
        });
    }

    /// <param name="prepareSchema">Makes Hangfire's own tables, in its own schema, where they are missing.</param>
    public static SqlServerStorage OnSqlServer(string connection, bool prepareSchema) => new(
        connection,
        new SqlServerStorageOptions { SqlClientFactory = SqlClientFactory.Instance, PrepareSchemaIfNecessary = prepareSchema });
}
