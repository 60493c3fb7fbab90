using System.Globalization;
using Microsoft.Playwright;
using TrainingPortal.Assessments;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>An exam room: a trainee at a phone, and the invigilator's board that follows them.</summary>
public sealed class ExamRoomTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    private const string Board = $"/teach/exams/{Trainee.Course}/board";
    private const string Album = "exam-room";

    [Fact]
    public async Task The_board_follows_the_trainee_and_the_trainees_page_follows_the_board()
    {
        var trainee = await PreparedAsync("Rita Room");
        var phone = trainee.Page;
        await phone.Clock.InstallAsync();
        var sitting = await trainee.StartAsync(Trainee.Course);
        var staff = await StaffAsync();
        var row = Row(staff, trainee);
        await Expect(row).ToContainTextAsync("Working");
        await Expect(row).ToContainTextAsync($"0 of {sitting.Pages}");

        // Nobody loads the board again: it reads by itself.
        await sitting.AnswerRightAsync(1, 2);
        await Expect(row).ToContainTextAsync($"2 of {sitting.Pages}");
        await staff.SeeAsync("board");

        await sitting.Answer(1).CheckAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = $"{trainee.Name} is paused." })).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("Paused");

        // By the next sign of life the page knows, and what was chosen is still chosen.
        await phone.Clock.FastForwardAsync(30_000);
        await Expect(phone.GetByText("The clock is stopped")).ToBeVisibleAsync();
        await Expect(sitting.Answer(1)).ToBeCheckedAsync();
        await trainee.Device.SeeAsync("paused");
        await trainee.PressAsync("Save and go on");
        await Expect(phone.GetByRole(AriaRole.Alert)).ToContainTextAsync("The invigilator has stopped the clock");
        Assert.Null((await Portal.Records.SavedPlacesAsync(sitting.Id))[2]);
        await sitting.Answer(1).CheckAsync();

        await row.GetByRole(AriaRole.Button, new() { Name = "Let go on" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Working");
        await phone.Clock.FastForwardAsync(10_000);
        await Expect(phone.GetByText("The clock is stopped")).ToBeHiddenAsync();
        await Expect(sitting.Answer(1)).ToBeCheckedAsync();
        await trainee.PressAsync("Save and go on");
        await sitting.IsOnAsync(4);
        Assert.Equal(1, (await Portal.Records.SavedPlacesAsync(sitting.Id))[2]);

        var before = await SecondsAsync(phone);
        await row.GetByRole(AriaRole.Link, new() { Name = "More time" }).ClickAsync();
        var dialog = staff.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync(trainee.Name);
        await staff.SeeAsync("more-time");
        await dialog.GetByLabel("Minutes").FillAsync("10");
        await dialog.GetByLabel("Reason").FillAsync("The line was down");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Give the time" }).ClickAsync();
        await Expect(staff.Page.GetByText($"{trainee.Name} has more time now.")).ToBeVisibleAsync();
        await phone.ReloadAsync();
        Assert.InRange(await SecondsAsync(phone) - before, 600 - 120, 600);

        await row.GetByRole(AriaRole.Link, new() { Name = "Void" }).ClickAsync();
        await staff.SeeAsync("void");
        await dialog.GetByLabel("Reason").FillAsync("Had notes under the desk");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Void it for good" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Voided");
        await phone.Clock.FastForwardAsync(30_000);
        await Expect(phone.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Voided");
        await Expect(phone.GetByText("This attempt was ended by the invigilator. It does not count.")).ToContainTextAsync("Had notes under the desk");
        await trainee.Device.SeeAsync("voided");
        Assert.Equal(AttemptResult.Voided, await Portal.Records.ResultAsync(sitting.Id));

        await staff.GoAsync($"{Board}/{sitting.Id}");
        await Expect(staff.Page.Locator(".board-log li")).ToHaveCountAsync(4);
        await staff.SeeAsync("record");
        Assert.NotEqual(sitting.Id, (await trainee.StartAsync(Trainee.Course)).Id);
    }

    [Fact]
    public async Task The_board_needs_no_mouse_and_tells_aloud_what_changed()
    {
        var trainee = await PreparedAsync("Kay Keys");
        var sitting = await trainee.StartAsync(Trainee.Course);
        var staff = await StaffAsync();
        var row = Row(staff, trainee);
        var keyboard = staff.Page.Keyboard;

        var more = row.GetByRole(AriaRole.Link, new() { Name = "More time" });
        await more.FocusAsync();
        await keyboard.PressAsync("Enter");
        await Expect(staff.Page.GetByLabel("Minutes")).ToBeFocusedAsync();
        await keyboard.TypeAsync("5");
        await keyboard.PressAsync("Escape");
        await Expect(staff.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(more).ToBeFocusedAsync();

        // The focus stays where it is while the figures change under it.
        await sitting.AnswerRightAsync(1, 1);
        await Expect(row).ToContainTextAsync($"1 of {sitting.Pages}");
        await Expect(more).ToBeFocusedAsync();

        await keyboard.PressAsync("Enter");
        await keyboard.TypeAsync("5");
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync("no");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await Expect(staff.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await staff.Page.GetByLabel("Reason").FocusAsync();
        await keyboard.TypeAsync(" power in the room");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await Expect(staff.Page.GetByText($"{trainee.Name} has more time now.")).ToBeVisibleAsync();
        await AliveAsync(staff);

        // Another invigilator, at a device without script.
        var other = await DeviceAsync(Screen.Phone, scripting: false);
        await new Administrator(other).SignInAsync();
        await other.GoAsync(Board);
        await Row(other, trainee).GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(other.Page.GetByText($"{trainee.Name} is paused.")).ToBeVisibleAsync();
        await Expect(staff.Page.Locator(".board [role=status]")).ToContainTextAsync($"{trainee.Name}: Paused.");
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = "Let go on" })).ToBeVisibleAsync();

        await Row(other, trainee).GetByRole(AriaRole.Link, new() { Name = "Void" }).ClickAsync();
        await other.Page.Locator("#void").GetByLabel("Reason").FillAsync("Left the room");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Void it for good" }).ClickAsync();
        await Expect(staff.Page.Locator(".board [role=status]")).ToContainTextAsync($"{trainee.Name}: Voided.");
    }

    [Fact]
    public async Task Extra_time_is_given_on_a_phone_and_read_by_the_trainee()
    {
        var trainee = await PreparedAsync("Paz Extra");
        var staff = await DeviceAsync(Screen.Phone, scripting: true, Album);
        await new Administrator(staff).SignInAsync();
        await staff.GoAsync("/admin");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Exams", Exact = true }).ClickAsync();
        await staff.SeeAsync("exams");
        await staff.Page.Locator($"a[href='/teach/exams/{Trainee.Course}/people']").ClickAsync();
        await staff.Page.GetByLabel("A part of the name").FillAsync("paz ex");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await staff.SeeAsync("people");
        await staff.Page.GetByRole(AriaRole.Link, new() { Name = "Give or take back" }).ClickAsync();
        await staff.Page.GetByLabel("Extra minutes").FillAsync("15");
        await staff.Page.GetByLabel("Reason").FillAsync("Reads with a screen magnifier");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Give it", Exact = true }).ClickAsync();
        await Expect(staff.Page.GetByText("It is given, and counts from the next start on.")).ToBeVisibleAsync();
        await staff.SeeAsync("person");

        await trainee.Device.GoAsync($"/exams/{Trainee.Course}");
        await Expect(trainee.Page.GetByText("Reads with a screen magnifier")).ToBeVisibleAsync();
        await trainee.Device.SeeAsync("extra-time");
        await trainee.StartAsync(Trainee.Course);
        Assert.InRange(await SecondsAsync(trainee.Page), 44 * 60, 45 * 60);
    }

    private static ILocator Row(Device staff, Trainee trainee) => staff.Page.Locator(".board-table tbody tr").Filter(new() { HasText = trainee.Email });

    private static async Task<int> SecondsAsync(IPage question) =>
        int.Parse((await question.Locator("exam-clock").GetAttributeAsync("data-seconds"))!, CultureInfo.InvariantCulture);

    private static async Task AliveAsync(Device staff) => await Expect(staff.Page.Locator(".board[data-alive='true']")).ToHaveCountAsync(1);

    private async Task<Device> StaffAsync()
    {
        var desk = await DeviceAsync(Screen.Desk, scripting: true, Album);
        await new Administrator(desk).SignInAsync();
        await desk.GoAsync(Board);
        await AliveAsync(desk);
        return desk;
    }

    // What comes before the exam is not what is looked at here: without script it goes quickly.
    private async Task<Trainee> PreparedAsync(string name)
    {
        var trainee = await Trainee.RegisterAsync(await DeviceAsync(Screen.Phone, scripting: false), Portal, name);
        await trainee.PrepareForTheExamAsync();
        return await trainee.AtAsync(await DeviceAsync(Screen.Phone, scripting: true, Album));
    }
}
