using Microsoft.Playwright;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>With nothing but Tab, Space, the arrows and Enter.</summary>
public sealed class KeyboardTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    private const string Check = "hygiene-check";

    [Fact]
    public async Task Signing_in_answering_and_handing_in_need_no_mouse()
    {
        var enrolled = await EnrolledAsync();
        var desk = await DeviceAsync(Screen.Desk);
        var page = desk.Page;

        // Whoever is not signed in is asked to, and led on to where they wanted to go.
        await desk.GoAsync($"/exams/{Check}");
        await Keys.TabToAsync(page, page.GetByLabel("E-mail address"));
        await page.Keyboard.TypeAsync(enrolled.Email);
        await Keys.TabToAsync(page, page.GetByLabel("Password", new() { Exact = true }));
        await page.Keyboard.TypeAsync(Member.DemoPassword);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync($"{Portal.Url}/exams/{Check}");

        await Keys.TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }));
        await page.Keyboard.PressAsync("Space");
        var sitting = await Sitting.OnPageAsync(enrolled.SignedInAt(desk), Portal.Records);
        for (var question = 1; question <= sitting.Pages; question++)
        {
            await sitting.IsOnAsync(question);
            await ChooseAsync(page, sitting.Right(question));
            await Keys.TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = question < sitting.Pages ? "Save and go on" : "Save and finish" }));
            await page.Keyboard.PressAsync("Enter");
        }

        await Keys.TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Hand in now" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Passed");
    }

    [Fact]
    public async Task Enter_on_an_answer_saves_it_and_goes_on()
    {
        var trainee = await EnrolledAsync();
        var sitting = await trainee.StartAsync(Check);
        for (var question = 1; question <= 2; question++)
        {
            await sitting.IsOnAsync(question);
            await ChooseAsync(trainee.Page, sitting.Right(question));
            await trainee.Page.Keyboard.PressAsync("Enter");
        }

        await sitting.IsOnAsync(3);
        Assert.Equal(sitting.Right(2), (await Portal.Records.SavedPlacesAsync(sitting.Id))[1]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account/sign-in?returnUrl=/me")]
    [InlineData("/there/is/none?at=all")]
    public async Task The_first_stop_leads_past_the_header_and_stays_on_the_page(string address)
    {
        var desk = await DeviceAsync(Screen.Desk);
        await desk.GoAsync(address);
        await Keys.TabToAsync(desk.Page, desk.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" }), stops: 1);
        await desk.Page.Keyboard.PressAsync("Enter");
        await Expect(desk.Page.Locator("#content")).ToBeFocusedAsync();
        await Expect(desk.Page).ToHaveURLAsync($"{Portal.Url}{address}#content");
    }

    // One stop leads into the answers; Space takes the first, the arrows take the others.
    private static async Task ChooseAsync(IPage page, int place)
    {
        await Keys.TabToAsync(page, page.Locator("input[type=radio]").First);
        await page.Keyboard.PressAsync("Space");
        for (var step = 0; step < place; step++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await Expect(page.Locator($"input[type=radio][value='{place}']")).ToBeCheckedAsync();
    }

    private async Task<Trainee> EnrolledAsync()
    {
        var trainee = await Trainee.RegisterAsync(await DeviceAsync(Screen.Desk), Portal, "Kim Keyboard");
        await trainee.EnrolAsync();
        return trainee;
    }
}
