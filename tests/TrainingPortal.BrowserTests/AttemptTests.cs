using Microsoft.Playwright;
using TrainingPortal.Assessments;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>What people do to an attempt without meaning harm: two tabs, double clicks, the back button, another device.</summary>
public sealed class AttemptTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    private const string Check = "depth-check";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_tabs_that_answer_differently_the_second_is_told_and_shown_what_is_saved(bool scripting)
    {
        var (trainee, sitting) = await SitAsync(scripting);
        var other = await TabAsync(trainee.Device);
        await other.GoAsync($"/attempts/{sitting.Id}?q=1");
        await other.Page.Locator("input[type=radio][value='2']").CheckAsync();

        await sitting.AnswerAsync(1, 1);
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This question was answered on another page");
        await Expect(other.Page.Locator("input[type=radio][value='1']")).ToBeCheckedAsync();
        Assert.Equal(1, (await Portal.Records.SavedPlacesAsync(sitting.Id))[0]);

        // Chosen again, on the page that knows what is saved, it counts.
        await other.Page.Locator("input[type=radio][value='2']").CheckAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await Expect(other.Page).ToHaveTitleAsync("Question 2 of 5");
        Assert.Equal(2, (await Portal.Records.SavedPlacesAsync(sitting.Id))[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_double_click_starts_once_and_hands_in_once_and_the_way_back_leads_to_the_result(bool scripting)
    {
        var trainee = await EnrolledAsync(scripting);
        await trainee.Device.GoAsync($"/exams/{Check}");
        await trainee.Page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).DblClickAsync();
        var sitting = await Sitting.OnPageAsync(trainee, Portal.Records);
        Assert.Equal(1, await Portal.Records.AttemptsAsync(trainee.Email));

        await sitting.AnswerToTheEndAsync();
        await trainee.Page.GetByRole(AriaRole.Button, new() { Name = "Hand in now" }).DblClickAsync();
        var heading = trainee.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await Expect(heading).ToHaveTextAsync("Passed");
        Assert.Equal(1, await Portal.Records.AttemptsAsync(trainee.Email));
        Assert.Equal(AttemptResult.Passed, await Portal.Records.ResultAsync(sitting.Id));

        await trainee.Page.GoBackAsync();
        await Expect(heading).ToHaveTextAsync("Passed");
        Assert.Equal(200, await trainee.Device.GoAsync($"/attempts/{sitting.Id}?q=3"));
        await Expect(heading).ToHaveTextAsync("Passed");
    }

    [Fact]
    public async Task An_answer_from_a_page_that_was_open_at_the_hand_in_changes_nothing()
    {
        var (trainee, sitting) = await SitAsync(scripting: true);
        var old = await TabAsync(trainee.Device);
        await old.GoAsync($"/attempts/{sitting.Id}?q=1");
        await sitting.AnswerToTheEndAsync();
        await sitting.HandInAsync();

        await old.Page.Locator($"input[type=radio][value='{sitting.Wrong(1)}']").CheckAsync();
        await old.Page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await Expect(old.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Passed");
        Assert.Equal(sitting.Right(1), (await Portal.Records.SavedPlacesAsync(sitting.Id))[0]);
    }

    [Fact]
    public async Task Another_device_goes_on_where_the_first_stopped()
    {
        var (trainee, sitting) = await SitAsync(scripting: true);
        await sitting.AnswerRightAsync(1, 2);

        var desk = await DeviceAsync(Screen.Desk);
        var there = await trainee.AtAsync(desk);
        await desk.GoAsync($"/exams/{Check}");
        await there.PressAsync("Go on where you were");
        var resumed = await Sitting.OnPageAsync(there, Portal.Records);
        Assert.Equal(sitting.Id, resumed.Id);
        await resumed.IsOnAsync(3);
        await resumed.AnswerRightAsync(3, resumed.Pages);
        await resumed.HandInAsync();
        Assert.Equal(AttemptResult.Passed, await Portal.Records.ResultAsync(sitting.Id));
    }

    [Fact]
    public async Task An_unanswered_question_is_named_before_the_hand_in_and_counts_as_wrong()
    {
        var (trainee, sitting) = await SitAsync(scripting: false);
        await sitting.AnswerRightAsync(1, 3);
        await trainee.PressAsync("Save and go on");
        await trainee.PressAsync("Save and finish");
        await Expect(trainee.Page.GetByText("Questions without an answer: 2")).ToBeVisibleAsync();
        await sitting.HandInAsync();
        await Expect(trainee.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Not yet");
        Assert.Equal(AttemptResult.FailedScore, await Portal.Records.ResultAsync(sitting.Id));
    }

    [Fact]
    public async Task An_attempt_of_somebody_else_is_not_there()
    {
        var (_, sitting) = await SitAsync(scripting: false);
        var stranger = Trainee.OfTheDemo(await DeviceAsync(Screen.Phone), Portal.Records);
        await stranger.SignInAsync();
        foreach (var address in new[] { $"/attempts/{sitting.Id}", $"/attempts/{sitting.Id}/finish", $"/attempts/{sitting.Id}/result" })
        {
            Assert.Equal(404, await stranger.Device.GoAsync(address));
            await Expect(stranger.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such page");
        }
    }

    private async Task<Trainee> EnrolledAsync(bool scripting)
    {
        var trainee = await Trainee.RegisterAsync(await DeviceAsync(Screen.Phone, scripting), Portal, "Tim Two-Tabs");
        await trainee.EnrolAsync();
        return trainee;
    }

    private async Task<(Trainee Trainee, Sitting Sitting)> SitAsync(bool scripting)
    {
        var trainee = await EnrolledAsync(scripting);
        return (trainee, await trainee.StartAsync(Check));
    }
}
