using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Exams;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>Pages that were open while the same thing was done elsewhere: their buttons end in words, and nothing is done twice.</summary>
public class OldTabTests(SharedPortal shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enrol_pressed_again_leads_to_the_course()
    {
        var portal = await shared.GetAsync();
        var person = await portal.Data.AddPersonAsync($"{Guid.NewGuid():N}@example.org");
        using var browser = await SignInAsync(portal, person.PersonId);
        var page = await browser.OpenAsync($"/courses/{DataFolder.Course}");
        await browser.SubmitAsync(page, "enrol");

        var again = await browser.SubmitAsync(page, "enrol");

        AssertWords(again);
        await using var database = portal.Data.CreateDbContext();
        Assert.Equal(1, await database.Enrollments.CountAsync(row => row.PersonId == person.PersonId, Cancellation));
    }

    [Fact]
    public async Task Start_pressed_when_it_is_no_longer_allowed_says_why()
    {
        var portal = await shared.GetAsync();
        var person = await portal.Data.AddPreparedTraineeAsync($"{Guid.NewGuid():N}@example.org");
        using var browser = await SignInAsync(portal, person.PersonId);
        var entry = await browser.OpenAsync($"/exams/{DataFolder.Exam}");
        await portal.Data.SubmitAsync(person, await portal.Data.StartAsync(person, DataFolder.Exam));

        var refused = await browser.SubmitAsync(entry, "start");

        AssertWords(refused);
        Assert.Contains(PortalTexts.Of<RefusalTexts>("StartRefusal_WaitAfterFailure"), refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_sent_after_handing_in_leads_to_the_result()
    {
        var portal = await shared.GetAsync();
        var person = await portal.Data.AddPreparedTraineeAsync($"{Guid.NewGuid():N}@example.org");
        using var browser = await SignInAsync(portal, person.PersonId);
        var question = await browser.StartAsync("depth-check");
        var finish = await browser.OpenAsync($"{question.Address}/finish");
        await browser.HandInAsync(question.Address);

        var answered = await browser.AnswerAsync(question, question.Document.QuerySelector("label.choice")!.TextContent.Trim());
        var looked = await browser.OpenAsync(finish.Address);

        Assert.All([answered, looked], page =>
        {
            AssertWords(page);
            Assert.Equal(PortalTexts.Of<ExamTexts>("NotYetPassed"), page.Heading);
        });
    }

    [Fact]
    public async Task A_lesson_marked_as_read_again_goes_on()
    {
        var portal = await shared.GetAsync();
        var person = await portal.Data.AddPersonAsync($"{Guid.NewGuid():N}@example.org");
        await portal.Data.EnrolAsync(person);
        using var browser = await SignInAsync(portal, person.PersonId);
        var course = await browser.OpenAsync($"/courses/{DataFolder.Course}");
        var lesson = await browser.OpenAsync(course.Document.QuerySelector(".step a")!.GetAttribute("href")!);

        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.SubmitAsync(lesson, "read")));

        Assert.All(pages, AssertWords);
        await using var database = portal.Data.CreateDbContext();
        Assert.Equal(1, await database.LessonsRead.CountAsync(read => database.Enrollments.Any(row => row.Id == read.EnrollmentId && row.PersonId == person.PersonId), Cancellation));
    }

    [Fact]
    public async Task A_lesson_of_a_course_that_one_is_not_on_leads_to_the_course()
    {
        var portal = await shared.GetAsync();
        var enrolled = await portal.Data.AddPersonAsync($"{Guid.NewGuid():N}@example.org");
        await portal.Data.EnrolAsync(enrolled);
        using var inside = await SignInAsync(portal, enrolled.PersonId);
        var address = (await inside.OpenAsync($"/courses/{DataFolder.Course}")).Document.QuerySelector(".step a")!.GetAttribute("href")!;
        var lesson = await inside.OpenAsync(address);
        var person = await portal.Data.AddPersonAsync($"{Guid.NewGuid():N}@example.org");
        using var browser = await SignInAsync(portal, person.PersonId);
        var token = (await browser.OpenAsync("/me")).Document.QuerySelector($"input[name={PortalVisitor.TokenField}]")!.GetAttribute("value");

        Assert.Equal($"/courses/{DataFolder.Course}", (await browser.OpenAsync(address)).Address);
        AssertWords(await browser.FollowAsync(await browser.PostAsync(lesson, lesson.Form("read"), (PortalVisitor.TokenField, token))));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/courses/{DataFolder.Course}/no-such-lesson")).Status);
    }

    [Fact]
    public async Task Sign_in_and_register_lead_on_whoever_is_signed_in_already()
    {
        var portal = await shared.GetAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        await portal.Data.AddPersonAsync(email);
        using var browser = await portal.SignInAsync(email);

        Assert.Equal("/me", (await browser.OpenAsync("/account/sign-in")).Address);
        Assert.Equal("/me", (await browser.OpenAsync("/account/register")).Address);
    }

    private static void AssertWords(PortalPage page) =>
        Assert.True(page is { Status: HttpStatusCode.OK, IsPage: true } && page.Heading.Length > 0, $"{page.Address}: {page.Status} {page.MediaType} {page.Text}");

    private static async Task<PortalVisitor> SignInAsync(PortalHttp portal, Guid person)
    {
        await using var database = portal.Data.CreateDbContext();
        return await portal.SignInAsync((await database.Users.SingleAsync(row => row.Id == person, Cancellation)).Email!);
    }
}
