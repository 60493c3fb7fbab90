using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.BrowserTests.Support;

/// <summary>Axe's judgement of pages, and where the environment has PICTURES=1 pictures of each for people to look at.</summary>
internal static class Look
{
    private static readonly AxeRunOptions s_rules = new()
    {
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        },
    };

    private static readonly bool s_pictures = Environment.GetEnvironmentVariable("PICTURES") == "1";

    // Both schemes and both widths, each once: contrast hangs on the scheme and what scrolls on the width.
    private static readonly (Screen, ColorScheme)[] s_judged = [(Screen.Phone, ColorScheme.Light), (Screen.Desk, ColorScheme.Dark)];

    public static async Task AtAsync(Device device, string name)
    {
        var faults = new List<string>();
        foreach (var screen in new[] { Screen.Phone, Screen.Desk })
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                var judged = device.Scripting && s_judged.Contains((screen, scheme));
                if (!judged && !s_pictures)
                {
                    continue;
                }

                await device.Page.SetViewportSizeAsync(screen.Width, screen.Height);
                await device.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                var picture = $"{name}-{screen.Width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png";
                if (s_pictures)
                {
                    await device.Page.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryFolder.Path("artifacts", "screenshots", device.Album!, picture), FullPage = true });
                }

                if (judged)
                {
                    faults.AddRange((await FaultsAsync(device.Page)).Select(fault => $"{picture} {fault}"));
                }
            }
        }

        await device.Page.SetViewportSizeAsync(device.Screen.Width, device.Screen.Height);
        await device.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        device.Note(faults);
    }

    /// <summary>Each violation with the page, the rule and the element.</summary>
    public static async Task<IEnumerable<string>> FaultsAsync(IPage page)
    {
        var result = await page.RunAxe(s_rules);
        return result.Violations.SelectMany(rule => rule.Nodes.Select(node =>
            $"{new Uri(page.Url).PathAndQuery}: axe {rule.Id} ({rule.Help}) at {node.Target}\n    {node.Html}\n    {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}"));
    }
}
