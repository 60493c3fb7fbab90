using Microsoft.Data.Sqlite;
using Quartz;
using TrainingPortal.Jobs;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Jobs.Quartz;

/// <summary>
/// Quartz.NET with its persistent store: in its own SQLite file beside the embedded database, or clustered in the
/// portal's SQL Server.
/// </summary>
public static class QuartzEngine
{
    public static IServiceCollection AddJobEngine(this IServiceCollection services, IConfiguration configuration, PortalOptions portal, JobOptions options)
    {
        services.AddSingleton(provider => new StoreTurn(
            configuration["Database:Provider"] == DatabaseOptions.SqlServer ? null : Path.Combine(portal.DataDirectory, "quartz.lock"),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IJobEngine, QuartzJobEngine>();
        services.AddQuartz(quartz =>
        {
            quartz.UseDefaultThreadPool(options.Workers);
            quartz.UsePersistentStore(store =>
            {
                if (configuration["Database:Provider"] == DatabaseOptions.SqlServer)
                {
                    store.UseSqlServer(configuration.GetConnectionString("Portal")!);
                    store.UseClustering(_ => { });
                }
                else
                {
                    store.UseSqlite(SqliteFactory.Instance, $"Data Source={Path.Combine(portal.DataDirectory, "quartz.db")}");
                }

                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            });
            foreach (var (name, every, _) in Schedule.All)
            {
                var key = new JobKey(name);
                quartz.AddJob<QuartzJob>(job => job.WithIdentity(key).StoreDurably().DisallowConcurrentExecution());
                quartz.AddTrigger(trigger => trigger
                    .ForJob(key)
                    .WithIdentity(name)
                    .StartNow()

                    // What was missed is one run, at once: a job finds by itself what is due.
                    .WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)));
            }
        });
        return services.AddHostedService<QuartzService>();
    }
}

/// <summary>Every job of the portal, told apart by the Quartz job's name.</summary>
public sealed class QuartzJob(JobRunner runner, IJobEngine engine, IHostApplicationLifetime lifetime) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        // Quartz waits for its jobs when it stops and does not tell them: a long one would be cut off amid a row.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await runner.RunAsync(context.JobDetail.Key.Name, () => engine.StartSoonAsync(JobNames.DeliverMail), stop.Token);
    }
}

/// <summary>Triggers jobs through the scheduler, on whichever node is free.</summary>
public sealed partial class QuartzJobEngine(ISchedulerFactory schedulers, StoreTurn turn, ILogger<QuartzJobEngine> log) : IJobEngine
{
    public string? DashboardAddress => null;

    public async Task StartSoonAsync(string name)
    {
        if (!turn.Held)
        {
            // The node that has the store finds by its schedule what is due.
            return;
        }

        try
        {
            var scheduler = await schedulers.GetScheduler();
            await scheduler.TriggerJob(new JobKey(name));
        }
        catch (SchedulerException failure)
        {
            LogNotStarted(failure, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Name} was not started at once; its schedule will")]
    private partial void LogNotStarted(Exception failure, string name);
}
