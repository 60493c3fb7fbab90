using TrainingPortal.Assessments;

namespace TrainingPortal.Web.Hosting;

/// <summary>Renews the portal's sign of life for as long as it serves.</summary>
internal sealed partial class PulseService(KeepPulse pulse, TimeProvider clock, ILogger<PulseService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(KeepPulse.Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await pulse.BeatAsync(stoppingToken) is > 0 and var attempts)
                {
                    LogGivenBack(attempts);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // A database that is away is the very outage that the next beat will give back.
                LogMissed(failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The portal was away; {Attempts} running attempts got the time back")]
    private partial void LogGivenBack(int attempts);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sign of life could not be written")]
    private partial void LogMissed(Exception failure);
}
