using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TrainingPortal.Tests.Support;

/// <summary>The built program as a process of its own, started as an operator does.</summary>
internal sealed partial class PortalProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly List<string> output = [];
    private readonly List<string> errors = [];

    private PortalProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has said so far.</summary>
    public string Output => Said(output);

    /// <summary>The lines on stderr so far.</summary>
    public IReadOnlyList<string> Errors => Said(errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public bool HasEnded => process.HasExited;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Runs a verb from the repository's root to its end.</summary>
    public static async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using var verb = Start(arguments);
        return await verb.EndAsync();
    }

    public static PortalProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TrainingPortal.dll"), .. arguments])
        {
            WorkingDirectory = RepositoryFolder.Path(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["Keys__Passphrase"] = TestKeys.Passphrase;
        start.Environment.Remove("ASPNETCORE_URLS");
        return new PortalProcess(Process.Start(start)!);
    }

    /// <summary>Serves a data folder on a free port.</summary>
    public static PortalProcess Serve(DataFolder data, params string[] settings) =>
        Start([$"--Portal:DataDirectory={data.Path}", $"--Portal:CoursesDirectory={RepositoryFolder.SmallSchool}", "--urls=http://127.0.0.1:0", .. settings]);

    /// <returns>Where it serves.</returns>
    public async Task<Uri> ServingAsync()
    {
        var address = "";
        await Until.TrueAsync(
            () => (address = Listening().Match(Output).Groups[1].Value).Length > 0 || HasEnded,
            () => $"The portal does not serve.\n{Output}\n{string.Join('\n', Errors)}");
        Assert.True(address.Length > 0, $"The portal ended.\n{Output}\n{string.Join('\n', Errors)}");
        return new Uri(address);
    }

    public async Task<ProgramResult> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(s_patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            Assert.Fail($"The program did not end within {s_patience.TotalSeconds} seconds.\n{Output}\n{string.Join('\n', Errors)}");
        }

        return new ProgramResult(process.ExitCode, Output, string.Join('\n', Errors));
    }

    /// <summary>As a power cut does it: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
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

    private static void Keep(List<string> lines, string? line)
    {
        lock (lines)
        {
            if (line is not null)
            {
                lines.Add(line);
            }
        }
    }

    private static string Said(List<string> lines)
    {
        lock (lines)
        {
            return string.Join('\n', lines);
        }
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();
}

/// <summary>Waits for a fact, not for a time.</summary>
internal static class Until
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public static Task TrueAsync(Func<bool> fact, Func<string> otherwise) => TrueAsync(() => Task.FromResult(fact()), otherwise);

    /// <param name="pause">Between two looks; 20 ms where none is given.</param>
    public static async Task TrueAsync(Func<Task<bool>> fact, Func<string> otherwise, TimeSpan? pause = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await fact())
        {
            Assert.True(watch.Elapsed < s_patience, otherwise());
            await Task.Delay(pause ?? TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }
}
