using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>
/// When the job that makes certificates is late, the page after the submit says so. Here nothing runs the job until the
/// test does.
/// </summary>
public sealed class CertificateInTheMakingTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    [Fact]
    public async Task The_result_says_that_the_certificate_is_being_made_and_shows_it_when_it_is_there()
    {
        await using var withoutJobs = await PortalProcess.StartAsync("--Jobs:Enabled=false");
        var plain = await DeviceAsync(withoutJobs.Url, Screen.Phone, scripting: false);
        var trainee = Trainee.OfTheDemo(plain, new Records(withoutJobs.DataDirectory));
        await trainee.SignInAsync();
        await trainee.PrepareForTheExamAsync();
        var sitting = await trainee.StartAsync(Trainee.Course);
        await sitting.AnswerToTheEndAsync();

        var phone = await DeviceAsync(withoutJobs.Url, Screen.Phone, scripting: true, album: "scripting-on");
        var atThePhone = await trainee.AtAsync(phone);
        await phone.GoAsync($"/attempts/{sitting.Id}/finish");
        await atThePhone.PressAsync("Hand in now");
        await Expect(phone.Page.GetByText("It is being made")).ToBeVisibleAsync();
        await phone.SeeAsync("exam-result-in-the-making");

        // Without script the page offers to look again, and still says it.
        await plain.GoAsync($"/attempts/{sitting.Id}/result");
        await trainee.FollowAsync("Look again");
        await Expect(plain.Page.GetByText("It is being made")).ToBeVisibleAsync();

        await withoutJobs.RunVerbAsync("jobs", "run", "issue");
        await Expect(phone.Page.GetByText("Open my certificate")).ToBeVisibleAsync();
        await trainee.FollowAsync("Look again");
        await Expect(plain.Page.GetByText("Open my certificate")).ToBeVisibleAsync();
    }
}
