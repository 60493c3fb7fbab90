using Microsoft.Playwright;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>
/// From an administrator's invitation to a trainee who has started: an administrator and two instructors at their desks, a
/// trainee with a phone. Once with scripting on, where axe looks at every page, and once with it off.
/// </summary>
public sealed class CohortTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_invited_instructor_invites_a_trainee_by_file_and_sees_them_start(bool scripting)
    {
        var album = scripting ? "cohorts" : "cohorts-scripting-off";
        var invitation = $"{Portal.Url}/account/invitation/";

        // An administrator adds an organisation, and invites an instructor into it.
        var administrator = new Administrator(await DeviceAsync(Screen.Desk, scripting, album));
        await administrator.SignInAsync();
        var desk = administrator.Device;
        var school = $"Skin School {album}";
        await desk.GoAsync("/admin/organisations");
        await desk.Page.GetByLabel("Name of a new organisation").FillAsync(school);
        await administrator.PressAsync("Add");
        await Expect(desk.Page.GetByText("The organisation is added.")).ToBeVisibleAsync();
        await desk.SeeAsync("organisations");
        await desk.GoAsync("/admin/people/invite");
        var instructor = new Invited(await DeviceAsync(Screen.Desk, scripting, album), "Ines Roth");
        await desk.Page.GetByLabel("E-mail address").FillAsync(instructor.Email);
        await desk.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Instructor Runs cohorts" }).CheckAsync();
        await desk.Page.GetByLabel("Organisation (optional)").SelectOptionAsync(school);
        await desk.SeeAsync("invite-person");
        await administrator.PressAsync("Send the invitation");
        await Expect(desk.Page.GetByText("The invitation is on its way.")).ToBeVisibleAsync();
        await desk.SeeAsync("invite-person-sent");

        // The instructor follows the link of the mail, and is in at once.
        await instructor.Device.GoAsync((await Portal.Mails.ToAsync(instructor.Email, invitation)).Link(invitation));
        await instructor.Device.SeeAsync("invitation-instructor");
        await instructor.AcceptAsync();
        await Expect(instructor.Page).ToHaveURLAsync($"{Portal.Url}/me");
        await instructor.Device.GoAsync("/teach/cohorts");
        await instructor.Device.SeeAsync("cohorts-none");
        await instructor.FollowAsync("Make a cohort");
        await instructor.Page.GetByLabel("Name").FillAsync($"Spring {album}");
        await instructor.Page.GetByLabel("To pass by (optional)").FillAsync("2031-03-31");
        await instructor.Device.SeeAsync("cohort-new");
        await instructor.PressAsync("Make a cohort");
        await Expect(instructor.Page.GetByText("Nobody is in this cohort yet")).ToBeVisibleAsync();
        await instructor.Device.SeeAsync("cohort-empty");
        var cohort = new Uri(instructor.Page.Url).AbsolutePath;

        // A file with good rows and bad ones: nothing is sent before it was looked at.
        var trainee = new Invited(await DeviceAsync(Screen.Phone, scripting, album), "Tomás Ñandú");
        var friend = $"{Guid.NewGuid():N}@example.test";
        await instructor.Page.GetByRole(AriaRole.Link, new() { Name = "Invite trainees" }).First.ClickAsync();
        await instructor.Device.SeeAsync("cohort-invite");
        await instructor.Page.GetByLabel("Or a CSV file").SetInputFilesAsync(new FilePayload
        {
            Name = "people.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes($"\uFEFFemail;name\r\n{trainee.Email};{trainee.Name}\r\n{friend};\r\nnobody;Nobody\r\n{friend};Twice\r\n"),
        });
        await instructor.PressAsync("Check the list");
        await Expect(instructor.Page.GetByText("This is not an e-mail address.")).ToBeVisibleAsync();
        await instructor.Device.SeeAsync("cohort-invite-preview");
        await instructor.PressAsync("Send 2 invitations");
        await Expect(instructor.Page.GetByText("2 invitations are on their way.")).ToBeVisibleAsync();
        await instructor.Device.SeeAsync("cohort-invited");

        // The trainee accepts on the phone, and reads the first lesson.
        await trainee.Device.GoAsync((await Portal.Mails.ToAsync(trainee.Email, invitation)).Link(invitation));
        await trainee.Device.SeeAsync("invitation-trainee");
        await Expect(trainee.Page.GetByLabel("Full name")).ToHaveValueAsync(trainee.Name);
        await trainee.AcceptAsync();
        await Expect(trainee.Page).ToHaveURLAsync($"{Portal.Url}/courses/{Trainee.Course}");
        await StandsAsync(instructor, cohort, trainee.Name, "Not started");
        await trainee.Page.Locator($".steps a[href^='/courses/{Trainee.Course}/']").First.ClickAsync();
        await trainee.Page.GetByRole(AriaRole.Button, new() { Name = "I have read this" }).ClickAsync();

        await StandsAsync(instructor, cohort, trainee.Name, "Started");
        await instructor.Device.SeeAsync("cohort-started");

        // The instructor of the demo school sees nothing of it.
        var other = new Instructor(await DeviceAsync(Screen.Desk, scripting));
        await other.SignInAsync();
        Assert.Equal(404, await other.Device.GoAsync(cohort));
        Assert.Equal(404, await other.Device.GoAsync($"{cohort}/invite"));
    }

    private static async Task StandsAsync(Invited instructor, string cohort, string name, string standing)
    {
        await instructor.Device.GoAsync(cohort);
        await Expect(instructor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name })).ToContainTextAsync(standing);
    }

    // Somebody who gets a mail and has no account yet.
    private sealed class Invited(Device device, string name) : Member(device, $"{Guid.NewGuid():N}@example.test", DemoPassword)
    {
        public string Name { get; } = name;

        public async Task AcceptAsync()
        {
            await Page.GetByLabel("Full name").FillAsync(Name);
            await Page.GetByLabel("Password").FillAsync(DemoPassword);
            await PressAsync("Accept and create account");
        }
    }
}
