using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Exams;

namespace TrainingPortal.Tests.Pages;

/// <summary>A question about zones of the face says everything in its list, and the drawing beside it agrees.</summary>
public class FaceMapTests
{
    private static readonly IReadOnlyList<FaceMapZone> s_zones =
    [
        new("cheek", "Cheek"),
        new("eyelid", "Eyelid"),
        new("scalp", "Scalp"),
        new("nostril", "Nostril"),
        new("neck", "Neck"),
    ];

    // The scalp is no part of the drawn face.
    private static readonly string[] s_drawnNumbers = ["1", "2", "4", "5"];

    public static TheoryData<FaceMapMode> Modes => [.. Enum.GetValues<FaceMapMode>()];

    [Fact]
    public async Task Picking_has_one_checkbox_for_each_zone_in_order_whose_value_is_its_place()
    {
        var page = await RenderAsync(FaceMapMode.Pick, new() { [nameof(FaceMap.Picked)] = new[] { 1, 4 } });

        var fields = page.QuerySelectorAll("input");
        Assert.All(fields, field => Assert.Equal("checkbox", field.GetAttribute("type")));
        Assert.All(fields, field => Assert.Equal("Input.Zones", field.GetAttribute("name")));
        Assert.Equal(["0", "1", "2", "3", "4"], fields.Select(field => field.GetAttribute("value")));
        Assert.Equal(["1", "4"], fields.Where(field => field.HasAttribute("checked")).Select(field => field.GetAttribute("value")));
        Assert.Equal(["1. Cheek", "2. Eyelid", "3. Scalp", "4. Nostril", "5. Neck"], fields.Select(field => Words(field.Closest("label")!)));
    }

    [Fact]
    public async Task Depths_have_one_field_for_each_zone_in_order_and_empty_ones_post_nothing_but_their_place()
    {
        var page = await RenderAsync(FaceMapMode.Depth, new() { [nameof(FaceMap.Depths)] = new decimal?[] { 0.50m, 0m, null, 0.25m, null } });

        var fields = page.QuerySelectorAll("input[name], select[name], textarea[name], button[name]");
        Assert.All(fields, field => Assert.Equal("Input.Zones", field.GetAttribute("name")));
        Assert.All(fields, field => Assert.Equal("number", field.GetAttribute("type")));
        Assert.Equal(["0.5", "0", "", "0.25", ""], fields.Select(field => field.GetAttribute("value")));
        Assert.All(fields, field => Assert.Equal(("0", "3", "0.05", "decimal"), (field.GetAttribute("min"), field.GetAttribute("max"), field.GetAttribute("step"), field.GetAttribute("inputmode"))));
        Assert.Equal(
            ["1. Cheek, depth in millimetres", "2. Eyelid, depth in millimetres", "3. Scalp, depth in millimetres", "4. Nostril, depth in millimetres", "5. Neck, depth in millimetres"],
            fields.Select(field => Words(page.QuerySelectorAll($"label[for={field.Id}]").Single())));
    }

