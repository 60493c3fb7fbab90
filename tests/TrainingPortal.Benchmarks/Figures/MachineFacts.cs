using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TrainingPortal.Benchmarks.Figures;

/// <summary>What a figure means nothing without.</summary>
/// <param name="Flush">Milliseconds that the disk of the data folder takes to make 4 kB durable.</param>
/// <param name="LoadBefore">The machine's load average of the minute before the run, where it has one.</param>
internal sealed record MachineFacts(int Cores, string Processor, string System, string Runtime, long MemoryMegabytes, Percentiles Flush, string? LoadBefore)
{
    private const int Flushes = 300;
    private const int TwoCores = 0b11;

    /// <summary>Holds this process, and every process that it starts from now on, to two cores.</summary>
    public static void HoldToTwoCores()
    {
        if (Environment.ProcessorCount > 2 && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            using var self = Process.GetCurrentProcess();
            self.ProcessorAffinity = TwoCores;
        }
    }

    public static MachineFacts Read(string folder) => new(
        Math.Min(Environment.ProcessorCount, 2),
        NameOfProcessor(),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
        MeasureFlush(folder),
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null);

    private static string NameOfProcessor() =>
        (File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")) ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static Percentiles MeasureFlush(string folder)
    {
        var path = Path.Combine(folder, "flush.probe");
        var page = new byte[4096];
        var taken = new Latencies();
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            for (var number = 0; number < Flushes; number++)
            {
                var since = Stopwatch.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                taken.AddSince(since);
            }
        }

        File.Delete(path);
        return taken.Percentiles();
    }
}
