using Microsoft.Playwright;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>An answer on a bad line: nothing is lost, nothing is told as saved that is not, and the page waits.</summary>
public sealed class SaveStateTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    private const string Trying = "Not saved. Trying again …";

    [Fact]
    public async Task A_change_is_unsaved_until_the_server_has_it_and_a_cut_line_is_waited_for()
    {
        var (device, sitting) = await SitAsync();
        var page = device.Page;
        await device.GoAsync($"/attempts/{sitting.Id}?q=1");
        var state = page.Locator("save-state");
        await Expect(state).ToHaveTextAsync("Not answered yet");
        await sitting.Answer(2).CheckAsync();
        await Expect(state).ToHaveTextAsync("Not saved yet");

        await page.Context.SetOfflineAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await Expect(state).ToHaveTextAsync(Trying);
        await sitting.IsOnAsync(1);
        await Expect(sitting.Answer(2)).ToBeCheckedAsync();
        Assert.Null((await Portal.Records.SavedPlacesAsync(sitting.Id))[0]);

        // Changed while it waits: what stands on the page is what is sent.
        await sitting.Answer(1).CheckAsync();
        await page.Context.SetOfflineAsync(false);
        await sitting.IsOnAsync(2);
        Assert.Equal(1, (await Portal.Records.SavedPlacesAsync(sitting.Id))[0]);

        await page.GoBackAsync();
        await sitting.IsOnAsync(1);
        await Expect(page.Locator("save-state")).ToHaveTextAsync("Answer saved");
        await Expect(sitting.Answer(1)).ToBeCheckedAsync();
        device.Excuse("a line that was down is what the browser complains of here");
    }

    [Fact]
    public async Task While_the_server_thinks_the_button_says_so()
    {
        var (device, sitting) = await SitAsync();
        var page = device.Page;
        var arrived = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await page.RouteAsync("**/attempts/**", async route =>
        {
            if (route.Request.Method == "POST")
            {
                arrived.SetResult();
                await go.Task;
            }

            await route.ContinueAsync();
        });
        await sitting.Answer(0).CheckAsync();
        await page.Locator(".exam-nav button").Last.ClickAsync();
        await arrived.Task;
        await Expect(page.Locator("save-state")).ToHaveTextAsync("Saving …");
        await Expect(page.Locator(".exam-nav button").Last).ToHaveTextAsync("Saving …");
        go.SetResult();
        await sitting.IsOnAsync(2);
        Assert.Equal(0, (await Portal.Records.SavedPlacesAsync(sitting.Id))[0]);
    }

    [Fact]
    public async Task An_answer_whose_receipt_was_lost_is_sent_again_and_saved_once()
    {
        var (device, sitting) = await SitAsync();
        var page = device.Page;
        var lost = 0;
        await page.RouteAsync("**/attempts/**", async route =>
        {
            if (route.Request.Method == "POST" && lost++ == 0)
            {
                // The server takes it; the browser never hears of it.
                await route.FetchAsync(new() { MaxRedirects = 0 });
                await route.AbortAsync("connectionreset");
                return;
            }

            await route.ContinueAsync();
        });
        await sitting.Answer(3).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await sitting.IsOnAsync(2);
        Assert.Equal(2, lost);
        var saved = (await Portal.Records.QuestionsAsync(sitting.Id))[0].Row;
        Assert.Equal((3, 1), (int.Parse(saved.Chosen!, System.Globalization.CultureInfo.InvariantCulture), saved.Revision));
        device.Excuse("a connection that was cut is what the browser complains of here");
    }

    [Fact]
    public async Task A_portal_that_dies_and_comes_back_gets_the_answer()
    {
        await using var own = await ItemTypePortal.StartAsync();
        var device = await DeviceAsync(own.Url, Screen.Phone);
        var page = device.Page;
        var trainee = Trainee.OfTheDemo(device, new Records(own.DataDirectory));
        await trainee.SignInAsync();
        await device.GoAsync("/courses/every-type");
        await trainee.PressAsync("Enrol, free of charge");
        await Expect(page.Locator(".step-next a")).ToHaveCountAsync(1);
        await device.GoAsync("/exams/every-type");
        await trainee.PressAsync("Start");
        await Expect(page.Locator(".exam-bar")).ToBeVisibleAsync();
        var attempt = Guid.Parse(new Uri(page.Url).Segments[2].TrimEnd('/'));
        var number = (await new Records(own.DataDirectory).QuestionsAsync(attempt)).Single(question => question.Code == "number");
        await device.GoAsync($"/attempts/{attempt}?q={number.Row.Slot}");
        await page.GetByLabel("Number").FillAsync("0.75");

        await own.KillAsync();
        await page.Locator(".exam-nav button").Last.ClickAsync();
        await Expect(page.Locator("save-state")).ToHaveTextAsync(Trying);
        await Expect(page.GetByLabel("Number")).ToHaveValueAsync("0.75");

        await own.StartAgainAsync();
        await Expect(page).Not.ToHaveTitleAsync($"Question {number.Row.Slot} of 10");
        Assert.Equal("750,0", (await new Records(own.DataDirectory).QuestionsAsync(attempt))[number.Row.Slot - 1].Row.Answer!.Response!.Value.Text);
        device.Excuse("a portal that was down is what the browser complains of here");
    }

    private async Task<(Device Device, Sitting Sitting)> SitAsync()
    {
        var device = await DeviceAsync(Screen.Phone);
        var trainee = await Trainee.RegisterAsync(device, Portal, "Bea Bad-Line");
        await trainee.EnrolAsync();
        return (device, await trainee.StartAsync("depth-check"));
    }
}
