using System.Globalization;
using Microsoft.Playwright;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.BrowserTests.People;
using TrainingPortal.BrowserTests.Support;
using TrainingPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace TrainingPortal.BrowserTests;

/// <summary>A portal with the course that has one question of every type.</summary>
public sealed class ItemTypePortal : IAsyncLifetime
{
    public PortalProcess Process { get; private set; } = null!;

    public static Task<PortalProcess> StartAsync() => PortalProcess.StartAsync($"--Portal:CoursesDirectory={RepositoryFolder.ItemTypes}");

    public async ValueTask InitializeAsync() => Process = await StartAsync();

    public async ValueTask DisposeAsync() => await Process.DisposeAsync();
}

/// <summary>Every type of question with a pointer, with a finger, with keys only and without script.</summary>
public sealed class ItemTypeTests(RunningPortal portal, Chromium chromium, ItemTypePortal types) : BrowserTest(portal, chromium), IClassFixture<ItemTypePortal>
{
    private const string Course = "every-type";
    private const string Album = "item-types";

    private static readonly string s_saved = "Answer saved";

    private Records Records => new(types.Process.DataDirectory);

    [Fact]
    public async Task With_script_every_type_is_answered_and_reviewed_and_no_page_has_a_fault()
    {
        var device = await DeviceAsync(types.Process.Url, Screen.Phone, scripting: true, Album);
        var attempt = await StartAsync(device, new Instructor(device));
        await Walk(device, attempt, question => AnswerAsync(device.Page, question, scripting: true), look: true);
        await HandInAsync(device, attempt);
        await device.SeeAsync("review");
        await NoSidewaysScrollAsync(device);
        await device.GoAsync($"/exams/{Course}");
        await device.Page.Locator("details.review-rule summary").ClickAsync();
        await device.SeeAsync("entry");
        Assert.Equal(200, await device.GoAsync($"/teach/{Course}/items/depths"));
        await device.SeeAsync("teach-item");
    }

    [Fact]
    public async Task Without_script_every_type_is_answered_and_reviewed()
    {
        var device = await DeviceAsync(types.Process.Url, Screen.Phone, scripting: false);
        var attempt = await StartAsync(device, new Administrator(device));
        await Walk(device, attempt, question => AnswerAsync(device.Page, question, scripting: false), look: false);
        await HandInAsync(device, attempt);
    }

    [Fact]
    public async Task With_keys_only_every_type_is_answered()
    {
        var device = await DeviceAsync(types.Process.Url, Screen.Desk);
        var attempt = await StartAsync(device, Trainee.OfTheDemo(device, Records));
        await Walk(device, attempt, question => TypeAsync(device.Page, question), look: false, keys: true);
        await HandInAsync(device, attempt);
    }

    [Fact]
    public async Task A_step_is_dragged_by_mouse_and_by_finger()
    {
        await using var own = await ItemTypePortal.StartAsync();
        var device = await DeviceAsync(own.Url, Screen.Phone);
        var page = device.Page;
        var attempt = await StartAsync(device, Trainee.OfTheDemo(device, new Records(own.DataDirectory)));
        var question = (await new Records(own.DataDirectory).QuestionsAsync(attempt)).Single(row => row.Code == "steps");
        await device.GoAsync($"/attempts/{attempt}?q={question.Row.Slot}");
        var rows = page.Locator(".order-words");
        var before = await rows.AllInnerTextsAsync();
        await Expect(page.GetByText("Not answered yet. Move a step, or keep the order as it stands.")).ToBeVisibleAsync();

        var (first, last) = (await GripAsync(0), await GripAsync(3));
        await page.Mouse.MoveAsync(first.X, first.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(last.X, last.Y + 10, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        Assert.Equal([before[1], before[2], before[3], before[0]], await rows.AllInnerTextsAsync());
        await Expect(page.Locator("order-list [role=status]")).ToHaveTextAsync($"{before[0]}: place 4 of 4");
        await Expect(page.GetByText("Not answered yet. Move a step, or keep the order as it stands.")).ToBeHiddenAsync();

        (first, last) = (await GripAsync(0), await GripAsync(3));
        var touch = await page.Context.NewCDPSessionAsync(page);
        await TouchAsync(touch, "touchStart", last.X, last.Y);
        for (var step = 1; step <= 8; step++)
        {
            await TouchAsync(touch, "touchMove", last.X, last.Y + ((first.Y - 10 - last.Y) * step / 8));
        }

        await touch.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        await Expect(page.Locator("order-list [role=status]")).ToHaveTextAsync($"{before[0]}: place 1 of 4");
        Assert.Equal(before, await rows.AllInnerTextsAsync());

        // The lists out of sight are what is posted.
        Assert.Equal(["1", "2", "3", "4"], await page.Locator(".order-places select").EvaluateAllAsync<string[]>("lists => lists.map(list => list.value)"));

        async Task<(float X, float Y)> GripAsync(int place)
        {
            var box = (await page.Locator(".order-grip").Nth(place).BoundingBoxAsync())!;
            return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        }
    }

    private static Task TouchAsync(ICDPSession session, string type, float x, float y) =>
        session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = new[] { new { x, y } } });

