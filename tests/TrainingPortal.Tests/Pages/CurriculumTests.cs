using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.CourseFiles;
using TrainingPortal.Tests.Support;
using TrainingPortal.Verification;
using TrainingPortal.Web.Pages.Exams;
using TrainingPortal.Web.Pages.Learn;
using TrainingPortal.Web.Pages.Rules;

namespace TrainingPortal.Tests.Pages;

/// <summary>The repository's six courses as a trainee's browser sees them.</summary>
public class CurriculumTests
{
    private const string Email = "nora@example.org";
    private const string Exam = "microneedling-competence";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<(DataFolder Data, PortalHttp Portal, PortalVisitor Browser)> EnrolledAsync()
    {
        var data = await DataFolder.WithCurriculumAsync();
        await data.AddPersonAsync(Email);
        var portal = await PortalHttp.StartAsync(data);
        var browser = await portal.SignInAsync(Email);
        await browser.EnrolAsync("skin");
        return (data, portal, browser);
    }

    [Fact]
    public async Task One_click_enrols_in_the_whole_programme_and_nothing_any_lesson_shows_leads_nowhere()
    {
        var (data, portal, browser) = await EnrolledAsync();
        using var _ = data;
        await using var __ = portal;
        await using var database = data.CreateDbContext();
        var lessons = await database.Courses
            .SelectMany(course => course.Modules.SelectMany(module => module.Lessons), (course, lesson) => $"/courses/{course.Slug}/{lesson.Slug}")
            .ToListAsync(Cancellation);
        Assert.Equal(6, await database.Enrollments.CountAsync(Cancellation));
        var led = new HashSet<string>();

        foreach (var lesson in lessons)
        {
            var page = await browser.OpenAsync(lesson);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            var article = page.Document.QuerySelector("article.prose")!;
            Assert.DoesNotContain("{{", article.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("[[", article.TextContent, StringComparison.Ordinal);
            Assert.All(article.QuerySelectorAll(".cite a"), citation => Assert.NotNull(page.Document.GetElementById(citation.GetAttribute("href")![1..])));
            led.UnionWith(article.QuerySelectorAll("img").Select(image => image.GetAttribute("src")!));
            led.UnionWith(article.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).Where(address => address.StartsWith('/')).Select(address => address.Split('#')[0]));
        }

        Assert.True(led.Count >= 51, $"{led.Count} figures and links");
        foreach (var address in led)
        {
            Assert.True((await browser.OpenAsync(address)).Status == HttpStatusCode.OK, address);
        }
    }

