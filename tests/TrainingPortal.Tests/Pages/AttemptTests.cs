using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Exams;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>An attempt as its person's browser sees it: what it gives away, what it takes, whose it is.</summary>
public class AttemptTests(SharedPortal shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("safe-practice")]
    [InlineData("depth-check")]
    public async Task While_it_is_open_no_byte_of_any_answer_tells_a_reason_or_the_key(string quiz)
    {
        var (portal, person, browser) = await PreparedAsync();
        var answers = new List<PortalPage> { await browser.OpenAsync($"/exams/{quiz}") };
        var page = await browser.StartAsync(quiz);
        var attempt = page.Address;
        var questions = await portal.Data.QuestionsAsync(IdOf(page));
        foreach (var question in questions)
        {
            page = await browser.OpenAsync($"{attempt}?q={question.Row.Slot}");
            answers.Add(page);
            answers.Add(await browser.PostAsync(page, page.Form("answer"), ("Input.Answer", "1")));
            answers.Add(await browser.OpenAsync($"{attempt}?q={question.Row.Slot}"));
            answers.Add(await browser.OpenAsync($"{attempt}?q={question.Row.Slot}&stale=true"));
        }

        answers.Add(await browser.OpenAsync($"{attempt}/finish"));
        answers.Add(await browser.OpenAsync($"{attempt}/result"));
        answers.Add(await browser.GetAsync($"{attempt}/certificate"));
        answers.Add(await browser.OpenAsync("/me"));
        answers.Add(await browser.OpenAsync($"/courses/{DataFolder.Course}"));

        Assert.Contains(answers, answer => WebUtility.HtmlDecode(answer.Text).Contains(questions[0].Version.Options[0].Text, StringComparison.Ordinal));
        foreach (var answer in answers)
        {
            var told = answer.Text + WebUtility.HtmlDecode(answer.Text);
            Assert.All(questions.SelectMany(question => question.Version.Options), option => Assert.DoesNotContain(option.Why, told, StringComparison.Ordinal));
            Assert.All(
                answer.Document.All.SelectMany(element => element.Attributes).Where(attribute => attribute.Name is not ("href" or "action" or "content")),
                attribute => Assert.DoesNotMatch("(?i)correct|choice-right|choice-wrong|rationale|\\bkey\\b", $"{attribute.Name}={attribute.Value}"));

            // But for its words and its place every option looks the same.
            Assert.Equal(answer.Document.QuerySelectorAll("label.choice").Any() ? 1 : 0, answer.Document.QuerySelectorAll("label.choice").Select(Bare).Distinct().Count());
        }
    }

    [Fact]
    public async Task A_saved_answer_is_there_again_and_can_be_changed()
    {
        var (portal, _, browser) = await PreparedAsync();
        var page = await browser.StartAsync(DataFolder.Exam);
        var options = page.Document.QuerySelectorAll("label.choice").Select(label => label.TextContent.Trim()).ToList();

        Assert.Equal(2, SlotOf(await browser.AnswerAsync(page, options[2])));
        page = await browser.OpenAsync($"{page.Address}?q=1");
        Assert.Equal(options[2], ChosenOn(page));
        await browser.AnswerAsync(page, options[0]);

        Assert.Equal("0", (await portal.Data.QuestionsAsync(IdOf(page)))[0].Row.Chosen);
    }

    [Fact]
    public async Task An_old_page_is_refused_and_shows_the_answer_that_is_saved()
    {
        var (portal, _, browser) = await PreparedAsync();
        var old = await browser.StartAsync(DataFolder.Exam);
        var options = old.Document.QuerySelectorAll("label.choice").Select(label => label.TextContent.Trim()).ToList();
        await browser.AnswerAsync(old, options[1]);

        var refused = await browser.AnswerAsync(old, options[3]);

        Assert.Equal(1, SlotOf(refused));
        Assert.Contains(PortalTexts.Of<ExamTexts>("StaleText"), refused.Words, StringComparison.Ordinal);
        Assert.Equal(options[1], ChosenOn(refused));
        var row = (await portal.Data.QuestionsAsync(IdOf(old)))[0].Row;
        Assert.Equal(("1", 1), (row.Chosen, row.Revision));
    }

    [Fact]
    public async Task A_page_sent_twice_saves_once_and_complains_of_nothing()
    {
        var (portal, _, browser) = await PreparedAsync();
        var page = await browser.StartAsync(DataFolder.Exam);
        var option = page.Document.QuerySelector("label.choice")!.TextContent.Trim();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.AnswerAsync(page, option)));

        Assert.All(answers, answer => Assert.Equal(2, SlotOf(answer)));
        var row = (await portal.Data.QuestionsAsync(IdOf(page)))[0].Row;
        Assert.Equal(("0", 1), (row.Chosen, row.Revision));
    }

    [Fact]
    public async Task Start_pressed_on_several_devices_at_once_leads_to_one_attempt()
    {
        var (portal, person, browser) = await PreparedAsync();
        var entry = await browser.OpenAsync($"/exams/{DataFolder.Exam}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.SubmitAsync(entry, "start")));

        Assert.Single(answers.Select(answer => answer.Address).Distinct());
        await using var database = portal.Data.CreateDbContext();
        Assert.Equal(1, await database.Attempts.CountAsync(attempt => attempt.PersonId == person.PersonId && attempt.ClosedAt == null, Cancellation));
    }

    [Fact]
    public async Task Handing_in_after_the_deadline_leads_to_the_result_of_what_was_saved()
    {
        var (portal, _, browser) = await PreparedAsync();
        var page = await browser.StartAsync(DataFolder.Exam);
        var attempt = page.Address;
        var first = (await portal.Data.QuestionsAsync(IdOf(page)))[0];
        await browser.AnswerAsync(page, first.RightText);
        var finish = await browser.OpenAsync($"{attempt}/finish");
        await LetTimeRunOutAsync(portal, IdOf(page));

        var result = await browser.SubmitAsync(finish, "submit");

        Assert.Equal($"{attempt}/result", result.Address.Split('?')[0]);
        Assert.Contains(PortalTexts.Of<ExamTexts>("TimeRanOut"), result.Words, StringComparison.Ordinal);
        Assert.Contains(string.Format(CultureInfo.InvariantCulture, PortalTexts.Of<ExamTexts>("Score"), 1, 20, 5), result.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_after_the_deadline_is_not_taken_and_leads_to_the_result()
    {
        var (portal, _, browser) = await PreparedAsync();
        var page = await browser.StartAsync(DataFolder.Exam);
        await LetTimeRunOutAsync(portal, IdOf(page));

        var result = await browser.AnswerAsync(page, page.Document.QuerySelector("label.choice")!.TextContent.Trim());

        Assert.Equal($"{page.Address}/result", result.Address.Split('?')[0]);
        Assert.Contains(PortalTexts.Of<ExamTexts>("TimeRanOut"), result.Words, StringComparison.Ordinal);
        Assert.All(await portal.Data.QuestionsAsync(IdOf(page)), question => Assert.Null(question.Row.Chosen));
    }

    [Fact]
    public async Task Handing_in_twice_leads_to_the_same_result()
    {
        var (_, _, browser) = await PreparedAsync();
        var page = await browser.StartAsync("depth-check");
        var finish = await browser.OpenAsync($"{page.Address}/finish");

        var first = await browser.SubmitAsync(finish, "submit");
        var second = await browser.SubmitAsync(finish, "submit");

        Assert.Equal($"{page.Address}/result", first.Address);
        Assert.Equal((first.Address, HttpStatusCode.OK, first.Words), (second.Address, second.Status, second.Words));
    }

    public static TheoryData<string, string?[]> Malformed => new()
    {
        { "no field at all", ["Input.Slot", null, "Input.Revision", null, "Input.Answer", null, "Input.Go", null] },
        { "no slot", ["Input.Slot", null] },
        { "no revision", ["Input.Revision", null] },
        { "words for a slot", ["Input.Slot", "first"] },
        { "words for a revision", ["Input.Revision", "newest"] },
        { "words for an answer", ["Input.Answer", "B"] },
        { "a broken number", ["Input.Answer", "1.5"] },
        { "a slot that there is not", ["Input.Slot", "21"] },
        { "slot zero", ["Input.Slot", "0"] },
        { "a negative slot", ["Input.Slot", "-1"] },
        { "a slot that fits no number", ["Input.Slot", "99999999999999999999"] },
        { "an option that there is not", ["Input.Answer", "4"] },
        { "a negative option", ["Input.Answer", "-1"] },
        { "an option that fits no number", ["Input.Answer", "99999999999999999999"] },
        { "a huge answer", ["Input.Answer", new string('1', 200_000)] },
        { "a huge field that nobody asked for", ["Input.Answer", null, "Input.More", new string('x', 200_000)] },
        { "a way on that there is not", ["Input.Answer", null, "Input.Go", "nowhere"] },
        { "a way on to another site", ["Input.Answer", null, "Input.Go", "https://evil.example/"] },
        { "a huge way on", ["Input.Answer", null, "Input.Go", new string('9', 200_000)] },
        { "an unknown form", ["_handler", "no-such-form"] },
        { "no form named", ["_handler", null] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_answer_ends_in_a_page_and_changes_nothing(string what, string?[] fields)
    {
        var (portal, _, browser) = await PreparedAsync();
        var page = await browser.StartAsync(DataFolder.Exam);
        await browser.AnswerAsync(page, page.Document.QuerySelectorAll("label.choice")[2].TextContent.Trim());
        page = await browser.OpenAsync($"{page.Address}?q=1");
        var before = await StateAsync(portal, IdOf(page));

        var values = fields.Chunk(2).Select(pair => (pair[0]!, pair[1])).Prepend(("Input.Answer", (string?)"0")).ToArray();
        var answer = await browser.PostAsync(page, page.Form("answer"), values);
        if (answer.Headers.Location is { } location)
        {
            Assert.Equal(portal.Address.Authority, new Uri(portal.Address, location).Authority);
        }

        answer = await browser.FollowAsync(answer);
        Assert.True((int)answer.Status < 500, $"{what}: {answer.Status}");
        Assert.True(answer.IsPage && answer.Heading.Length > 0, $"{what}: {answer.Status} {answer.MediaType} {answer.Text}");
        Assert.Equal(before, await StateAsync(portal, IdOf(page)));
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused_in_words()
    {
        var (_, _, browser) = await PreparedAsync();
        var page = await browser.StartAsync(DataFolder.Exam);
        HttpContent[] bodies =
        [
            new StringContent("{\"Input\":{\"Slot\":1}}", System.Text.Encoding.UTF8, "application/json"),
            new ByteArrayContent([]),
            new StringContent("no parts", System.Text.Encoding.UTF8, "multipart/form-data"),
            new FormUrlEncodedContent(Enumerable.Range(0, 3000).Select(index => new KeyValuePair<string, string>($"f{index}", ""))),
            new FormUrlEncodedContent([new("Input.Answer", new string('x', 6_000_000))]),
        ];

        foreach (var body in bodies)
        {
            var answer = await browser.SendAsync(HttpMethod.Post, page.Address, body);
            Assert.Equal((HttpStatusCode.BadRequest, PortalTexts.Of<CommonTexts>("Problem400Title")), (answer.Status, answer.Heading));
        }
    }

    [Fact]
    public async Task Somebody_elses_attempt_is_as_unknown_as_one_that_never_was()
    {
        var (portal, _, owner) = await PreparedAsync();
        var open = (await owner.StartAsync(DataFolder.Exam)).Address;
        var check = await owner.StartAsync("depth-check");
        var closed = check.Address;
        await owner.HandInAsync(closed);
        var (_, _, stranger) = await PreparedAsync();
        var never = $"/attempts/{Guid.NewGuid()}";

        foreach (var rest in new[] { "", "?q=1", "/finish", "/result" })
        {
            var unknown = await stranger.GetAsync(never + rest);
            Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
            foreach (var foreign in new[] { await stranger.GetAsync(open + rest), await stranger.GetAsync(closed + rest) })
            {
                Assert.Equal((unknown.Status, SameBytes.Masked(unknown)), (foreign.Status, SameBytes.Masked(foreign)));
            }
        }

        Assert.Equal((await stranger.GetAsync($"{never}/certificate")).Status, (await stranger.GetAsync($"{closed}/certificate")).Status);
    }

    [Fact]
    public async Task Nobody_answers_or_hands_in_for_somebody_else()
    {
        var (portal, _, owner) = await PreparedAsync();
        var page = await owner.StartAsync(DataFolder.Exam);
        var (_, _, stranger) = await PreparedAsync();
        var own = await stranger.StartAsync(DataFolder.Exam);
        var ownFinish = await stranger.OpenAsync($"{own.Address}/finish");
        var before = await StateAsync(portal, IdOf(page));

        var answered = await stranger.FollowAsync(await stranger.PostAsync(page.Address, [.. PortalPage.Fields(own.Form("answer")), new("Input.Answer", "0")]));
        var handedIn = await stranger.FollowAsync(await stranger.PostAsync($"{page.Address}/finish", PortalPage.Fields(ownFinish.Form("submit"))));

        var unknown = await stranger.FollowAsync(await stranger.PostAsync($"/attempts/{Guid.NewGuid()}/finish", PortalPage.Fields(ownFinish.Form("submit"))));
        Assert.Equal(HttpStatusCode.NotFound, answered.Status);
        Assert.Equal((unknown.Status, SameBytes.Masked(unknown)), (handedIn.Status, SameBytes.Masked(handedIn)));
        Assert.Equal(before, await StateAsync(portal, IdOf(page)));
    }

    private async Task<(PortalHttp Portal, Actor Person, PortalVisitor Browser)> PreparedAsync()
    {
        var portal = await shared.GetAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        var person = await portal.Data.AddPreparedTraineeAsync(email);
        return (portal, person, await portal.SignInAsync(email));
    }

    private static async Task LetTimeRunOutAsync(PortalHttp portal, Guid attempt)
    {
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1);
        await using var database = portal.Data.CreateDbContext();
        await database.Attempts.Where(row => row.Id == attempt).ExecuteUpdateAsync(update => update.SetProperty(row => row.DeadlineAt, past), Cancellation);
    }

    // Everything that is kept of an attempt.
    private static async Task<string> StateAsync(PortalHttp portal, Guid attempt)
    {
        await using var database = portal.Data.CreateDbContext();
        var row = await database.Attempts.AsNoTracking().Include(row => row.Paper).Include(row => row.Answers.OrderBy(answer => answer.Slot)).SingleAsync(row => row.Id == attempt, Cancellation);
        return System.Text.Json.JsonSerializer.Serialize(row);
    }

    private static Guid IdOf(PortalPage page) => Guid.Parse(page.Address.Split('/', '?')[2]);

    private static int SlotOf(PortalPage page) => int.Parse(page.Document.QuerySelector("input[name='Input.Slot']")!.GetAttribute("value")!, CultureInfo.InvariantCulture);

    private static string? ChosenOn(PortalPage page) => page.Document.QuerySelector("label.choice:has(input[checked])")?.TextContent.Trim();

    // The markup of an option without its words, its place and whether it is the one chosen.
    private static string Bare(IElement label)
    {
        var copy = (IElement)label.Clone();
        var input = copy.QuerySelector("input")!;
        input.RemoveAttribute("value");
        input.RemoveAttribute("checked");
        copy.QuerySelector(".choice-text")!.TextContent = "";
        return copy.OuterHtml;
    }
}
