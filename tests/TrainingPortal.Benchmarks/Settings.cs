using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using TrainingPortal.Benchmarks.Figures;

namespace TrainingPortal.Benchmarks;

/// <summary>The options that every benchmark has, and what comes before each.</summary>
internal static class Settings
{
    public static Option<FileInfo?> Output { get; } = new("--out") { Description = "The file for the figures as JSON, with the machine's facts." };

    public static Option<DirectoryInfo?> Data { get; } = new("--data") { Description = "A folder on the disk to measure on; without it the machine's temporary one." };

    /// <exception cref="BenchmarkFailedException">The portal was built without optimisation.</exception>
    public static void RequireRelease()
    {
        if (typeof(SchoolServices).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true)
        {
            throw new BenchmarkFailedException("This is a Debug build, whose figures mean nothing: dotnet run -c Release.");
        }

        MachineFacts.HoldToTwoCores();
    }

    /// <summary>Tells whoever waits what is being done.</summary>
    public static void Say(string doing) => Console.Error.WriteLine($"{TimeProvider.System.GetLocalNow().TimeOfDay:hh\\:mm\\:ss} {doing}");
}
