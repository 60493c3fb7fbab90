using Microsoft.Playwright;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using TrainingPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>An assessor with a phone in one hand: from the list of those who wait to the signature, and what the candidate then reads.</summary>
public sealed class PracticalTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    private const string Album = "practicals";

    [Fact]
    public async Task An_assessor_marks_a_practical_on_the_phone_and_the_candidate_reads_the_result()
    {
        await using var courses = await PortalProcess.StartAsync("--Jobs:Enabled=false", $"--Portal:CoursesDirectory={RepositoryFolder.Path("courses")}");
        var assessor = new Assessor(await DeviceAsync(courses.Url, Screen.Phone, scripting: true, Album));
        await assessor.SignInAsync();
        await assessor.Device.GoAsync("/teach/practicals");
        await assessor.Device.SeeAsync("desk");
        await assessor.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Blood exposure: the drill" }).GetByRole(AriaRole.Link, new() { Name = "Candidates" }).ClickAsync();
        await assessor.Device.SeeAsync("candidates");
        await assessor.StartAsync();
        await Expect(assessor.Page.Locator("h1")).ToHaveTextAsync("Step 1 of 16");
        await assessor.Device.SeeAsync("step");

        // The first step by the keyboard alone; every mark leads to the next step.
        await Keys.TabToAsync(assessor.Page, assessor.Page.GetByRole(AriaRole.Button, new() { Name = "Done", Exact = true }));
        await assessor.Page.Keyboard.PressAsync("Enter");
        for (var step = 2; step <= 16; step++)
        {
            await Expect(assessor.Page.Locator("h1")).ToHaveTextAsync($"Step {step} of 16");
            if (step == 5)
            {
                await assessor.Page.GetByLabel("Note").FillAsync("Wiped it and did not wash.");
            }

            await assessor.PressAsync(step == 5 ? "Not done" : "Done");
        }

        await Expect(assessor.Page.GetByText("As marked: not passed")).ToBeVisibleAsync();
        await assessor.Device.SeeAsync("sign-off");
        await assessor.Page.GetByLabel("I watched").CheckAsync();
        await assessor.PressAsync("Sign off");
        await Expect(assessor.Page.GetByText("Not passed")).ToBeVisibleAsync();
        await assessor.Device.SeeAsync("sheet");

        // The back button leads to no page that could still be changed.
        await assessor.Page.GoBackAsync();
        await Expect(assessor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign off", Exact = true })).ToHaveCountAsync(0);

        var candidate = new Candidate(await DeviceAsync(courses.Url, Screen.Phone, scripting: false, Album));
        await candidate.SignInAsync();
        await candidate.FollowAsync("Results and checklists");
        await Expect(candidate.Page.GetByText("Wiped it and did not wash.")).ToBeVisibleAsync();
        await candidate.Device.SeeAsync("own-result");
    }

    private sealed class Candidate(Device device) : Member(device, "candidate@portal.test", DemoPassword);
}
