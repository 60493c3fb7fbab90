using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Exams;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>A portal with the course that has one question of every type.</summary>
public sealed class ItemTypePortal : IAsyncLifetime
{
    public const string Course = "every-type";

    internal PortalHttp Portal { get; private set; } = null!;

    private DataFolder Data { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Data = await DataFolder.WithItemTypesAsync();
        Portal = await PortalHttp.StartAsync(Data, $"--Portal:CoursesDirectory={RepositoryFolder.ItemTypes}");
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        Data.Dispose();
    }
}

/// <summary>Each type of question with a browser that has no script: answered, refused, shown again, reviewed, judged.</summary>
public class ItemTypeTests(ItemTypePortal fixture) : IClassFixture<ItemTypePortal>
{
    private static readonly string[] s_answerNames = ["Input.Answer", "Input.Reason"];

    private static readonly string[] s_codes = ["one-option", "several-options", "claim", "number", "steps", "pairs", "zones", "depths", "wait", "client"];

    public static TheoryData<string> Codes => [.. s_codes];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_right_answer_is_saved_earns_every_point_and_stands_on_the_page_again(string code)
    {
        var sitting = await StartAsync();
        var question = await sitting.QuestionAsync(code);
        var interaction = question.Version.Interaction;

        var next = await sitting.AnswerAsync(question, interaction.Key);

        var saved = await sitting.QuestionAsync(code);
        Assert.Equal((interaction.Key, Score.Full, true), (saved.Row.Answer!.Response!.Value, saved.Row.Answer.Points, saved.Row.Answer.Complete));
        Assert.Equal(HttpStatusCode.OK, next.Status);
        var page = await sitting.OpenAsync(question);
        Assert.Contains(PortalTexts.Of<ExamTexts>("Saved"), page.Words, StringComparison.Ordinal);
        Assert.Equal(interaction.Key, interaction.Read(Posted(page), question.Row.OptionOrder, saved.Row.Answer.Response).Response);
    }

    // In the author's order, as it is stored.
    [Theory]
    [InlineData("one-option", "3", 0)]
    [InlineData("several-options", "0", 30)]
    [InlineData("several-options", "0,2", 0)]
    [InlineData("claim", "0,1", 30)]
    [InlineData("claim", "0,-1", 30)]
    [InlineData("claim", "1,0", 0)]
    [InlineData("number", "770,0", 0)]
    [InlineData("number", "755000,1", 60)]
    [InlineData("steps", "1,2,3,0", 40)]
    [InlineData("steps", "3,2,1,0", 0)]
    [InlineData("pairs", "0,-1,2", 40)]
    [InlineData("pairs", "3,3,3", 0)]
    [InlineData("zones", "0,1,2", 30)]
    [InlineData("depths", "250,1250,500,0", 45)]
    [InlineData("depths", "250,1501,500,0", 0)]
    [InlineData("depths", "250,-1,-1,0", 30)]
    [InlineData("wait", "1,739949", 0)]
    [InlineData("wait", "0", 0)]
    [InlineData("client", "2,0,2,0,500,-1,-1", 60)]
    [InlineData("client", "2,0,2,0,1250,0,-1", 30)]
    [InlineData("client", "2,0,2,2,-1,-1,-1", 0)]
    [InlineData("client", "1,0,0,500,0,-1", 0)]
    public async Task Another_answer_is_saved_as_it_is_and_earns_its_part(string code, string response, int points)
    {
        var sitting = await StartAsync();
        var question = await sitting.QuestionAsync(code);

        await sitting.AnswerAsync(question, new Response(response));

        var saved = await sitting.QuestionAsync(code);
        Assert.Equal((response, points), (saved.Row.Answer!.Response!.Value.Text, saved.Row.Answer.Points));
        var again = question.Version.Interaction.Read(Posted(await sitting.OpenAsync(question)), question.Row.OptionOrder, saved.Row.Answer.Response);
        Assert.Equal(response, again.Response!.Value.Text);
    }

