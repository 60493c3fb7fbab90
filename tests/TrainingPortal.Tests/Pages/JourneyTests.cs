using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Exams;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>The whole way of a trainee, with scripting off and the jobs running, from enrolling to a certificate that an employer checks.</summary>
public class JourneyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_enrolling_to_a_certificate_in_seconds_after_the_pass()
    {
        await using var portal = await PortalHttp.StartAsync("--Jobs:Enabled=true");
        await portal.Data.AddPersonAsync("ana@example.org");
        using var browser = await portal.SignInAsync("ana@example.org");

        await browser.EnrolAsync(DataFolder.Course);
        var locked = await browser.OpenAsync($"/exams/{DataFolder.Exam}");
        Assert.Contains(PortalTexts.Of<RefusalTexts>("StartRefusal_LessonsUnread"), locked.Words, StringComparison.Ordinal);
        await browser.ReadEveryLessonAsync(DataFolder.Course);
        foreach (var check in new[] { "depth-check", "hygiene-check", "contraindications-check" })
        {
            var review = await SitAsync(portal, browser, check);
            Assert.Equal(PortalTexts.Of<ExamTexts>("Passed"), review.Heading);
            Assert.Contains(PortalTexts.Of<ExamTexts>("Review"), review.Words, StringComparison.Ordinal);
        }

        var result = await SitAsync(portal, browser, DataFolder.Exam);

        Assert.Equal(PortalTexts.Of<ExamTexts>("Passed"), result.Heading);
        Assert.DoesNotContain(PortalTexts.Of<ExamTexts>("Review"), result.Words, StringComparison.Ordinal);
        var certificate = result.Document.QuerySelector("a[href^='/me/certificates/']")!.GetAttribute("href")!;
        var serial = certificate.Split('/')[^1];
        Assert.True(Serial.TryParse(serial, out _));
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(certificate)).Status);
        using var employer = portal.Visit();
        var check1 = await employer.OpenAsync($"/verify?serial={serial.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)}");
        Assert.Equal((HttpStatusCode.OK, $"/verify/{serial}"), (check1.Status, check1.Address));
        Assert.Contains("Ana Lucía Peña", check1.Words, StringComparison.Ordinal);
        await Until.TrueAsync(() => portal.Data.Mails.Count == 1, () => $"{portal.Data.Mails.Count} mails");
        Assert.Contains("To: ana@example.org", await File.ReadAllTextAsync(portal.Data.Mails[0], Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_critical_question_wrong_fails_the_exam_names_what_to_learn_and_shows_no_answer()
    {
        await using var portal = await PortalHttp.StartAsync();
        await portal.Data.AddPreparedTraineeAsync("ben@example.org");
        await using var database = portal.Data.CreateDbContext();
        await database.ItemVersions.ExecuteUpdateAsync(update => update.SetProperty(version => version.Critical, true), Cancellation);
        using var browser = await portal.SignInAsync("ben@example.org");

        var page = await browser.StartAsync(DataFolder.Exam);
        var attempt = page.Address;
        var questions = await portal.Data.QuestionsAsync(Guid.Parse(attempt.Split('/')[2]));
        var missed = questions[7];
        foreach (var question in questions)
        {
            var place = question == missed ? question.WrongPlace : question.RightPlace;
            page = await browser.AnswerAsync(await browser.OpenAsync($"{attempt}?q={question.Row.Slot}"), question.Version.Options[question.Row.OptionOrder[place]].Text);
        }

        var result = await browser.HandInAsync(attempt);

        Assert.Equal(PortalTexts.Of<ExamTexts>("NotYetPassed"), result.Heading);
        Assert.Contains(missed.Version.Objective, result.Words, StringComparison.Ordinal);
        Assert.All(questions.SelectMany(question => question.Version.Options), option => Assert.DoesNotContain(option.Why, result.Words, StringComparison.Ordinal));
        Assert.All(questions, question => Assert.DoesNotContain(question.Version.Stem, result.Words, StringComparison.Ordinal));
        Assert.False(await database.Attempts.AnyAsync(row => row.AwaitsAward, Cancellation));
        var entry = await browser.OpenAsync($"/exams/{DataFolder.Exam}");
        Assert.Contains(PortalTexts.Of<RefusalTexts>("StartRefusal_WaitAfterFailure"), entry.Words, StringComparison.Ordinal);
    }

    // Answers every question right, as its page comes, and hands in.
    private static async Task<PortalPage> SitAsync(PortalHttp portal, PortalVisitor browser, string quiz)
    {
        var page = await browser.StartAsync(quiz);
        var attempt = page.Address;
        foreach (var question in await portal.Data.QuestionsAsync(Guid.Parse(attempt.Split('/')[2])))
        {
            page = await browser.AnswerAsync(page, question.RightText);
        }

        Assert.Equal($"{attempt}/finish", page.Address);
        return await browser.HandInAsync(attempt);
    }
}
