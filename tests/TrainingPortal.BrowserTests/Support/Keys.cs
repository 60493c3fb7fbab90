using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests.Support;

/// <summary>What a person does who has a keyboard only.</summary>
internal static class Keys
{
    // An outline around the element, or around the label that it stands in.
    private const string ShowsFocus = """
        element => [element, element.closest("label")].filter(Boolean).map(getComputedStyle)
            .some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
        """;

    /// <summary>Goes from stop to stop until the element has the focus, and sees that the focus shows.</summary>
    public static async Task TabToAsync(IPage page, ILocator element, int stops = 60)
    {
        await Expect(element).ToBeAttachedAsync();
        for (var stop = 0; stop < stops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await element.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                Assert.True(await element.EvaluateAsync<bool>(ShowsFocus), $"{element} on {page.Url} has the focus and does not show it.");
                return;
            }
        }

        Assert.Fail($"{element} on {page.Url} was not reached with {stops} stops.");
    }
}
