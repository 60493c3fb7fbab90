using Microsoft.Playwright;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests.People;

/// <summary>What the check page tells: its verdict in a word, and the sentence below it.</summary>
public sealed record CheckAnswer(string Word, string Sentence);

/// <summary>Anyone at a browser, without an account: an employer who checks a certificate, say.</summary>
public class Visitor(Device device)
{
    public Device Device { get; } = device;

    public IPage Page => Device.Page;

    /// <summary>Types a serial on the check page and reads the answer.</summary>
    public async Task<CheckAnswer> CheckAsync(string serial)
    {
        await Device.GoAsync("/verify");
        await Device.SeeAsync("verify");
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Certificate serial" }).FillAsync(serial);
        await PressAsync("Check");
        await Expect(Page).ToHaveURLAsync($"{Device.Portal}/verify/{serial}");
        var verdict = Page.Locator(".verdict");
        var answer = new CheckAnswer(await verdict.GetByRole(AriaRole.Heading).InnerTextAsync(), await verdict.Locator("p").First.InnerTextAsync());
        await Device.SeeAsync($"verify-{answer.Word}");
        return answer;
    }

    /// <summary>Presses the button with exactly this text.</summary>
    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Follows the link with exactly this text.</summary>
    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
}
