using System.Globalization;
using Hangfire;
using Hangfire.Storage;

namespace TrainingPortal.Web.Jobs.Hangfire;

/// <summary>Puts the portal's schedule into Hangfire's storage at every start.</summary>
public sealed class HangfireSchedule(IRecurringJobManager recurring, JobStorage storage) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        using (var connection = storage.GetConnection())
        {
            foreach (var gone in connection.GetRecurringJobs().Where(job => Schedule.All.All(scheduled => scheduled.Name != job.Id)))
            {
                recurring.RemoveIfExists(gone.Id);
            }
        }

        foreach (var (name, every, _) in Schedule.All)
        {
            // Hangfire's own default for what was missed is what is wanted: one run, at once.
            recurring.AddOrUpdate<HangfireJob>(name, job => job.RunAsync(name, null, CancellationToken.None), Cron(every), new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });

            // What became due while no portal ran waits for no hour to be full.
            recurring.Trigger(name);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An interval as a cron expression with seconds.</summary>
    /// <exception cref="ArgumentException">It does not divide a minute, an hour or a day, so its steps would be uneven.</exception>
    public static string Cron(TimeSpan every) => every switch
    {
        { TotalSeconds: >= 1 and < 60 } when 60 % every.TotalSeconds == 0 => string.Create(CultureInfo.InvariantCulture, $"*/{every.TotalSeconds} * * * * *"),
        { TotalMinutes: >= 1 and < 60 } when 60 % every.TotalMinutes == 0 => string.Create(CultureInfo.InvariantCulture, $"0 */{every.TotalMinutes} * * * *"),
        { TotalHours: >= 1 and < 24 } when 24 % every.TotalHours == 0 => string.Create(CultureInfo.InvariantCulture, $"0 0 */{every.TotalHours} * * *"),
        _ => throw new ArgumentException($"{every} is no even step of a cron expression.", nameof(every)),
    };
}