    [Theory]
    [InlineData("one-option", SaveAnswerRefusal.NotOffered, "4")]
    [InlineData("one-option", SaveAnswerRefusal.NotOffered, "0", "1")]
    [InlineData("several-options", SaveAnswerRefusal.NotOffered, "0", "0")]
    [InlineData("claim", SaveAnswerRefusal.NotOffered, "true", "false")]
    [InlineData("claim", SaveAnswerRefusal.NotOffered, "true", "r9")]
    [InlineData("number", SaveAnswerRefusal.NotANumber, "about a half", "0")]
    [InlineData("number", SaveAnswerRefusal.NotANumber, "1,000", "0")]
    [InlineData("number", SaveAnswerRefusal.NotOffered, "1", "7")]
    [InlineData("number", SaveAnswerRefusal.NotOffered, "1")]
    [InlineData("steps", SaveAnswerRefusal.NotOffered, "1", "2")]
    [InlineData("steps", SaveAnswerRefusal.NotOffered, "1", "2", "3", "9")]
    [InlineData("pairs", SaveAnswerRefusal.NotOffered, "0", "1", "2", "3")]
    [InlineData("pairs", SaveAnswerRefusal.NotOffered, "0", "1", "four")]
    [InlineData("zones", SaveAnswerRefusal.NotOffered, "4")]
    [InlineData("depths", SaveAnswerRefusal.NotANumber, "0.5", "deep", "", "")]
    [InlineData("depths", SaveAnswerRefusal.NotANumber, "0.5", "3.05", "", "")]
    [InlineData("depths", SaveAnswerRefusal.NotANumber, "0.5", "-0.5", "", "")]
    [InlineData("depths", SaveAnswerRefusal.NotOffered, "0.5")]
    [InlineData("wait", SaveAnswerRefusal.NotADay, "from", "next week")]
    [InlineData("wait", SaveAnswerRefusal.NotADay, "from", "2026-02-30")]
    [InlineData("wait", SaveAnswerRefusal.NotOffered, "from", "refer", "2026-12-01")]
    [InlineData("client", SaveAnswerRefusal.NotOffered, "ask:9")]
    [InlineData("client", SaveAnswerRefusal.NotOffered, "ask:1", "ask:2")]
    [InlineData("client", SaveAnswerRefusal.NotANumber, "treat", "deep", "", "")]
    [InlineData("client", SaveAnswerRefusal.NotADay, "defer", "", "", "soon")]
    [InlineData("client", SaveAnswerRefusal.NotOffered, "treat", "0.5")]
    public async Task What_is_no_answer_is_refused_in_a_sentence_and_changes_nothing(string code, SaveAnswerRefusal refusal, params string[] fields)
    {
        var sitting = await StartAsync();
        var question = await sitting.QuestionAsync(code);
        await sitting.AnswerAsync(question, question.Version.Interaction.Key);
        var before = (await sitting.QuestionAsync(code)).Row.Answer!;

        var page = await sitting.PostAsync(question, fields);

        Assert.Contains(PortalTexts.Of<RefusalTexts>($"SaveAnswerRefusal_{refusal}"), page.Words, StringComparison.Ordinal);
        Assert.Equal(question.Row.Slot.ToString(CultureInfo.InvariantCulture), page.Document.QuerySelector("input[name='Input.Slot']")!.GetAttribute("value"));
        var after = (await sitting.QuestionAsync(code)).Row.Answer!;
        Assert.Equal((before.Response, before.Revision, before.AnsweredAt), (after.Response, after.Revision, after.AnsweredAt));
    }

