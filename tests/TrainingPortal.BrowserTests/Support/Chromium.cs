using Microsoft.Playwright;
using TrainingPortal.BrowserTests.Support;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace TrainingPortal.BrowserTests.Support;

/// <summary>The browser of all tests: the machine's own. None is ever downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private IPlaywright? playwright;

    /// <summary>Null where it is not installed.</summary>
    public IBrowser? Browser { get; private set; }

    /// <summary>Skips the test, by name and with the reason, where there is no browser.</summary>
    public IBrowser OrSkip()
    {
        Assert.SkipWhen(Browser is null, $"{Program} is not installed (apt-get install -y chromium).");
        return Browser!;
    }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(30_000);
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