    [Fact]
    public async Task Depths_that_were_set_are_printed_in_the_drawing_and_shaded_more_strongly_the_deeper()
    {
        var page = await RenderAsync(FaceMapMode.Depth, new() { [nameof(FaceMap.Depths)] = new decimal?[] { 0.50m, 0m, null, 0.25m, null } });

        Assert.Equal(["0.5", "0", "0.25", ""], page.QuerySelectorAll("[data-figure]").Select(Words));
        Assert.Equal(["set", "out", "set", "unset"], page.QuerySelectorAll(".face-tag").Select(tag => tag.GetAttribute("data-state")));
        Assert.Equal(["set", "out", "unset", "set", "unset"], page.QuerySelectorAll(".face-row").Select(row => row.GetAttribute("data-state")));
        Assert.True(Shade(0) > Shade(3), "The cheek is set deeper than the nostril.");

        decimal Shade(int place) => decimal.Parse(page.QuerySelector($".face-mark-depth[data-place='{place}']")!.GetAttribute("fill-opacity")!, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_dial_posts_nothing_and_waits_for_script()
    {
        var page = await RenderAsync(FaceMapMode.Depth);

        var dial = Assert.Single(page.QuerySelectorAll("[data-dial]"));
        Assert.True(dial.HasAttribute("hidden"));
        Assert.Empty(dial.QuerySelectorAll("[name]"));
        Assert.All(dial.QuerySelectorAll("button"), button => Assert.Equal("button", button.GetAttribute("type")));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Numbers_in_the_drawing_are_those_of_the_list(FaceMapMode mode)
    {
        var page = await RenderAsync(mode);

        Assert.Equal(["1.", "2.", "3.", "4.", "5."], page.QuerySelectorAll(".face-row .face-number").Select(Words));
        Assert.Equal(s_drawnNumbers, page.QuerySelectorAll(".face-digit").Select(Words));
        Assert.Equal(["0", "1", "3", "4"], page.QuerySelectorAll(".face-tag").Select(tag => tag.GetAttribute("data-place")));
        Assert.Equal(["0", "1", "3", "4"], page.QuerySelectorAll(".face-asked").Select(part => part.GetAttribute("data-place")).Order());
        Assert.All(page.QuerySelectorAll(".face-asked"), part => Assert.Equal($"#face-{s_zones[int.Parse(part.GetAttribute("data-place")!, CultureInfo.InvariantCulture)].Code}", part.GetAttribute("href")));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task The_drawing_is_no_stop_of_the_keyboard_and_every_name_within_it_is_there_once(FaceMapMode mode)
    {
        var page = await RenderAsync(mode);

        var drawing = page.QuerySelector("svg.face")!;
        Assert.Equal("true", drawing.GetAttribute("aria-hidden"));
        Assert.Empty(drawing.QuerySelectorAll("a, button, input, [tabindex]"));
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            page.QuerySelectorAll("[href], [fill^='url']").Select(element => (element.GetAttribute("href") ?? element.GetAttribute("fill")!).Replace("url(", "", StringComparison.Ordinal).Trim('#', ')')),
            id => Assert.Contains(id, ids));
        Assert.All(page.QuerySelectorAll("[aria-describedby], label[for]").SelectMany(element => (element.GetAttribute("aria-describedby") ?? element.GetAttribute("for")!).Split(' ')), id => Assert.Contains(id, ids));
        Assert.Empty(page.QuerySelectorAll("[style], style, script"));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task The_question_names_the_group(FaceMapMode mode)
    {
        var page = await RenderAsync(mode);

        Assert.Equal("How deep?", Words(page.QuerySelector("fieldset > legend")!));
        Assert.Equal(5, page.QuerySelectorAll("fieldset .face-row").Length);
    }

    [Fact]
    public async Task A_review_says_each_verdict_in_a_word_and_a_sign_of_its_own_and_shades_with_its_own_pattern()
    {
        var verdicts = Enum.GetValues<FaceMapVerdict>();
        var zones = FaceMapZones.All.Take(verdicts.Length).Select(shape => new FaceMapZone(shape.Zone, shape.Zone)).ToList();
        var page = await RenderAsync(FaceMapMode.PickReview, new()
        {
            [nameof(FaceMap.Zones)] = zones,
            [nameof(FaceMap.Reviews)] = verdicts.Select(verdict => new FaceMapReview(verdict)).ToList(),
        });

        Assert.Equal(verdicts.Select(verdict => PortalTexts.Of<ExamTexts>($"FaceMapVerdict_{verdict}")), page.QuerySelectorAll(".face-verdict").Select(Words));
        Assert.Equal(verdicts.Length, page.QuerySelectorAll(".face-row .face-sign-line").Select(sign => sign.GetAttribute("d")).Distinct().Count());
        Assert.Equal(
            page.QuerySelectorAll(".face-row .face-sign-line").Select(sign => sign.GetAttribute("d")),
            page.QuerySelectorAll(".face-tag .face-sign-line").Select(sign => sign.GetAttribute("d")));
        Assert.Equal(verdicts.Select(verdict => $"url(#face-{verdict})"), page.QuerySelectorAll(".face-mark").Select(mark => mark.GetAttribute("fill")));
        Assert.Empty(page.QuerySelectorAll("input, button, .face-review-facts"));
    }

    [Fact]
    public async Task A_review_of_depths_says_what_was_set_and_what_is_right()
    {
        var page = await RenderAsync(FaceMapMode.DepthReview, new()
        {
            [nameof(FaceMap.Reviews)] = new FaceMapReview[]
            {
                new(FaceMapVerdict.TooShallow, 0.25m, 0.5m, 1m),
                new(FaceMapVerdict.LeftOutRightly, 0),
                new(FaceMapVerdict.NotAnswered, null, 0.25m, 0.5m),
                new(FaceMapVerdict.Unsafe, 0.75m),
                new(FaceMapVerdict.Right, 0.3m, 0.25m, 0.5m),
            },
        });

        Assert.Equal(
            [
                "You set: 0.25 mm. Right: 0.5 to 1.0 mm.",
                "You set: left out. Right: do not needle here.",
                "You set: nothing. Right: 0.25 to 0.5 mm.",
                "You set: 0.75 mm. Right: do not needle here.",
                "You set: 0.3 mm. Right: 0.25 to 0.5 mm.",
            ],
            page.QuerySelectorAll(".face-review-facts").Select(Words));
        Assert.Empty(page.QuerySelectorAll("input, button"));
    }

    [Fact]
    public async Task Readers_of_Spanish_see_commas_and_post_points()
    {
        var page = await RenderAsync(FaceMapMode.Depth, new() { [nameof(FaceMap.Depths)] = new decimal?[] { 0.25m, null, null, null, null } }, "es");

        Assert.Equal("0,25", Words(page.QuerySelector("[data-figure]")!));
        Assert.Equal("0.25", page.QuerySelector("input[name]")!.GetAttribute("value"));
        Assert.Equal("es", page.QuerySelector("face-map")!.GetAttribute("lang"));
    }

    // Every mode has what it needs, and what a test is about comes on top.
    private static async Task<IDocument> RenderAsync(FaceMapMode mode, Dictionary<string, object?>? more = null, string language = "en")
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var parameters = new Dictionary<string, object?>
        {
            [nameof(FaceMap.Mode)] = mode,
            [nameof(FaceMap.Zones)] = s_zones,
            [nameof(FaceMap.Legend)] = (RenderFragment)(builder => builder.AddContent(0, "How deep?")),
            [nameof(FaceMap.Name)] = "Input.Zones",
            [nameof(FaceMap.Reviews)] = s_zones.Select(_ => new FaceMapReview(FaceMapVerdict.Right)).ToList(),
        };
        foreach (var (name, value) in more ?? [])
        {
            parameters[name] = value;
        }

        await using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<FaceMap>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken);
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
