using Microsoft.Playwright;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.BrowserTests.Support;

/// <summary>
/// A test with browsers. At its end no browser may have complained; where it failed, the last page of each is kept in
/// <c>artifacts/failures/</c>.
/// </summary>
public abstract class BrowserTest(RunningPortal portal, Chromium chromium) : IAsyncLifetime
{
    private readonly List<Device> devices = [];

    protected RunningPortal Portal { get; } = portal;

    public ValueTask InitializeAsync()
    {
        chromium.OrSkip();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var (index, device) in devices.Index())
        {
            if (failed)
            {
                await KeepAsync(device.Page, index);
            }

            await device.Page.Context.CloseAsync();
        }

        var complaints = devices.SelectMany(device => device.Complaints).Distinct().ToList();
        Assert.True(complaints.Count == 0, $"{complaints.Count} complaints:\n{string.Join('\n', complaints)}");
    }

    /// <summary>A browser of its own, without cookies.</summary>
    /// <param name="screen">How wide its window is.</param>
    /// <param name="scripting">False: no page may run a script.</param>
    /// <param name="album">The folder of its pictures; none where its pages are not looked at.</param>
    protected Task<Device> DeviceAsync(Screen screen, bool scripting = true, string? album = null) => DeviceAsync(Portal.Url, screen, scripting, album);

    protected async Task<Device> DeviceAsync(string portal, Screen screen, bool scripting = true, string? album = null)
    {
        var device = await Device.OpenAsync(chromium.OrSkip(), portal, screen, scripting, album);
        devices.Add(device);
        return device;
    }

    protected async Task<Device> TabAsync(Device device)
    {
        var tab = await device.TabAsync();
        devices.Add(tab);
        return tab;
    }

    private static async Task KeepAsync(IPage page, int index)
    {
        var test = string.Concat(TestContext.Current.TestCase!.TestCaseDisplayName.Where(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.'));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryFolder.Path("artifacts", "failures", $"{test}-{index}.png"), FullPage = true });
    }
}
