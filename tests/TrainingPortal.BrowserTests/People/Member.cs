using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests.People;

/// <summary>A person with an account.</summary>
public abstract class Member(Device device, string email, string password) : Visitor(device)
{
    /// <summary>The password of everyone here: the demo accounts have it, and everyone who registers takes it.</summary>
    public const string DemoPassword = "learn-safely-2026";

    public string Email { get; } = email;

    public async Task SignInAsync()
    {
        await Device.GoAsync("/account/sign-in");
        await FillInSignInAsync();
        await Expect(Page).ToHaveURLAsync($"{Device.Portal}/me");
    }

    /// <summary>Fills the form of the page that is shown, and sends it.</summary>
    public async Task FillInSignInAsync()
    {
        await Page.GetByLabel("E-mail address").FillAsync(Email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await PressAsync("Sign in");
    }
}
