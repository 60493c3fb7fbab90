using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using TrainingPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>The six courses of this repository, on a phone: a lesson of each module looked at, and a client consulted.</summary>
public sealed class CurriculumTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    private static Task<PortalProcess> ServeAsync() =>
        PortalProcess.StartAsync("--Jobs:Enabled=false", $"--Portal:CoursesDirectory={RepositoryFolder.Path("courses")}");

    /// <summary>The first lesson of every module, from the files.</summary>
    private static IEnumerable<string> FirstLessons() => Directory.EnumerateFiles(RepositoryFolder.Path("courses"), "01-*.md", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(file => $"/courses/{Directory.GetParent(file)!.Parent!.Name}/{Path.GetFileNameWithoutExtension(file)[3..]}");

    private async Task<Device> EnrolledAsync(PortalProcess courses, bool scripting, string? album)
    {
        var phone = await DeviceAsync(courses.Url, Screen.Phone, scripting, album);
        var trainee = Trainee.OfTheDemo(phone, Portal.Records);
        await trainee.SignInAsync();
        await phone.GoAsync("/courses/skin");
        await trainee.PressAsync("Enrol in all 6 courses");
        await Expect(phone.Page.GetByText("0 of 11 steps done")).ToBeVisibleAsync();
        return phone;
    }

    [Fact]
    public async Task A_lesson_of_every_module_reads_well_on_a_phone_and_axe_finds_nothing()
    {
        await using var courses = await ServeAsync();
        var phone = await EnrolledAsync(courses, scripting: true, "curriculum");
        await phone.SeeAsync("course");
        var lessons = FirstLessons().ToList();
        Assert.Equal(17, lessons.Count);
        foreach (var lesson in lessons)
        {
            Assert.Equal(200, await phone.GoAsync(lesson));
            Assert.True(await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= Screen.Phone.Width, $"{lesson} is wider than the phone.");
            await phone.SeeAsync(lesson["/courses/".Length..].Replace('/', '-'));
        }

        foreach (var rules in new[] { "places?place=US-UT&licence=Upper&depth=0.5&prescription=true", "depth?zone=cheek&indication=texture&place=US-UT&licence=Upper&device=skinpen&trained=2&supervisor=true", "waits?day=2026-11-22&event=botulinum-toxin&on=2026-11-17" })
        {
            Assert.Equal(200, await phone.GoAsync($"/rules/{rules}"));
            await Expect(phone.Page.Locator("#answer")).ToBeVisibleAsync();
            await phone.SeeAsync($"rules-{rules.Split('?')[0]}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_is_consulted_with_buttons_alone(bool scripting)
    {
        await using var courses = await ServeAsync();
        var phone = await EnrolledAsync(courses, scripting, album: null);
        await phone.GoAsync("/courses/contraindications/working-out-the-day");
        var consultation = phone.Page.Locator("#case-reunion");

        await consultation.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "injections against wrinkles" }).ClickAsync();
        await Expect(consultation).ToContainTextAsync("it is in my phone: May 4");
        await Expect(consultation).ToContainTextAsync("You may ask 5 more of 6");
        await consultation.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Rebook for May 18" }).ClickAsync();
        await Expect(consultation).ToContainTextAsync("Right, and you asked what decides it.");

        // Back goes back by one step, and the consultation goes on from there.
        await phone.Page.GoBackAsync();
        await Expect(consultation).ToContainTextAsync("You may ask 5 more of 6");
    }

    [Fact]
    public async Task The_picture_of_the_readme_can_be_made()
    {
        await using var courses = await ServeAsync();
        var desk = await DeviceAsync(courses.Url, Screen.Desk);
        await desk.GoAsync("/");
        var picture = await desk.Page.ScreenshotAsync();
        Assert.NotEmpty(picture);
        if (Environment.GetEnvironmentVariable("UPDATE_README_SCREENSHOT") is { Length: > 0 })
        {
            var file = RepositoryFolder.Path("infra", "screenshots", "home.png");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, picture, TestContext.Current.CancellationToken);
        }
    }
}
