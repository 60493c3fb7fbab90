using TrainingPortal.BrowserTests.Support;

namespace TrainingPortal.BrowserTests;

/// <summary>The watch over the other tests sees what it is there to see.</summary>
public sealed class WatchTests(Chromium chromium)
{
    [Fact]
    public async Task The_watch_and_axe_notice_what_is_broken()
    {
        var browser = chromium.OrSkip();
        await using var portal = await PortalProcess.StartAsync("--Jobs:Enabled=false");
        var device = await Device.OpenAsync(browser, portal.Url, Screen.Phone, scripting: true);
        await device.GoAsync("/");
        Assert.Empty(device.Complaints);

        await device.Page.EvaluateAsync("document.querySelector('h1').setAttribute('style', 'color: red')");
        Assert.Contains(device.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));

        await device.Page.EvaluateAsync("setTimeout(() => { throw new Error('a script that fails') })");
        await device.Page.EvaluateAsync("document.body.append(document.createElement('img'))");
        Assert.Contains(await Look.FaultsAsync(device.Page), fault => fault.Contains("image-alt", StringComparison.Ordinal));
        Assert.Contains(device.Complaints, complaint => complaint.Contains("a script that fails", StringComparison.Ordinal));
        await device.Page.Context.CloseAsync();
    }
}
