using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Practicals;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Components.Shared;
using TrainingPortal.Web.Pages.Exams;

namespace TrainingPortal.Tests.Pages;

/// <summary>The pass screen, the person's own page and the course's page show the certificate or the exact part that is missing.</summary>
public class MissingPartTests
{
    private const string Email = "missing@example.org";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task A_pass_without_the_practical_names_it_and_the_sign_off_brings_the_certificate(string language)
    {
        using var data = await DataFolder.WithCoursesAsync();
        var practical = await AskForPracticalAsync(data);
        var person = await data.AddPreparedTraineeAsync(Email);
        var attempt = await data.PassAsync(person, DataFolder.Exam);
        await data.IssueAsync();
        await using var portal = await PortalHttp.StartAsync(data, "Jobs:Enabled=false");
        using var visitor = portal.Visit(language);
        await visitor.SignInAsync(Email);

        foreach (var address in new[] { $"/attempts/{attempt}/result", "/me", $"/courses/{DataFolder.Course}" })
        {
            var page = await visitor.OpenAsync(address);
            Assert.Contains(PortalTexts.Of<RequirementTexts>("WayPractical", language), page.Words, StringComparison.Ordinal);
            Assert.Contains(page.Document.QuerySelectorAll("main a[href='/me/practicals']"), link => link.TextContent == practical.Title);
        }

        var result = await visitor.OpenAsync($"/attempts/{attempt}/result");
        Assert.DoesNotContain(PortalTexts.Of<ExamTexts>("CertificateInTheMaking", language), result.Words, StringComparison.Ordinal);

        await SignOffAsync(data, practical, person);
        Assert.Equal(1, await data.IssueAsync());

        Assert.Contains(PortalTexts.Of<ExamTexts>("OpenCertificate", language), (await visitor.OpenAsync($"/attempts/{attempt}/result")).Words, StringComparison.Ordinal);
        Assert.DoesNotContain(PortalTexts.Of<RequirementTexts>("WhatIsMissing", language), (await visitor.OpenAsync("/me")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_practical_without_the_exam_leads_to_the_exam_and_a_course_to_its_checks()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var practical = await AskForPracticalAsync(data);
        var person = await data.AddPersonAsync(Email);
        await data.EnrolAsync(person);
        await SignOffAsync(data, practical, person);
        await using var portal = await PortalHttp.StartAsync(data, "Jobs:Enabled=false");
        using var visitor = await portal.SignInAsync(Email);

        Assert.Single((await visitor.OpenAsync("/me")).Document.QuerySelectorAll($"main a[href='/exams/{DataFolder.Exam}']"));

        await using (var database = data.CreateDbContext())
        {
            var programme = await database.Programmes.SingleAsync(Cancellation);
            (programme.Exams, programme.OwnCourses) = ([], [DataFolder.Course]);
            await database.SaveChangesAsync(Cancellation);
        }

        var page = await visitor.OpenAsync("/me");
        await using var after = data.CreateDbContext();
        foreach (var check in await after.Quizzes.Where(quiz => quiz.Kind == QuizKind.Check).Select(quiz => quiz.Slug).ToListAsync(Cancellation))
        {
            Assert.Single(page.Document.QuerySelectorAll($"main a[href='/exams/{check}']"));
        }
    }

    private static async Task<Practical> AskForPracticalAsync(DataFolder data)
    {
        await using var database = data.CreateDbContext();
        var course = await database.Courses.SingleAsync(row => row.Slug == DataFolder.Course, Cancellation);
        var practical = new Practical { Id = Guid.NewGuid(), Slug = "pad", CourseId = course.Id, Title = "Technique on a pad", Setup = "A pad.", PassPercent = 80 };
        database.Practicals.Add(practical);
        (await database.Programmes.SingleAsync(Cancellation)).Practicals = ["pad"];
        await database.SaveChangesAsync(Cancellation);
        return practical;
    }

    private static async Task SignOffAsync(DataFolder data, Practical practical, Actor candidate)
    {
        var assessor = await data.AddPersonAsync("assessor@example.org", Roles.Assessor);
        await using var database = data.CreateDbContext();
        var marking = new PracticalMarking(practical, candidate.PersonId, assessor.PersonId, 1, data.Now);
        marking.SignOff(data.Now);
        database.PracticalMarkings.Add(marking);
        await database.SaveChangesAsync(Cancellation);
    }
}