    [Fact]
    public async Task What_was_typed_and_could_not_be_read_stands_on_the_page_beside_the_refusal()
    {
        var sitting = await StartAsync();
        var page = await sitting.PostAsync(await sitting.QuestionAsync("number"), "1,000", "1");
        Assert.Equal(["1,000", "1"], Posted(page));

        page = await sitting.PostAsync(await sitting.QuestionAsync("client"), "defer", "0.5", "", "soon");
        Assert.Equal(["defer", "0.5", "", "soon"], Posted(page));

        page = await sitting.PostAsync(await sitting.QuestionAsync("wait"), "from", "soon");
        Assert.Equal(["from", "soon"], Posted(page));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Going_on_without_an_answer_saves_none(string code)
    {
        var sitting = await StartAsync();
        var question = await sitting.QuestionAsync(code);
        var page = await sitting.OpenAsync(question);

        await sitting.PostAsync(question, [.. Posted(page)]);

        // A list of units has no empty row, so it alone says nothing.
        Assert.Null((await sitting.QuestionAsync(code)).Row.Answer);
    }

    [Fact]
    public async Task Asking_keeps_what_was_filled_in_and_ends_with_the_budget()
    {
        var sitting = await StartAsync();
        var question = await sitting.QuestionAsync("client");
        var consultation = (ConsultationInteraction)question.Version.Interaction;
        var page = await sitting.OpenAsync(question);
        Assert.All(consultation.Steps, step => Assert.DoesNotContain(step.Answer, page.Words, StringComparison.Ordinal));

        page = await sitting.PostAsync(question, "ask:1", "treat", "0.5", "", "");
        Assert.Equal(["treat", "0.5", "", ""], Posted(page));
        Assert.Contains(consultation.Steps[1].Answer, page.Words, StringComparison.Ordinal);
        Assert.Equal(3, page.Document.QuerySelectorAll("button[value^='ask:']").Length);

        await sitting.PostAsync(await sitting.QuestionAsync("client"), "ask:3", "treat", "0.5", "", "");
        page = await sitting.PostAsync(await sitting.QuestionAsync("client"), "ask:0", "treat", "0.75", "", "");
        Assert.Equal(["treat", "0.75", "", ""], Posted(page));
        Assert.Empty(page.Document.QuerySelectorAll("button[value^='ask:']"));
        Assert.DoesNotContain(consultation.Steps[2].Answer, page.Words, StringComparison.Ordinal);

        page = await sitting.PostAsync(await sitting.QuestionAsync("client"), "ask:2", "treat", "0.75", "", "");
        Assert.Contains(PortalTexts.Of<RefusalTexts>("SaveAnswerRefusal_BudgetSpent"), page.Words, StringComparison.Ordinal);
        Assert.Equal("3,1,3,0,0,750,-1,-1", (await sitting.QuestionAsync("client")).Row.Answer!.Response!.Value.Text);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_question_is_the_name_of_its_first_group_and_no_group_lies_in_another(string code)
    {
        var sitting = await StartAsync();
        var page = await sitting.OpenAsync(await sitting.QuestionAsync(code));
        var answer = page.Document.QuerySelector(".answer")!;

        Assert.Empty(answer.QuerySelectorAll("fieldset fieldset, fieldset [role=group], label label, label fieldset"));
        Assert.Single(answer.QuerySelectorAll(".stem").Take(1), stem => Words(stem).StartsWith((Stem(page, sitting, code)), StringComparison.Ordinal));
        Assert.All(answer.QuerySelectorAll("fieldset"), group => Assert.NotEmpty(Words(group.QuerySelector("legend")!)));
        Assert.All(answer.QuerySelectorAll("input[name], select[name]"), field => Assert.NotEmpty(Words(Label(field))));
        Assert.Equal(answer.QuerySelectorAll("[id]").Select(part => part.Id).Distinct().Count(), answer.QuerySelectorAll("[id]").Length);
    }

    [Fact]
    public async Task Before_the_hand_in_no_byte_tells_a_key_or_a_reason_of_any_type()
    {
        var sitting = await StartAsync();
        var seen = new List<PortalPage> { await sitting.Browser.OpenAsync($"/exams/{ItemTypePortal.Course}") };
        var secrets = (await sitting.QuestionsAsync()).SelectMany(question => question.Version.Interaction.Rationales).Where(why => why.Length > 0).Distinct().ToList();
        Assert.True(secrets.Count > 30);
        foreach (var code in s_codes)
        {
            var question = await sitting.QuestionAsync(code);
            seen.Add(await sitting.OpenAsync(question));
            seen.Add(await sitting.PostAsync(question, "ask:99"));
            seen.Add(await sitting.AnswerAsync(question, question.Version.Interaction.Key));
            seen.Add(await sitting.OpenAsync(question));
            seen.Add(await sitting.Browser.OpenAsync($"{sitting.Address}?q={question.Row.Slot}&stale=true"));
        }

        foreach (var address in new[] { $"{sitting.Address}/finish", $"{sitting.Address}/result", "/me", $"/courses/{ItemTypePortal.Course}" })
        {
            seen.Add(await sitting.Browser.OpenAsync(address));
        }

        foreach (var page in seen)
        {
            var told = page.Text + WebUtility.HtmlDecode(page.Text);
            Assert.DoesNotContain(secrets, secret => told.Contains(secret, StringComparison.Ordinal));
            Assert.All(
                page.Document.All.SelectMany(element => element.Attributes).Where(attribute => attribute.Name is not ("href" or "action" or "content")),
                attribute => Assert.DoesNotMatch("(?i)correct|choice-right|choice-wrong|face-good|face-harm|deciding|rationale|\\bkey\\b", $"{attribute.Name}={attribute.Value}"));
        }
    }

    [Fact]
    public async Task The_review_shows_each_answer_with_its_points_every_reason_and_every_rule()
    {
        var sitting = await StartAsync();
        await sitting.AnswerAsync(await sitting.QuestionAsync("several-options"), new Response("0"));
        await sitting.AnswerAsync(await sitting.QuestionAsync("steps"), new Response("1,2,3,0"));
        await sitting.AnswerAsync(await sitting.QuestionAsync("depths"), new Response("250,1501,500,-1"));
        await sitting.AnswerAsync(await sitting.QuestionAsync("client"), new Response("1,1,2,-1,-1,-1"));
        var page = await sitting.HandInAsync();

        Assert.All(await sitting.QuestionsAsync(), question =>
        {
            var item = page.Document.QuerySelectorAll(".review-item")[question.Row.Slot - 1];
            var interaction = question.Version.Interaction;

            // A consultation is told as it went: what nobody asked and nobody needed is no part of it.
            Assert.All(interaction.Rationales.Where(why => why is not "Weight decides nothing here."), why => Assert.Contains(why, Words(item), StringComparison.Ordinal));
            Assert.Contains(PortalTexts.Of<ExamTexts>($"Rule_{interaction.Kind}"), Words(item), StringComparison.Ordinal);
            Assert.Contains($"{Web.Components.Shared.Points.Of(question.Row.Answer!.Points, Score.Full)} of 1 point", Words(item), StringComparison.Ordinal);
        });
        Assert.Contains("Partly right 0.5 of 1 point", ItemOf(page, await sitting.QuestionAsync("several-options")), StringComparison.Ordinal);
        Assert.Contains("(you put it at place 4)", ItemOf(page, await sitting.QuestionAsync("steps")), StringComparison.Ordinal);
        Assert.Contains("Clean the client's skin (you put it at place 2, right behind the step before it)", ItemOf(page, await sitting.QuestionAsync("steps")), StringComparison.Ordinal);
        var depths = ItemOf(page, await sitting.QuestionAsync("depths"));
        Assert.Contains("Cheek Unsafe You set: 1.501 mm. Right: 0.5 to 1.0 mm.", depths, StringComparison.Ordinal);
        Assert.Contains("Not answered You set: nothing. Right: do not needle here.", depths, StringComparison.Ordinal);
        var client = ItemOf(page, await sitting.QuestionAsync("client"));
        Assert.Contains("What do you do for a living? – I teach. (not needed for the decision)", client, StringComparison.Ordinal);
        Assert.Contains("What you had to ask and did not Which medicines do you take", client, StringComparison.Ordinal);
        Assert.Contains("Your answer Refer Right answer Treat today", client, StringComparison.Ordinal);
        Assert.Contains("Not answered 0 of 1 point", ItemOf(page, await sitting.QuestionAsync("wait")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_policy_keeps_the_key_the_review_has_only_the_own_answers_and_their_points()
    {
        await using var portal = await PortalHttp.StartAsync(await DataFolder.WithItemTypesAsync(), $"--Portal:CoursesDirectory={RepositoryFolder.ItemTypes}");
        var sitting = await StartAsync(portal);
        foreach (var code in s_codes)
        {
            var question = await sitting.QuestionAsync(code);
            await sitting.AnswerAsync(question, question.Version.Interaction.Key);
        }

        await SetReviewAsync(portal, ReviewPolicy.Answers);
        var page = await sitting.HandInAsync();
        Assert.Equal(s_codes.Length, page.Document.QuerySelectorAll(".review-item").Length);
        Assert.All(await sitting.QuestionsAsync(), question =>
        {
            Assert.All(question.Version.Interaction.Rationales, why => Assert.DoesNotContain(why, page.Words, StringComparison.Ordinal));
            Assert.Contains("Right 1 of 1 point Your answer", ItemOf(page, question), StringComparison.Ordinal);
        });
        Assert.EndsWith("Your answer Not before a later day: Tuesday, December 1, 2026 How this is scored The point for the right decision with the exact day; nothing otherwise.", ItemOf(page, await sitting.QuestionAsync("wait")), StringComparison.Ordinal);
        Assert.Contains("Cheek: 0.5 mm", ItemOf(page, await sitting.QuestionAsync("depths")), StringComparison.Ordinal);
        Assert.Contains("0.75 mm", ItemOf(page, await sitting.QuestionAsync("number")), StringComparison.Ordinal);

        await SetReviewAsync(portal, ReviewPolicy.Score);
        Assert.Empty((await sitting.Browser.OpenAsync($"{sitting.Address}/result")).Document.QuerySelectorAll(".review-item"));
    }

    [Fact]
    public async Task Before_the_start_the_rule_of_every_type_that_may_come_is_printed()
    {
        var sitting = await StartAsync();
        var page = await sitting.Browser.OpenAsync($"/exams/{ItemTypePortal.Course}");
        Assert.All(Enum.GetNames<InteractionKind>(), kind =>
        {
            Assert.Contains(PortalTexts.Of<ExamTexts>($"Type_{kind}"), page.Words, StringComparison.Ordinal);
            Assert.Contains(PortalTexts.Of<ExamTexts>($"Rule_{kind}"), page.Words, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_instructor_sees_an_item_whole_with_its_rule_and_how_it_was_answered(string code)
    {
        var sitting = await StartAsync();
        var question = await sitting.QuestionAsync(code);
        await sitting.AnswerAsync(question, question.Version.Interaction.Key);
        await sitting.HandInAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        await fixture.Portal.Data.AddPersonAsync(email, Roles.Instructor);
        using var instructor = await fixture.Portal.SignInAsync(email);

        var page = await instructor.OpenAsync($"/teach/{ItemTypePortal.Course}/items/{code}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var interaction = question.Version.Interaction;
        Assert.All(interaction.Rationales.Concat(interaction.Texts), text => Assert.Contains(text, page.Words, StringComparison.Ordinal));
        Assert.Contains(PortalTexts.Of<ExamTexts>($"Rule_{interaction.Kind}"), page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Posts, form => PortalPage.NameOf(form) == "revise-item");
        if (interaction is not ChoiceInteraction)
        {
            var row = page.Document.QuerySelectorAll("tbody tr").Select(Words).Single(words => words.EndsWith(" 1", StringComparison.Ordinal));
            Assert.Matches(@" \d+ 1$", row);
        }

        Assert.Contains(code, (await instructor.OpenAsync($"/teach/{ItemTypePortal.Course}/items")).Words, StringComparison.Ordinal);
    }

    private static string ItemOf(PortalPage page, Question question) => Words(page.Document.QuerySelectorAll(".review-item")[question.Row.Slot - 1]);

    private static string Stem(PortalPage page, Sitting sitting, string code) => sitting.Stems[code];

    // With a space between any two parts, as they stand apart on the page.
    private static string Words(IElement element) =>
        string.Join(' ', element.Descendants<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static IElement Label(IElement field) => field.Closest("label") ?? field.Owner!.QuerySelector($"label[for='{field.Id}']")!;

    // What the page's own form would send as the answer.
    private static List<string> Posted(PortalPage page) =>
        [.. PortalPage.Fields(page.Form("answer")).Where(field => s_answerNames.Contains(field.Key)).Select(field => field.Value)];

    private static async Task SetReviewAsync(PortalHttp portal, ReviewPolicy policy)
    {
        await using var database = portal.Data.CreateDbContext();
        await database.Quizzes.ExecuteUpdateAsync(update => update.SetProperty(quiz => quiz.Review, policy), Cancellation);
    }

    private Task<Sitting> StartAsync() => StartAsync(fixture.Portal);

    private static async Task<Sitting> StartAsync(PortalHttp portal)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        var person = await portal.Data.AddPersonAsync(email);
        await portal.Data.EnrolAsync(person, ItemTypePortal.Course);
        var browser = await portal.SignInAsync(email);
        var page = await browser.StartAsync(ItemTypePortal.Course);
        var sitting = new Sitting(portal, browser, page.Address.Split('?')[0]);
        foreach (var question in await sitting.QuestionsAsync())
        {
            sitting.Stems[question.Code] = question.Version.Stem;
        }

        return sitting;
    }

    /// <summary>An attempt of somebody with a browser.</summary>
    private sealed record Sitting(PortalHttp Portal, PortalVisitor Browser, string Address)
    {
        public Dictionary<string, string> Stems { get; } = [];

        public Task<IReadOnlyList<Question>> QuestionsAsync() => Portal.Data.QuestionsAsync(Guid.Parse(Address.Split('/')[2]));

        public async Task<Question> QuestionAsync(string code) => (await QuestionsAsync()).Single(question => question.Code == code);

        public Task<PortalPage> OpenAsync(Question question) => Browser.OpenAsync($"{Address}?q={question.Row.Slot}");

        public async Task<PortalPage> AnswerAsync(Question question, Response response)
        {
            PortalPage? page = null;
            foreach (var fields in PostedFields.Of(question.Version.Interaction, question.Row.OptionOrder, response))
            {
                page = await PostAsync(question, [.. fields]);
            }

            return page!;
        }

        /// <summary>Opens the question, sends its form with these fields as the answer, and follows where it leads.</summary>
        public async Task<PortalPage> PostAsync(Question question, params string[] fields)
        {
            var page = await OpenAsync(question);
            var form = page.Form("answer");
            var claim = question.Version.Interaction is TrueFalseInteraction;
            var sent = PortalPage.Fields(form).Where(field => !s_answerNames.Contains(field.Key))
                .Concat(fields.Where(field => !claim || field.Length > 0).Select(field => new KeyValuePair<string, string>(claim && field.StartsWith('r') ? "Input.Reason" : "Input.Answer", field)))
                .Append(new("Input.Go", question.Row.Slot.ToString(CultureInfo.InvariantCulture)));
            return await Browser.FollowAsync(await Browser.PostAsync(page.Address, sent));
        }

        public Task<PortalPage> HandInAsync() => Browser.HandInAsync(Address);
    }
}