    private static async Task<Guid> StartAsync(Device device, Member member)
    {
        await member.SignInAsync();
        await device.GoAsync($"/courses/{Course}");
        await device.Page.GetByRole(AriaRole.Button, new() { Name = "Enrol, free of charge" }).ClickAsync();
        await Expect(device.Page.Locator(".step-next a")).ToHaveCountAsync(1);
        await device.GoAsync($"/exams/{Course}");
        await member.PressAsync("Start");
        await Expect(device.Page.Locator(".exam-bar")).ToBeVisibleAsync();
        return Guid.Parse(new Uri(device.Page.Url).Segments[2].TrimEnd('/'));
    }

    // Answers each question rightly, sees that it is saved, and that the page says so when it is opened again.
    private async Task Walk(Device device, Guid attempt, Func<Question, Task> answer, bool look, bool keys = false)
    {
        var page = device.Page;
        foreach (var question in await Records.QuestionsAsync(attempt))
        {
            var slot = question.Row.Slot;
            await Expect(page).ToHaveTitleAsync($"Question {slot} of 10");
            await answer(question);
            if (look)
            {
                await device.SeeAsync($"question-{question.Code}");
            }

            await NoSidewaysScrollAsync(device);
            var go = page.GetByRole(AriaRole.Button, new() { Name = slot < 10 ? "Save and go on" : "Save and finish" });
            if (keys)
            {
                await Keys.TabToAsync(page, go);
                await page.Keyboard.PressAsync("Enter");
            }
            else
            {
                await go.ClickAsync();
            }

            await Expect(page).Not.ToHaveTitleAsync($"Question {slot} of 10");
            Assert.Equal(question.Version.Interaction.Key.Text, (await Records.QuestionsAsync(attempt))[slot - 1].Row.Answer?.Response?.Text);
            if (!keys)
            {
                await device.GoAsync($"/attempts/{attempt}?q={slot}");
                await Expect(page.Locator("save-state")).ToHaveTextAsync(s_saved);
                await device.GoAsync(slot < 10 ? $"/attempts/{attempt}?q={slot + 1}" : $"/attempts/{attempt}/finish");
            }
        }
    }

    private static async Task HandInAsync(Device device, Guid attempt)
    {
        await device.Page.GetByRole(AriaRole.Button, new() { Name = "Hand in now" }).ClickAsync();
        await Expect(device.Page).ToHaveURLAsync($"{device.Portal}/attempts/{attempt}/result");
        await Expect(device.Page.Locator(".verdict")).ToContainTextAsync("10 of 10 right");
        await Expect(device.Page.Locator(".review-item")).ToHaveCountAsync(10);
    }

