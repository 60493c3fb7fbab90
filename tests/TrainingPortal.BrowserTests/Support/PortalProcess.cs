using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.BrowserTests.Support;

/// <summary>
/// The program as people run it: its own process, its own port and its own data folder, both gone when it is disposed.
/// </summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private readonly string[] settings;
    private Process process;
    private readonly StringBuilder log = new();

    private PortalProcess(string dataDirectory, string url, string[] settings)
    {
        DataDirectory = dataDirectory;
        Url = url;
        this.settings = settings;
        process = Serve();
    }

    /// <summary>Without a slash at its end.</summary>
    public string Url { get; }

    public string DataDirectory { get; }

    /// <summary>Starts a portal and waits until it is ready.</summary>
    /// <param name="settings">More settings, such as <c>--Jobs:Enabled=false</c>.</param>
    public static async Task<PortalProcess> StartAsync(params string[] settings)
    {
        var portal = new PortalProcess(Directory.CreateTempSubdirectory("portal-browser-").FullName, $"http://localhost:{FreePort()}", settings);
        try
        {
            await portal.UntilReadyAsync();
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a verb of the program, such as <c>jobs run issue</c>, on this portal's data, to its end.</summary>
    public async Task RunVerbAsync(params string[] verb)
    {
        using var run = Launch([.. verb, $"--Portal:PublicUrl={Url}", .. Settings(DataDirectory)]);
        var output = run.StandardOutput.ReadToEndAsync();
        var errors = run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', verb)} ended with {run.ExitCode}.\n{await output}\n{await errors}");
    }

    /// <summary>Ends it from one moment to the next, as a power cut does.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, on the same data and at the same address, and waits until it is ready.</summary>
    public async Task StartAgainAsync()
    {
        process.Dispose();
        process = Serve();
        await UntilReadyAsync();
    }

    /// <summary>What it has written so far.</summary>
    public string Log()
    {
        lock (log)
        {
            return log.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private Process Serve()
    {
        var serving = Launch(["--urls", Url, $"--Portal:PublicUrl={Url}", .. Settings(DataDirectory), .. settings]);
        serving.OutputDataReceived += Keep;
        serving.ErrorDataReceived += Keep;
        serving.BeginOutputReadLine();
        serving.BeginErrorReadLine();
        return serving;
    }

    private static string[] Settings(string dataDirectory) =>
        [$"--Portal:DataDirectory={dataDirectory}", $"--Portal:CoursesDirectory={RepositoryFolder.SmallSchool}", "--Limits:ChecksPerMinute=100000", "--Limits:AccountRequestsPerMinute=100000"];

    private static Process Launch(string[] arguments)
    {
        // The program's own output, built beside this test: the same configuration, the same framework.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = RepositoryFolder.Path("src", "TrainingPortal", "bin", output.Parent!.Name, output.Name, "TrainingPortal.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. arguments])
        {
            WorkingDirectory = RepositoryFolder.Path(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task UntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(Url) };
        using var patience = new CancellationTokenSource(s_patience);
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await often.WaitForNextTickAsync(patience.Token))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The portal ended with {process.ExitCode} instead of starting.\n{Log()}");
            }

            try
            {
                using var answer = await client.GetAsync("/health/ready", patience.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (log)
        {
            log.AppendLine(line.Data);
        }
    }
}
