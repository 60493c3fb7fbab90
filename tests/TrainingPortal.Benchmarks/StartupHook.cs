using System.Globalization;

/// <summary>
/// Runs inside the measured process, where the runtime loads it through <c>DOTNET_STARTUP_HOOKS</c>: only there is the
/// size of the managed heap known. Writes a line a second to the file of <see cref="FileVariable"/>.
/// </summary>
internal static class StartupHook
{
    public const string FileVariable = "BENCHMARK_SAMPLES";

    // Called by the runtime, by this name, before the program's own first line.
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { Length: > 0 } file)
        {
            return;
        }

        new Thread(() => Write(file)) { IsBackground = true, Name = "Samples" }.Start();
    }

    private static void Write(string file)
    {
        using var lines = new StreamWriter(file) { AutoFlush = true };
        while (true)
        {
            lines.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.WorkingSet} {GC.GetTotalMemory(forceFullCollection: false)} {GC.GetTotalAllocatedBytes()} {GC.CollectionCount(2)} {ThreadPool.ThreadCount} {(long)Environment.CpuUsage.TotalTime.TotalMilliseconds} {(long)GC.GetTotalPauseDuration().TotalMilliseconds}"));
            Thread.Sleep(1000);
        }
    }
}
