using System.Diagnostics;

namespace TrainingPortal.Benchmarks.Figures;

/// <summary>What a piece of work took: time by the clock, and time of processors, which a busy machine changes less.</summary>
internal sealed record Work(TimeSpan Elapsed, TimeSpan Processor)
{
    public static async Task<Work> OfAsync(Func<Task> act)
    {
        using var self = Process.GetCurrentProcess();
        var (since, before) = (Stopwatch.GetTimestamp(), self.TotalProcessorTime);
        await act();
        self.Refresh();
        return new Work(Stopwatch.GetElapsedTime(since), self.TotalProcessorTime - before);
    }

    public static Work Of(Action act) => OfAsync(() =>
    {
        act();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();
}
