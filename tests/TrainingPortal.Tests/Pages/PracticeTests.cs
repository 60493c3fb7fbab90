using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Exams;
using TrainingPortal.Web.Pages.Practice;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>Practice as its person's browser sees it.</summary>
public class PracticeTests(SharedPortal shared)
{
    private const string Certainty = "Input.Certainty";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Text(string key, params object[] values) => string.Format(CultureInfo.GetCultureInfo("en"), PortalTexts.Of<PracticeTexts>(key), values);

    [Fact]
    public async Task From_the_first_lesson_to_the_result_practice_leads_on_without_script()
    {
        var (_, _, browser) = await EnrolledAsync();
        var entry = await browser.OpenAsync($"/exams/{DataFolder.Practice}");
        Assert.Contains(PortalTexts.Of<RefusalTexts>("StartRefusal_NothingToPractise"), entry.Words, StringComparison.Ordinal);
        Assert.Contains(Text("NothingPractised"), entry.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(PortalTexts.Of<ExamTexts>("PassMark"), entry.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(entry.Posts, form => PortalPage.NameOf(form) == "start");

        await browser.ReadEveryLessonAsync(DataFolder.Course);
        var page = await browser.StartAsync(DataFolder.Practice);
        var attempt = page.Address;
        var levels = page.Document.QuerySelectorAll($".certainty input[type=radio][name='{Certainty}']");
        Assert.Equal(["Low", "Middle", "High"], levels.Select(level => level.GetAttribute("value")));
        Assert.DoesNotContain(levels, level => level.HasAttribute("checked"));
        Assert.Equal(Text("HowSure"), page.Document.QuerySelector(".certainty legend")!.TextContent);

        // Six of eight answered, the first place each time, and of two it is said how sure.
        foreach (var slot in Enumerable.Range(1, 6))
        {
            page = await browser.SubmitAsync(await browser.OpenAsync($"{attempt}?q={slot}"), "answer", ("Input.Answer", "0"), (Certainty, slot switch { 1 => "High", 2 => "Low", _ => null }));
        }

        page = await browser.OpenAsync($"{attempt}?q=1");
        Assert.Equal("High", page.Document.QuerySelector($"input[name='{Certainty}'][checked]")!.GetAttribute("value"));
        var result = await browser.HandInAsync(attempt);
        Assert.Equal(PortalTexts.Of<ExamTexts>("Practised"), result.Heading);
        Assert.Equal(["1", "2"], result.Document.QuerySelectorAll("tbody th[scope=row]").Select(row => row.TextContent));
        Assert.Contains(Text("Calibration_TooFew", Calibration.Weeks, Calibration.EnoughAnswers), result.Words, StringComparison.Ordinal);
        Assert.Contains(PortalTexts.Of<ExamTexts>("PractiseAgain"), result.Words, StringComparison.Ordinal);

        // Two were left open: due at once, as whatever else was missed; the set keeps no week up.
        var me = await browser.OpenAsync("/me");
        Assert.InRange(int.Parse(me.Document.QuerySelector(".practice-due strong")!.TextContent, CultureInfo.InvariantCulture), 2, 8);
        Assert.Contains(Text("ThisWeek", 0, 2), me.Words, StringComparison.Ordinal);
        Assert.Contains(Text("WeeksKeptUp", 0, 12, 2), me.Words, StringComparison.Ordinal);
        Assert.Equal(12, me.Document.QuerySelectorAll(".practice-weeks rect").Length);
        Assert.Contains(Text("Earns", 2, 80, 10, 15, 20, 30), me.Words, StringComparison.Ordinal);
        Assert.Contains(Text("WeeksCountFrom"), me.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_marks_of_the_result_are_those_of_the_answers()
    {
        var (portal, person, browser) = await PreparedAsync();
        var page = await browser.StartAsync(DataFolder.Practice);
        var attempt = page.Address;
        var questions = await portal.Data.QuestionsAsync(IdOf(page));
        foreach (var (index, (right, level)) in new[] { (true, "High"), (false, "High"), (true, "Middle"), (false, "Low") }.Index())
        {
            var question = questions[index];
            var place = right ? question.RightPlace : question.WrongPlace;
            await browser.SubmitAsync(await browser.OpenAsync($"{attempt}?q={index + 1}"), "answer", ("Input.Answer", place.ToString(CultureInfo.InvariantCulture)), (Certainty, level));
        }

        var result = await browser.HandInAsync(attempt);

        Assert.Equal(["+3", "−6", "+2", "0"], result.Document.QuerySelectorAll("tbody td:last-child").Select(cell => cell.TextContent));
        Assert.Contains(Text("MarkSum", "−1", 4), result.Words, StringComparison.Ordinal);
        Assert.Contains($"{Text("Certainty_High")}: {Text("RightOf", 1, 2)}", result.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("high")]
    [InlineData("7")]
    [InlineData("3")]
    [InlineData("Low,High")]
    public async Task A_certainty_that_is_none_of_the_three_is_none_and_the_answer_is_saved(string? posted)
    {
        var (portal, _, browser) = await PreparedAsync();
        var page = await browser.StartAsync(DataFolder.Practice);

        page = await browser.SubmitAsync(page, "answer", ("Input.Answer", "0"), (Certainty, posted));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var answer = await AnswerAsync(portal, IdOf(page));
        Assert.Equal((true, null), (answer.Response is not null, answer.Certainty));
    }

    [Theory]
    [InlineData("depth-check")]
    [InlineData(DataFolder.Exam)]
    public async Task Checks_and_exams_ask_for_no_certainty_and_take_none(string quiz)
    {
        var (portal, _, browser) = await PreparedAsync();
        var page = await browser.StartAsync(quiz);
        Assert.Empty(page.Document.QuerySelectorAll($"[name='{Certainty}']"));

        page = await browser.SubmitAsync(page, "answer", ("Input.Answer", "0"), (Certainty, "High"));

        Assert.Null((await AnswerAsync(portal, IdOf(page))).Certainty);
    }

    [Fact]
    public async Task Start_pressed_in_several_tabs_leads_to_one_set()
    {
        var (_, _, browser) = await PreparedAsync();
        var entry = await browser.OpenAsync($"/exams/{DataFolder.Practice}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.SubmitAsync(entry, "start")));

        Assert.Single(answers.Select(answer => answer.Address).Distinct());
        Assert.Contains(Text("GoOnWithSet"), (await browser.OpenAsync("/me")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_on_no_course_has_no_practice_and_is_sent_to_the_course()
    {
        var portal = await shared.GetAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        await portal.Data.AddPersonAsync(email);
        using var browser = await portal.SignInAsync(email);

        Assert.DoesNotContain(Text("MyPractice"), (await browser.OpenAsync("/me")).Document.QuerySelectorAll("h2").Select(heading => heading.TextContent));
        var entry = await browser.OpenAsync($"/exams/{DataFolder.Practice}");
        Assert.Contains(PortalTexts.Of<RefusalTexts>("StartRefusal_NotEnrolled"), entry.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(Text("WhatIsDue"), entry.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Spanish_practice_speaks_Spanish()
    {
        var (portal, _, _) = await PreparedAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        await portal.Data.AddPreparedTraineeAsync(email);
        using var browser = portal.Visit("es");
        await browser.SignInAsync(email);

        var page = await browser.StartAsync(DataFolder.Practice);

        Assert.Equal(PortalTexts.Of<PracticeTexts>("HowSure", "es"), page.Document.QuerySelector(".certainty legend")!.TextContent);
        Assert.Equal(PortalTexts.Of<ExamTexts>("Practised", "es"), (await browser.HandInAsync(page.Address)).Heading);
    }

    [Fact]
    public async Task At_a_renewal_the_exams_page_says_which_exam_a_person_gets_and_why()
    {
        await using var portal = await PortalHttp.StartAsync();
        var passed = portal.Data.Now.AddMonths(-23);
        await using (var database = portal.Data.CreateDbContext())
        {
            // One week of about a hundred is enough for one per cent.
            (await database.Quizzes.SingleAsync(quiz => quiz.Slug == DataFolder.Exam, Cancellation)).KeptUp = new KeptUpRule(2, 1, 50);
            await database.SaveChangesAsync(Cancellation);
        }

        foreach (var (email, sets) in new[] { ("kept-up@example.org", 2), ("not@example.org", 1) })
        {
            var certificate = await portal.Data.AddCertifiedTraineeAsync(email, passed);
            var holder = new Actor(certificate.HolderId, new HashSet<string> { Roles.Trainee });
            foreach (var _ in Enumerable.Range(0, sets))
            {
                await portal.Data.At(passed.AddDays(70)).PassAsync(holder, DataFolder.Practice);
            }

            Assert.True((await new StartRenewal(portal.Data, TimeProvider.System).RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation)).Succeeded);
            var keptUp = Assert.Single(await new ReadPractice(portal.Data, TimeProvider.System).RunAsync(holder, Cancellation)).Renewal!.KeptUp!;
            Assert.Equal(sets - 1, keptUp.Weeks);
            Assert.InRange(keptUp.Of, 95, 100);

            using var browser = await portal.SignInAsync(email);
            var page = await browser.OpenAsync($"/exams/{DataFolder.Exam}");
            var why = keptUp.Weeks == 1 ? Text("ShorterWhy", 10, 15, 20, 30) : Text("WholeWhy", 1, 10, 15);
            Assert.Contains($"{Text("YouKeptUp", keptUp.Weeks, keptUp.Of)} {why}", page.Words, StringComparison.Ordinal);
            Assert.Equal(keptUp.Weeks == 1 ? "10" : "20", page.Document.QuerySelector(".facts dd")!.TextContent);
        }
    }

    private async Task<(PortalHttp Portal, Actor Person, PortalVisitor Browser)> EnrolledAsync()
    {
        var portal = await shared.GetAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        var person = await portal.Data.AddPersonAsync(email);
        await portal.Data.EnrolAsync(person);
        return (portal, person, await portal.SignInAsync(email));
    }

    private async Task<(PortalHttp Portal, Actor Person, PortalVisitor Browser)> PreparedAsync()
    {
        var portal = await shared.GetAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        var person = await portal.Data.AddPreparedTraineeAsync(email);
        return (portal, person, await portal.SignInAsync(email));
    }

    private static async Task<Answer> AnswerAsync(PortalHttp portal, Guid attempt)
    {
        await using var database = portal.Data.CreateDbContext();
        return await database.Answers.AsNoTracking().SingleAsync(answer => answer.AttemptId == attempt, Cancellation);
    }

    private static Guid IdOf(PortalPage page) => Guid.Parse(page.Address.Split('/', '?')[2]);
}
