using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingPortal.Benchmarks.School;

/// <summary>One second of the measured process, in bytes and milliseconds since the start.</summary>
internal sealed record Sample(long WorkingSet, long Heap, long Allocated, int FullCollections, int Threads, long Processor, long CollectionPauses);

/// <summary>A program that serves as a process of its own, in Production, on a free port.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly string samples;
    private readonly List<string> said = [];
    private readonly TaskCompletionSource<Uri> serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool complaining;

    private ServerProcess(ProcessStartInfo start, string samples)
    {
        this.samples = samples;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => serving.TrySetException(new BenchmarkFailedException($"The server ended.\n{Said()}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The portal on a school's data folder, its jobs running as in production.</summary>
    public static ServerProcess Portal(BenchmarkSchool school, params string[] settings) => Start(
        school,
        "TrainingPortal.dll",
        [
            $"--Portal:DataDirectory={school.Folder}",
            $"--Portal:CoursesDirectory={school.Courses}",
            $"--Keys:Passphrase={BenchmarkSchool.Passphrase}",
            "--Limits:ChecksPerMinute=100000",
            "--Limits:AccountRequestsPerMinute=100000",
            .. settings,
        ]);

    /// <summary>The bare server on a school's data folder.</summary>
    public static ServerProcess Bare(BenchmarkSchool school) => Start(school, "TrainingPortal.Benchmarks.dll", ["bare", "--database", Path.Combine(school.Folder, Records.FileName)]);

    /// <returns>Where it serves.</returns>
    public Task<Uri> ServingAsync() => serving.Task.WaitAsync(s_patience);

    /// <summary>A sample a second since the start.</summary>
    public IReadOnlyList<Sample> Samples()
    {
        using var file = new StreamReader(new FileStream(samples, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return
        [
            .. file.ReadToEnd().Split('\n').SkipLast(1).Select(line =>
            {
                var numbers = line.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
                return new Sample(numbers[0], numbers[1], numbers[2], (int)numbers[3], (int)numbers[4], numbers[5], numbers[6]);
            }),
        ];
    }

    /// <summary>Processor time of the server so far.</summary>
    public TimeSpan Processor()
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private static ServerProcess Start(BenchmarkSchool school, string program, string[] arguments)
    {
        var samples = Path.Combine(school.Folder, $"{program}.samples");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments, "--urls=http://127.0.0.1:0"])
        {
            WorkingDirectory = school.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment.Remove("ASPNETCORE_URLS");

        // Beside hooks that somebody set to look closer.
        start.Environment["DOTNET_STARTUP_HOOKS"] = string.Join(
            Path.PathSeparator,
            new[] { typeof(StartupHook).Assembly.Location, Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS") }.Where(hook => !string.IsNullOrEmpty(hook)));
        start.Environment[StartupHook.FileVariable] = samples;
        return new ServerProcess(start, samples);
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (said)
        {
            said.Add(line);
        }

        if (LogLevel().Match(line) is { Success: true } level)
        {
            complaining = level.Value is "fail:" or "crit:";
        }

        if (complaining)
        {
            Console.Error.WriteLine(line);
        }

        if (Listening().Match(line) is { Success: true } found)
        {
            serving.TrySetResult(new Uri(found.Groups[1].Value));
        }
    }

    private string Said()
    {
        lock (said)
        {
            return string.Join('\n', said);
        }
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex("^[a-z]{4}:")]
    private static partial Regex LogLevel();
}
