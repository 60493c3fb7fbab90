using Microsoft.Playwright;
using TrainingPortal.Assessments;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>Two short sets on a phone after a first lesson: how sure, what is due, and the week that is kept up.</summary>
public sealed class PracticeTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    private const string Practice = "safe-practice-practice";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_sets_after_a_lesson_keep_the_week_up(bool scripting)
    {
        var trainee = await Trainee.RegisterAsync(await DeviceAsync(Screen.Phone, scripting), Portal, "Pia Practice");
        await trainee.EnrolAsync();
        await trainee.Device.GoAsync("/me");
        await trainee.FollowAsync("Practise");
        await Expect(trainee.Page.GetByText("Read a lesson first")).ToBeVisibleAsync();
        await JudgeAsync(trainee);

        await trainee.Device.GoAsync($"/courses/{Trainee.Course}");
        var lessons = trainee.Page.Locator($".steps a[href^='/courses/{Trainee.Course}/']");
        var second = await lessons.Nth(1).GetAttributeAsync("href");
        await lessons.First.ClickAsync();
        await trainee.Page.GetByRole(AriaRole.Button, new() { Name = "I have read this" }).ClickAsync();
        await Expect(trainee.Page).ToHaveURLAsync(Portal.Url + second);

        var first = await PractiseAsync(trainee, right: false);
        Assert.Equal(AttemptResult.Practised, await Portal.Records.ResultAsync(first.Id));
        await Expect(trainee.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Practised");
        await Expect(trainee.Page.Locator("tbody tr")).ToHaveCountAsync(first.Pages);
        await Expect(trainee.Page.Locator("tbody tr").First).ToContainTextAsync("−6");
        await JudgeAsync(trainee);

        // Missed means due at once.
        await trainee.FollowAsync("Practise again");
        await Expect(trainee.Page.Locator(".practice-due")).ToHaveTextAsync($"{first.Pages} due today");
        await JudgeAsync(trainee);
        await PractiseAsync(trainee, right: true);

        await trainee.Device.GoAsync("/me");
        await Expect(trainee.Page.GetByText("Weeks in a row: 1")).ToBeVisibleAsync();
        await Expect(trainee.Page.Locator(".week-kept")).ToHaveCountAsync(1);
        await JudgeAsync(trainee);
    }

    // Every question answered, each with how sure by its label.
    private async Task<Sitting> PractiseAsync(Trainee trainee, bool right)
    {
        var sitting = await trainee.StartAsync(Practice);
        await JudgeAsync(trainee);
        for (var page = 1; page <= sitting.Pages; page++)
        {
            await trainee.Page.GetByRole(AriaRole.Group, new() { Name = "How sure are you?" }).GetByLabel("Very sure").CheckAsync();
            await sitting.AnswerAsync(page, right ? sitting.Right(page) : sitting.Wrong(page));
        }

        await sitting.HandInAsync();
        return sitting;
    }

    private static async Task JudgeAsync(Trainee trainee)
    {
        if (trainee.Device.Scripting)
        {
            var faults = string.Join("\n", await Look.FaultsAsync(trainee.Page));
            Assert.True(faults.Length == 0, faults);
        }

        Assert.False(await trainee.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"), $"{trainee.Page.Url} scrolls sideways");
    }
}
