using Microsoft.Playwright;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>The depth simulator: an island of script where there is script, a plain form where there is none.</summary>
public sealed class IslandTests(RunningPortal portal, Chromium chromium) : BrowserTest(portal, chromium)
{
    private const string Lesson = $"/courses/{Trainee.Course}/the-skin-you-treat";

    [Fact]
    public async Task The_circuit_comes_alive_and_follows_the_keyboard()
    {
        var phone = await OpenLessonAsync(scripting: true);
        var simulator = Alive(phone);
        await Expect(simulator).ToHaveCountAsync(1);
        var depth = simulator.Locator("output");
        var drawing = simulator.Locator("svg title");
        await Expect(depth).ToHaveTextAsync("0.5 mm");
        var before = await drawing.TextContentAsync();

        await simulator.GetByLabel("Needle length").FocusAsync();
        await phone.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(depth).ToHaveTextAsync("0.55 mm");
        await Expect(drawing).Not.ToHaveTextAsync(before!);
        await Expect(drawing).ToContainTextAsync("0.55 mm");

        await simulator.GetByLabel("Zone").SelectOptionAsync("eyelid");
        await Expect(simulator.Locator("[role=status]")).ToContainTextAsync("Never treat here");
        await Expect(drawing).ToContainTextAsync("Eyelid");
    }

    [Fact]
    public async Task Without_script_the_same_form_loads_the_lesson_again()
    {
        var phone = await OpenLessonAsync(scripting: false);
        var simulator = phone.Page.Locator(".simulator");
        await simulator.GetByLabel("Zone").SelectOptionAsync("eyelid");
        await simulator.GetByLabel("Needle length").FocusAsync();
        await phone.Page.Keyboard.PressAsync("ArrowRight");
        await phone.Page.Keyboard.PressAsync("ArrowRight");
        await simulator.GetByRole(AriaRole.Button, new() { Name = "Show this length" }).ClickAsync();
        await Expect(simulator.Locator("output")).ToHaveTextAsync("0.6 mm");
        await Expect(simulator.GetByLabel("Zone")).ToHaveValueAsync("eyelid");
        await Expect(simulator.Locator("[role=status]")).ToContainTextAsync("Never treat here");
    }

    [Fact]
    public async Task Going_offline_and_back_leaves_the_page_usable()
    {
        var phone = await DeviceAsync(Screen.Phone);
        IWebSocketRoute? line = null;
        await phone.Page.RouteWebSocketAsync(address => address.Contains("/_blazor", StringComparison.Ordinal), socket =>
        {
            line = socket;
            socket.ConnectToServer();
        });
        await OpenLessonAsync(phone);
        var simulator = Alive(phone);
        await Expect(simulator).ToHaveCountAsync(1);

        // No new connection can be made, and the one that was open breaks.
        await phone.Page.Context.SetOfflineAsync(true);
        await line!.CloseAsync();
        await Expect(phone.Page.GetByText("The connection dropped.")).ToBeVisibleAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        await phone.Page.Context.SetOfflineAsync(false);
        await Expect(phone.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Alive(phone).GetByLabel("Needle length").FocusAsync();
        await phone.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Alive(phone).Locator("output")).ToHaveTextAsync("0.55 mm");
        phone.Excuse("a line that was down is what the browser complains of here");
    }

    private static ILocator Alive(Device device) => device.Page.Locator(".simulator[data-alive='true']");

    private async Task<Device> OpenLessonAsync(bool scripting)
    {
        var device = await DeviceAsync(Screen.Phone, scripting);
        await OpenLessonAsync(device);
        return device;
    }

    private async Task OpenLessonAsync(Device device)
    {
        var trainee = await Trainee.RegisterAsync(device, Portal, "Ida Island");
        await trainee.EnrolAsync();
        await device.GoAsync(Lesson);
    }
}
