using TrainingPortal.BrowserTests.Support;
using TrainingPortal.Tests.Support;

[assembly: AssemblyFixture(typeof(RunningPortal))]

namespace TrainingPortal.BrowserTests.Support;

/// <summary>The one portal of all tests, with its mails and its records. What it logged is kept in <c>artifacts/portal.log</c>. Each test brings its own people.</summary>
public sealed class RunningPortal : IAsyncLifetime
{
    private PortalProcess? process;

    /// <summary>Without a slash at its end.</summary>
    public string Url => Process.Url;

    public string DataDirectory => Process.DataDirectory;

    public Mails Mails => new(DataDirectory);

    public Records Records => new(DataDirectory);

    private PortalProcess Process => process ?? throw new InvalidOperationException("The portal has not been started.");

    public async ValueTask InitializeAsync() => process = await PortalProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
            var artifacts = Directory.CreateDirectory(RepositoryFolder.Path("artifacts")).FullName;
            await File.WriteAllTextAsync(Path.Combine(artifacts, "portal.log"), process.Log());
        }
    }
}
