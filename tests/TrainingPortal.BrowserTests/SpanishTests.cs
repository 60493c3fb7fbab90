using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>The portal in Spanish. The course itself is in English, and marked so.</summary>
public sealed partial class SpanishTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Chosen_once_Spanish_stays_on_the_pages_and_in_the_mails(bool scripting)
    {
        var phone = await DeviceAsync(Screen.Phone, scripting, scripting ? "scripting-on" : "scripting-off");
        var page = phone.Page;
        var person = new Visitor(phone);
        var email = $"{Guid.NewGuid():N}@example.test";

        await phone.GoAsync("/account/register");
        await OpenMenuAsync(page);
        await person.PressAsync("Español");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await Expect(page).ToHaveURLAsync($"{Portal.Url}/account/register");

        // Registering: the mail is in the language of the page.
        await page.GetByLabel("Nombre").FillAsync("Inés Española");
        await page.GetByLabel("correo").FillAsync(email);
        await page.GetByLabel("Contraseña").FillAsync(Member.DemoPassword);
        await page.Locator("main form button").ClickAsync();
        await Expect(page).ToHaveURLAsync($"{Portal.Url}/account/check-mail");
        var link = $"{Portal.Url}/account/confirm";
        var mail = await Portal.Mails.ToAsync(email, link);
        Assert.Empty(English().Matches($"{mail.Subject}\n{mail.Body}").Select(word => word.Value));
        Assert.Contains("Inés Española", mail.Body, StringComparison.Ordinal);

        await phone.GoAsync(mail.Link(link));
        await page.Locator("main form button").ClickAsync();
        await page.GetByLabel("correo").FillAsync(email);
        await page.GetByLabel("Contraseña").FillAsync(Member.DemoPassword);
        await page.Locator("main form button").ClickAsync();
        await Expect(page).ToHaveURLAsync($"{Portal.Url}/me");

        var english = new List<string>();
        foreach (var address in new[] { "/", "/me", "/me/certificates", "/verify", $"/verify/{Certifications.Serial.Draw()}", $"/courses/{Trainee.Course}", "/there/is/none" })
        {
            await phone.GoAsync(address);
            english.AddRange(await EnglishOnAsync(phone));
        }

        // A course and its exam: enrolling, a lesson, a knowledge check.
        await phone.GoAsync($"/courses/{Trainee.Course}");
        await person.PressAsync("Inscribirse gratis");
        english.AddRange(await EnglishOnAsync(phone));
        await phone.SeeAsync("spanish-course");
        await phone.GoAsync($"/courses/{Trainee.Course}/the-skin-you-treat");
        english.AddRange(await EnglishOnAsync(phone));
        await phone.SeeAsync("spanish-lesson");
        await phone.GoAsync("/exams/depth-check");
        english.AddRange(await EnglishOnAsync(phone));
        await person.PressAsync("Empezar");
        english.AddRange(await EnglishOnAsync(phone));
        await phone.SeeAsync("spanish-question");
        Assert.True(english.Count == 0, $"English that is not marked as such:\n{string.Join('\n', english)}");
    }

    // What is marked as English is meant to be.
    private static async Task<IEnumerable<string>> EnglishOnAsync(Device device)
    {
        await Expect(device.Page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        var text = await device.Page.Locator("body").EvaluateAsync<string>(
            "body => { const copy = body.cloneNode(true); copy.querySelectorAll('[lang=en], script, noscript').forEach(part => part.remove()); return copy.textContent; }");
        return English().Matches(text).Select(words => $"{new Uri(device.Page.Url).AbsolutePath}: {words.Value.Trim()}");
    }

    // The header's list is folded away on a phone.
    private static async Task OpenMenuAsync(IPage page)
    {
        var menu = page.Locator("details.menu > summary");
        if (await menu.IsVisibleAsync())
        {
            await menu.ClickAsync();
        }
    }

    // With their surroundings, so that a failure shows which text it is.
    [GeneratedRegex(@"[^\n]{0,30}\b(the|your|and|with|of|this|that|from|you|is|are|to)\b[^\n]{0,30}", RegexOptions.IgnoreCase)]
    private static partial Regex English();
}