    [Fact]
    public async Task The_exam_of_sixty_and_six_opens_after_all_courses_and_a_pass_lasts_until_the_first_part_ends()
    {
        using var data = await DataFolder.WithCurriculumAsync();
        var person = await data.AddPersonAsync(Email);
        await data.EnrolAsync(person, "law");
        var clock = new SetClock(data.Now);
        var (_, refused) = await new StartAttempt(data, new ItemBank(data), clock).RunAsync(person, Exam, Cancellation);
        Assert.Equal(StartRefusal.LessonsUnread, refused!.Reason);
        var prepared = await data.AddPreparedTraineeAsync("prepared@example.org", "law");

        var attempt = await data.StartAndAnswerAsync(prepared, Exam);
        var questions = await data.QuestionsAsync(attempt);
        Assert.Equal((66, 60), (questions.Count, questions.Count(question => question.Row.Item.Scored)));
        await data.SubmitAsync(prepared, attempt);
        await using var portal = await PortalHttp.StartAsync(data);
        using var browser = await portal.SignInAsync("prepared@example.org");
        Assert.Contains("60", (await browser.OpenAsync($"/attempts/{attempt}/result")).Words, StringComparison.Ordinal);

        Assert.Equal(1, await data.At(data.Now).IssueAsync());
        await using var database = data.CreateDbContext();
        var certificate = await database.Certificates.SingleAsync(Cancellation);
        Assert.Equal("Infection control", certificate.EndingPart?.Name);
        Assert.Contains("Infection control", (await browser.OpenAsync("/me/certificates")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_programme_keeps_its_certificates_and_its_passes_when_other_courses_take_the_place_of_its_own()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var certified = await data.AddCertifiedTraineeAsync("certified@example.org", data.Now.AddMonths(-23));
        var passed = await data.AddPreparedTraineeAsync("passed@example.org");
        var attempt = await data.PassAsync(passed, DataFolder.Exam);
        var clock = new SetClock(data.Now);

        Assert.Empty((await new ImportCourses(data, clock).RunAsync(RepositoryFolder.Path("courses"), Cancellation)).Faults);

        var check = await new CheckCertificate(data, clock).RunAsync(Serial.Parse(certified.Serial), Cancellation);
        Assert.Equal((CertificateStatus.Expiring, certified.LastValidDay), (check!.Status, check.LastValidDay));
        Assert.Equal(1, await data.At(data.Now).IssueAsync());
        await using var database = data.CreateDbContext();
        Assert.Equal(2, await database.Certificates.CountAsync(Cancellation));
        Assert.True(await database.Certificates.AnyAsync(row => row.AttemptId == attempt, Cancellation));
        var holder = new Actor(certified.HolderId, new HashSet<string> { Roles.Trainee });
        Assert.Equal("law", (await new StartRenewal(data, clock).RunAsync(holder, Serial.Parse(certified.Serial), Cancellation)).Value);
        Assert.Equal(7, await database.Enrollments.CountAsync(row => row.PersonId == certified.HolderId, Cancellation));
    }

    [Fact]
    public async Task A_question_with_several_right_answers_takes_them_all_and_says_so()
    {
        using var data = await DataFolder.WithCurriculumAsync();
        var person = await data.AddPreparedTraineeAsync(Email, "law");
        await using var portal = await PortalHttp.StartAsync(data);
        using var browser = await portal.SignInAsync(Email);
        var attempt = await data.StartAsync(person, Exam);
        var question = (await data.QuestionsAsync(attempt)).First(row => row.RightPlaces.Count > 1);

        var page = await browser.OpenAsync($"/attempts/{attempt}?q={question.Row.Slot}");
        Assert.Contains(PortalTexts.Of<ExamTexts>("ChooseEvery"), page.Words, StringComparison.Ordinal);
        Assert.Equal(4, page.Document.QuerySelectorAll("input[type=checkbox][name='Input.Answer']").Length);
        var form = page.Form("answer");
        var fields = PortalPage.Fields(form).Where(field => field.Key is not ("Input.Answer" or "Input.Go")).ToList();
        fields.AddRange(question.RightPlaces.Select(place => KeyValuePair.Create("Input.Answer", place.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        fields.Add(KeyValuePair.Create("Input.Go", "finish"));
        await browser.FollowAsync(await browser.PostAsync($"/attempts/{attempt}?q={question.Row.Slot}", fields));

        var saved = (await data.QuestionsAsync(attempt))[question.Row.Slot - 1].Row.Chosen;
        Assert.Equal(string.Join(',', question.RightPlaces), saved);
        Assert.Equal(question.RightPlaces.Count, (await browser.OpenAsync($"/attempts/{attempt}?q={question.Row.Slot}")).Document.QuerySelectorAll("input[name='Input.Answer'][checked]").Length);
    }

    [Theory]
    [InlineData("&ask=toxin&decide=may-18", "CaseSolved")]
    [InlineData("&decide=may-18", "CaseLucky")]
    [InlineData("&ask=filler&decide=may-14", "CaseWrong")]
    [InlineData("&ask=hopes&ask=pregnancy&ask=healing&ask=cold-sores&ask=skin-products&ask=medicines&ask=toxin&decide=may-18", "CaseLucky")] // the seventh is not heard
    public async Task A_consultation_tells_a_right_decision_from_a_lucky_one(string answers, string verdict)
    {
        var (data, portal, browser) = await EnrolledAsync();
        using var _ = data;
        await using var __ = portal;

        var page = await browser.OpenAsync($"/courses/contraindications/working-out-the-day?case=reunion{answers}");

        Assert.Contains(PortalTexts.Of<LearnTexts>(verdict), page.Document.GetElementById("case-reunion")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consultation_tells_nothing_that_was_not_asked()
    {
        var (data, portal, browser) = await EnrolledAsync();
        using var _ = data;
        await using var __ = portal;

        var before = (await browser.OpenAsync("/courses/contraindications/working-out-the-day")).Text;
        var after = (await browser.OpenAsync("/courses/contraindications/working-out-the-day?case=reunion&ask=toxin")).Text;

        Assert.DoesNotContain("it is in my phone", before, StringComparison.Ordinal);
        Assert.Contains("it is in my phone", after, StringComparison.Ordinal);
        Assert.DoesNotContain("This finds the date that decides", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/rules/places?place=US-CA&licence=Upper&depth=0.25", "Scope_No")]
    [InlineData("/rules/places?place=US-UT&licence=Upper&depth=1,5", "Scope_Yes")]
    [InlineData("/rules/places?place=US-UT&licence=Upper&depth=1.5&prescription=true", "Scope_OnlyUnderSupervision")]
    [InlineData("/rules/places?place=other&licence=Upper&depth=0.5", "Scope_Unknown")]
    [InlineData("/rules/places?place=US-UT&licence=Upper&depth=deep", "DepthNotRead")]
    [InlineData("/rules/depth?zone=eyelid&indication=glow&place=US-UT&licence=Upper&device=skinpen&trained=1&supervisor=true", "Refused_ZoneForbidden")]
    [InlineData("/rules/depth?zone=cheek&indication=texture&place=US-UT&licence=Upper&device=skinpen&trained=0.5&supervisor=true", "Decides_Training")]
    [InlineData("/rules/waits?day=2026-11-22&event=isotretinoin&on=", "NoDay")]
    [InlineData("/rules/waits?day=never&event=nothing&on=99999-99-99", "NoDay")]
    public async Task The_rules_answer_in_words(string address, string text)
    {
        var (data, portal, browser) = await EnrolledAsync();
        using var _ = data;
        await using var __ = portal;

        var page = await browser.OpenAsync(address);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(PortalTexts.Of<RulesTexts>(text), page.Document.GetElementById("answer")!.TextContent, StringComparison.Ordinal);
    }
}