    private static async Task NoSidewaysScrollAsync(Device device) =>
        Assert.Equal(0, await device.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));

    private static async Task AnswerAsync(IPage page, Question question, bool scripting)
    {
        var interaction = question.Version.Interaction;
        var posts = PostedFields.Of(interaction, question.Row.OptionOrder, interaction.Key);
        var fields = posts[^1];
        switch (interaction)
        {
            case ChoiceInteraction or TrueFalseInteraction:
                foreach (var field in fields)
                {
                    await page.Locator($".answer input[value='{field}']").CheckAsync();
                }

                break;
            case ZonesInteraction when scripting:
                foreach (var field in fields)
                {
                    await page.Locator($".face-tag[data-place='{field}'] .face-hit").ClickAsync();
                    await Expect(page.Locator($".answer input[value='{field}']")).ToBeCheckedAsync();
                }

                break;
            case ZonesInteraction:
                foreach (var field in fields)
                {
                    await page.Locator($".answer input[value='{field}']").CheckAsync();
                }

                break;
            case OrderInteraction when scripting:
                await Expect(page.Locator(".order-places")).ToBeHiddenAsync();
                await SortAsync(page, (OrderInteraction)interaction, async step => await page.GetByRole(AriaRole.Button, new() { Name = $"Move up: {step}", Exact = true }).ClickAsync());
                break;
            case OrderInteraction or MatchInteraction:
                foreach (var (index, field) in fields.Index())
                {
                    await page.Locator(".answer select").Nth(index).SelectOptionAsync(field);
                }

                break;
            case NumberInteraction:
                await page.GetByLabel("Number").FillAsync(fields[0]);
                await page.GetByLabel("Unit").SelectOptionAsync(fields[1]);
                break;
            case DepthMapInteraction:
                await FillDepthsAsync(page, fields);
                break;
            case WashOutInteraction:
                await page.Locator($".answer input[value='{fields[0]}']").CheckAsync();
                await page.GetByLabel("Earliest day").FillAsync(fields[1]);
                break;
            case ConsultationInteraction consultation:
                // What is filled in before a question is asked stays when it is.
                await page.Locator($".answer input[value='{fields[0]}']").CheckAsync();
                await FillDepthsAsync(page, fields.Skip(1).Take(consultation.Zones.Count));
                foreach (var ask in posts.SkipLast(1))
                {
                    await page.Locator($"button[value='{ask[0]}']").ClickAsync();
                    await Expect(page.Locator(".dialogue")).ToContainTextAsync(consultation.Steps[int.Parse(ask[0].Split(':')[1], CultureInfo.InvariantCulture)].Answer);
                    await Expect(page.Locator($".answer input[value='{fields[0]}']")).ToBeCheckedAsync();
                    await Expect(page.Locator(".decision-zones input[type=number]").First).ToHaveValueAsync(fields[1]);
                }

                break;
        }
    }

    private static async Task FillDepthsAsync(IPage page, IEnumerable<string> depths)
    {
        foreach (var (index, depth) in depths.Index())
        {
            await page.Locator(".face-depth-row input").Nth(index).FillAsync(depth);
        }
    }

    // From the first place on: what belongs there is moved up until it stands there; at least one move is made.
    private static async Task SortAsync(IPage page, OrderInteraction order, Func<string, Task> moveUp)
    {
        var rows = page.Locator(".order-words");
        await moveUp(await rows.Nth(1).InnerTextAsync());
        foreach (var (place, step) in order.Steps.Index())
        {
            while (await rows.Nth(place).InnerTextAsync() != step.Text)
            {
                await moveUp(step.Text);
            }
        }

        await Expect(page.Locator("order-list [role=status]")).Not.ToBeEmptyAsync();
        Assert.Equal(order.Steps.Select(step => step.Text), await rows.AllInnerTextsAsync());
    }

    private static async Task TypeAsync(IPage page, Question question)
    {
        var interaction = question.Version.Interaction;
        var posts = PostedFields.Of(interaction, question.Row.OptionOrder, interaction.Key);
        var fields = posts[^1];
        ILocator Field(string value) => page.Locator($".answer input[value='{value}']");
        switch (interaction)
        {
            case ChoiceInteraction { Multiple: true } or ZonesInteraction:
                foreach (var field in fields.Order())
                {
                    await Keys.TabToAsync(page, Field(field));
                    await page.Keyboard.PressAsync("Space");
                }

                break;
            case ChoiceInteraction or TrueFalseInteraction:
                foreach (var field in fields)
                {
                    await ChooseAsync(page, Field(field));
                }

                break;
            case NumberInteraction:
                await Keys.TabToAsync(page, page.GetByLabel("Number"));
                await page.Keyboard.TypeAsync(fields[0]);
                break;
            case OrderInteraction order:
                await SortAsync(page, order, async step =>
                {
                    var button = page.GetByRole(AriaRole.Button, new() { Name = $"Move up: {step}", Exact = true });
                    if (!await button.EvaluateAsync<bool>("element => element === document.activeElement"))
                    {
                        await Keys.TabToAsync(page, button);
                    }

                    await page.Keyboard.PressAsync("Space");
                    await Expect(button).ToBeFocusedAsync();
                });
                break;
            case MatchInteraction:
                foreach (var (index, field) in fields.Index())
                {
                    await Keys.TabToAsync(page, page.Locator(".answer select").Nth(index));
                    for (var down = 0; down <= int.Parse(field, CultureInfo.InvariantCulture); down++)
                    {
                        await page.Keyboard.PressAsync("ArrowDown");
                    }
                }

                break;
            case DepthMapInteraction:
                foreach (var (index, depth) in fields.Index())
                {
                    await Keys.TabToAsync(page, page.Locator(".face-depth-row input").Nth(index));
                    await page.Keyboard.TypeAsync(depth);
                }

                break;
            case WashOutInteraction:
                await ChooseAsync(page, Field(fields[0]));
                await Keys.TabToAsync(page, page.GetByLabel("Earliest day"));
                await page.Keyboard.TypeAsync(DateOnly.Parse(fields[1], CultureInfo.InvariantCulture).ToString("MMddyyyy", CultureInfo.InvariantCulture));
                break;
            case ConsultationInteraction consultation:
                foreach (var ask in posts.SkipLast(1))
                {
                    await Keys.TabToAsync(page, page.Locator($"button[value='{ask[0]}']"));
                    await page.Keyboard.PressAsync("Enter");

                    // The dialogue has the focus, so that the answer is read out and the next stop is near.
                    await Expect(page.Locator(".dialogue")).ToContainTextAsync(consultation.Steps[int.Parse(ask[0].Split(':')[1], CultureInfo.InvariantCulture)].Answer);
                    await Expect(page.Locator("#asked")).ToBeFocusedAsync();
                }

                await ChooseAsync(page, Field(fields[0]));
                foreach (var (index, depth) in fields.Skip(1).Take(consultation.Zones.Count).Index())
                {
                    await Keys.TabToAsync(page, page.Locator(".face-depth-row input").Nth(index));
                    await page.Keyboard.TypeAsync(depth);
                }

                break;
        }
    }

    // A stop leads to the first radio button of a group; Space takes it and the arrows take the others.
    private static async Task ChooseAsync(IPage page, ILocator radio)
    {
        var name = await radio.GetAttributeAsync("name");
        await Keys.TabToAsync(page, page.Locator($".answer input[type=radio][name='{name}']").First);
        await page.Keyboard.PressAsync("Space");
        while (!await radio.IsCheckedAsync())
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }
    }
}
