using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using TrainingPortal.Web.Hosting;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>Every page that the program has, each opened by whoever may open it.</summary>
[Collection(WithAGraduate.Name)]
public sealed class PagesTests(RunningPortal portal, Chromium chromium, Graduate graduate) : BrowserTest(portal, chromium)
{
    private const string Album = "pages";

    [Fact]
    public async Task Every_page_has_a_title_one_heading_and_nothing_that_axe_finds()
    {
        var visitor = await DeviceAsync(Screen.Phone, scripting: true, Album);
        var trainee = await graduate.Trainee.AtAsync(await DeviceAsync(Screen.Phone));
        var instructor = new Instructor(await DeviceAsync(Screen.Desk, scripting: true, Album));
        await instructor.SignInAsync();
        var administrator = new Administrator(await DeviceAsync(Screen.Desk, scripting: true, Album));
        await administrator.SignInAsync();
        var open = await trainee.StartAsync("depth-check");
        var cohort = await instructor.MakeCohortAsync("For a look at its pages");
        var enrollment = await Portal.Records.EnrollmentAsync(graduate.AttemptId);
        var assessor = new Assessor(await DeviceAsync(Screen.Phone, scripting: true, Album));
        await assessor.SignInAsync();
        var marking = await assessor.StartMarkingAsync("clean-hands");
        var candidate = await Portal.Records.PersonAsync("candidate@portal.test");
        foreach (var route in Routes())
        {
            var device = route.Split('/')[1] switch
            {
                // An instructor sees the rooms of their own cohorts only.
                "teach" when route.StartsWith("/teach/exams", StringComparison.Ordinal) => administrator.Device,
                "teach" when route.StartsWith("/teach/practicals", StringComparison.Ordinal) || route.StartsWith("/teach/markings", StringComparison.Ordinal) => assessor.Device,
                "account" when route == "/account/time-zone" => trainee.Device,
                "me" or "exams" or "attempts" or "courses" or "rules" => trainee.Device,
                "teach" => instructor.Device,
                "admin" => administrator.Device,
                _ => visitor,
            };
            var address = route
                .Replace("/courses/{Course}/{Slug}", $"/courses/{Trainee.Course}/the-skin-you-treat", StringComparison.Ordinal)
                .Replace("/achievements/{Slug}", "/achievements/microneedling-competence", StringComparison.Ordinal)
                .Replace("/admin/jobs/{Name}", "/admin/jobs/issue", StringComparison.Ordinal)
                .Replace("/teach/practicals/{Slug}", "/teach/practicals/clean-hands", StringComparison.Ordinal)
                .Replace("/teach/markings/{Id:guid}", marking, StringComparison.Ordinal)
                .Replace("{Person:guid}", $"{candidate}", StringComparison.Ordinal)
                .Replace("{Slug}", Trainee.Course, StringComparison.Ordinal)
                .Replace("{Course}", Trainee.Course, StringComparison.Ordinal)
                .Replace("/teach/cohorts/{Id:guid}", cohort, StringComparison.Ordinal)
                .Replace("/admin/people/{Id:guid}", $"/admin/people/{await Portal.Records.PersonAsync(instructor.Email)}", StringComparison.Ordinal)
                .Replace("/admin/organisations/{Id:guid}", $"/admin/organisations/{await Portal.Records.OrganisationAsync(instructor.Email)}", StringComparison.Ordinal)
                .Replace("{Token}", "a-link-that-leads-nowhere", StringComparison.Ordinal)
                .Replace("{Code}", "depth-001", StringComparison.Ordinal)
                .Replace("{Attempt:guid}", $"{graduate.AttemptId}", StringComparison.Ordinal)
                .Replace("{Enrollment:guid}", $"{enrollment}", StringComparison.Ordinal)
                .Replace("{Id:guid}/result", $"{graduate.AttemptId}/result", StringComparison.Ordinal)
                .Replace("{Id:guid}", $"{open.Id}", StringComparison.Ordinal)
                .Replace("{Typed}", graduate.Serial, StringComparison.Ordinal)
                .Replace("{Status:int}", "500", StringComparison.Ordinal);
            Assert.DoesNotContain('{', address);
            var status = await device.GoAsync(address);
            Assert.True(status < 400 || route == "/problem/{Status:int}", $"{address} answered {status}.");
            await Expect(device.Page).ToHaveTitleAsync(new Regex("."));
            await Expect(device.Page.Locator("h1")).ToHaveCountAsync(1);
            if (device == trainee.Device)
            {
                // The story has their pictures, and both schemes and widths.
                var faults = string.Join("\n", await Look.FaultsAsync(device.Page));
                Assert.True(faults.Length == 0, faults);
            }
            else
            {
                await device.SeeAsync(PictureName(route));
            }
        }
    }

    // "/teach/{Course}/items" is teach-course-items.
    private static string PictureName(string route) =>
        route == "/" ? "home" : string.Join('-', route.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim('{', '}').Split(':')[0].ToLowerInvariant()));

    private static IEnumerable<string> Routes() => typeof(PortalHost).Assembly.GetTypes()
        .SelectMany(page => page.GetCustomAttributes<RouteAttribute>())
        .Select(route => route.Template)
        .Order(StringComparer.Ordinal);
}
