using Microsoft.Playwright;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>What the server refuses is told on a page, in words and with its status.</summary>
public sealed class RefusalTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_that_is_too_old_is_refused_in_words(bool scripting)
    {
        var phone = await DeviceAsync(Screen.Phone, scripting, scripting ? "scripting-on" : "scripting-off");
        await phone.GoAsync("/account/sign-in");
        await phone.Page.Context.ClearCookiesAsync(new() { Name = "portal-form" });
        var answer = await phone.Page.RunAndWaitForResponseAsync(
            () => new Administrator(phone).FillInSignInAsync(),
            response => response.Request.Method == "POST");
        Assert.Equal(400, answer.Status);
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This form is no longer valid");
        await phone.SeeAsync("problem-old-form");
    }

    [Theory]
    [InlineData("/courses/there-is-none")]
    [InlineData("/there/is/none")]
    [InlineData("/attempts/there-is-none")]
    public async Task What_is_not_there_has_a_page_that_says_so(string address)
    {
        var phone = await DeviceAsync(Screen.Phone, scripting: true, album: "scripting-on");
        Assert.Equal(404, await phone.GoAsync(address));
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such page");
        await phone.SeeAsync("problem-not-there");
    }

    [Fact]
    public async Task A_page_of_staff_is_not_there_for_a_trainee()
    {
        var trainee = Trainee.OfTheDemo(await DeviceAsync(Screen.Phone), Portal.Records);
        await trainee.SignInAsync();
        foreach (var address in new[] { "/teach", $"/teach/{Trainee.Course}/items", "/admin", "/admin/jobs", "/admin/audit", "/admin/certificates" })
        {
            Assert.Equal(404, await trainee.Device.GoAsync(address));
            await Expect(trainee.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such page");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_with_mistakes_names_them_and_keeps_what_was_typed(bool scripting)
    {
        var phone = await DeviceAsync(Screen.Phone, scripting, scripting ? "scripting-on" : "scripting-off");
        var visitor = new Visitor(phone);
        await phone.GoAsync("/account/register");
        await phone.Page.GetByLabel("Full name").FillAsync("Wanda Weak");
        await phone.Page.GetByLabel("E-mail address").FillAsync("wanda@example.test");
        await phone.Page.GetByLabel("Password").FillAsync("aaaaaaaaaaaa");
        await visitor.PressAsync("Create account");
        await Expect(phone.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(phone.Page.GetByLabel("Full name")).ToHaveValueAsync("Wanda Weak");
        await Expect(phone.Page.GetByLabel("Password")).ToHaveAttributeAsync("aria-invalid", "true");
        await phone.SeeAsync("register-refused");

        // The summary's link leads to the field.
        await phone.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(phone.Page.GetByLabel("Password")).ToBeFocusedAsync();
    }
}
