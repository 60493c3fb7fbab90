using System.Net;
using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Practicals;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>Practicals as their pages show them, without script.</summary>
public class PracticalTests(SharedPortal shared)
{
    private const string Practical = "/teach/practicals/clean-hands";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_assessor_marks_step_by_step_signs_and_the_candidate_reads_what_was_missed()
    {
        var (portal, assessor, candidate, person) = await SchoolAsync();
        using var browser = await portal.SignInAsync(assessor);
        using var learner = await portal.SignInAsync(candidate);
        Assert.Contains(T("NotMarkedYet"), (await learner.OpenAsync("/me")).Words, StringComparison.Ordinal);

        var first = await browser.SubmitAsync(await browser.OpenAsync(Practical), "start", ("Start.Candidate", $"{person}"));
        Assert.Equal(string.Format(null, T("StepOf"), 1, 4), first.Heading);
        Assert.Contains(T("CriticalText"), first.Words, StringComparison.Ordinal);
        Assert.NotNull(first.Document.QuerySelector("exam-clock[data-seconds]"));
        var second = await browser.SubmitAsync(first, "mark", ("Input.Verdict", "Done"));
        Assert.Equal(string.Format(null, T("StepOf"), 2, 4), second.Heading);

        // Back to the first page, which the browser still shows: the same tap again changes nothing, another one is told.
        Assert.EndsWith("?step=2", (await browser.SubmitAsync(first, "mark", ("Input.Verdict", "Done"))).Address, StringComparison.Ordinal);
        var stale = await browser.SubmitAsync(first, "mark", ("Input.Verdict", "NotDone"), ("Input.Note", "Too short."));
        Assert.Contains(PortalTexts.Of<RefusalTexts>("SaveMarkRefusal_StalePage"), stale.Words, StringComparison.Ordinal);
        Assert.Equal("Too short.", stale.Document.QuerySelector("#note")!.TextContent);

        var third = await browser.SubmitAsync(second, "mark", ("Input.Verdict", "NotSeen"), ("Input.Note", "Stood in the way."));
        var signOff = await browser.SubmitAsync(third, "mark", ("Input.Go", "finish"));
        Assert.Equal(["3", "4"], signOff.Document.QuerySelectorAll(".cluster .overview-item").Select(link => link.LastChild!.TextContent));
        Assert.Contains(PortalTexts.Of<RefusalTexts>("SignOffRefusal_StepsOpen"), (await browser.SubmitAsync(signOff, "sign", ("Sign.Stated", "true"))).Words, StringComparison.Ordinal);
        var fourth = await browser.SubmitAsync(third, "mark", ("Input.Verdict", "Done"));
        var last = await browser.SubmitAsync(fourth, "mark", ("Input.Verdict", "NotDone"));
        Assert.Contains(T("WouldFail"), last.Words, StringComparison.Ordinal);
        Assert.Contains(PortalTexts.Of<RefusalTexts>("SignOffRefusal_NotStated"), (await browser.SubmitAsync(last, "sign")).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Stood in the way.", (await learner.OpenAsync("/me/practicals")).Words, StringComparison.Ordinal);

        var sheet = await browser.SubmitAsync(last, "sign", ("Sign.Stated", "true"));
        Assert.EndsWith("/sheet", sheet.Address, StringComparison.Ordinal);
        Assert.Contains(T("Marking_Failed"), sheet.Words, StringComparison.Ordinal);
        var late = await browser.SubmitAsync(fourth, "mark", ("Input.Verdict", "Done"));
        Assert.Contains(T("LateText"), late.Words, StringComparison.Ordinal);
        Assert.EndsWith("/sheet", (await browser.OpenAsync(first.Address)).Address, StringComparison.Ordinal);

        var own = await learner.OpenAsync("/me/practicals");
        Assert.Contains("Releases the cartridge straight into the sharps box.", own.Document.QuerySelector("article ul li")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Stood in the way.", own.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await learner.GetAsync(sheet.Address)).Status);
    }

    [Fact]
    public async Task Two_assessors_mark_along_and_the_figures_come_as_a_file()
    {
        var (portal, assessor, candidate, person) = await SchoolAsync();
        var colleague = await ColleagueAsync(portal, assessor);
        using var one = await portal.SignInAsync(assessor);
        using var other = await portal.SignInAsync(colleague);
        var first = await one.SubmitAsync(await one.OpenAsync(Practical), "start", ("Start.Candidate", $"{person}"));
        Assert.Contains(T("SecondWanted"), first.Words, StringComparison.Ordinal);

        var desk = await other.OpenAsync("/teach/practicals");
        var ask = desk.Form("second").QuerySelector("button[name='Second.First']")!.GetAttribute("value");
        var second = await other.SubmitAsync(desk, "second", ("Second.First", ask));
        Assert.Contains(T("YouAreSecond"), second.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/teach/markings/{ask}")).Status);
        var firstSheet = await DoneAsync(one, first, "Done");
        await DoneAsync(other, second, "NotDone");

        Assert.Contains(T("Marking_Passed"), firstSheet.Words, StringComparison.Ordinal);
        var report = await one.OpenAsync($"{Practical}/agreement");
        Assert.Contains(string.Format(null, T("DisagreementsTitle"), 1), report.Words, StringComparison.Ordinal);
        Assert.Equal(4, report.Document.QuerySelectorAll("tbody tr").Length);
        Assert.All(report.Document.QuerySelectorAll("tbody tr"), row => Assert.Contains(string.Format(null, T("TooFewPairs"), 20), row.TextContent, StringComparison.Ordinal));
        var file = await one.GetAsync($"{Practical}/agreement.csv");
        Assert.Equal(("text/csv", 5), (file.MediaType, file.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Equal(HttpStatusCode.NotFound, (await one.GetAsync("/teach/practicals/nothing/agreement.csv")).Status);
        using var learner = await portal.SignInAsync(candidate);
        Assert.Equal(HttpStatusCode.NotFound, (await learner.GetAsync($"{Practical}/agreement.csv")).Status);
    }

    [Fact]
    public async Task Broken_off_with_a_reason_it_stays_on_record()
    {
        var (portal, assessor, candidate, person) = await SchoolAsync();
        using var browser = await portal.SignInAsync(assessor);
        await browser.SubmitAsync(await browser.OpenAsync(Practical), "start", ("Start.Candidate", $"{person}"));
        var record = await browser.OpenAsync($"/teach/practicals/candidates/{person}");
        Assert.NotNull((await browser.SubmitAsync(record, "break-off", ("Break.Reason", "no"))).Document.QuerySelector("#break-reason-error"));

        var after = await browser.SubmitAsync(record, "break-off", ("Break.Reason", "The power failed."));

        Assert.Contains(T("Marking_BrokenOff"), after.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(after.Posts, form => PortalPage.NameOf(form) == "break-off");
        using var learner = await portal.SignInAsync(candidate);
        Assert.Contains("The power failed.", (await learner.OpenAsync("/me/practicals")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assessor_finds_the_way_from_the_top_of_the_page_and_a_trainee_has_none()
    {
        var (portal, assessor, candidate, _) = await SchoolAsync();
        using var browser = await portal.SignInAsync(assessor);
        using var learner = await portal.SignInAsync(candidate);

        Assert.NotNull((await browser.OpenAsync("/me")).Document.QuerySelector(".site-nav a[href='/teach/practicals']"));
        Assert.Null((await learner.OpenAsync("/me")).Document.QuerySelector(".site-nav a[href='/teach/practicals']"));
    }

    private static string T(string key) => PortalTexts.Of<PracticalTexts>(key);

    private static async Task<PortalPage> DoneAsync(PortalVisitor browser, PortalPage page, string verdict)
    {
        foreach (var _ in Enumerable.Range(1, 4))
        {
            page = await browser.SubmitAsync(page, "mark", ("Input.Verdict", verdict));
        }

        return await browser.SubmitAsync(page, "sign", ("Sign.Stated", "true"));
    }

    // A school of their own, so that nobody else's people are in the lists.
    private async Task<(PortalHttp Portal, string Assessor, string Candidate, Guid Person)> SchoolAsync()
    {
        var portal = await shared.GetAsync();
        var (assessor, candidate) = ($"{Guid.NewGuid():N}@example.org", $"{Guid.NewGuid():N}@example.org");
        var (marks, learns) = (await portal.Data.AddPersonAsync(assessor, Roles.Assessor), await portal.Data.AddPersonAsync(candidate));
        await portal.Data.EnrolAsync(learns);
        await using var database = portal.Data.CreateDbContext();
        var organisation = new Organisation($"School {Guid.NewGuid():N}", portal.Data.Now);
        var cohort = new Cohort(organisation.Id, "Spring", await CohortPeople.ProgrammeAsync(portal.Data), marks.PersonId, null, portal.Data.Now);
        database.Organisations.Add(organisation);
        database.OrganisationMembers.Add(new OrganisationMember { OrganisationId = organisation.Id, PersonId = marks.PersonId, Since = portal.Data.Now });
        database.Cohorts.Add(cohort);
        database.CohortMembers.Add(new CohortMember { CohortId = cohort.Id, PersonId = learns.PersonId, JoinedAt = portal.Data.Now });
        await database.SaveChangesAsync(Cancellation);
        return (portal, assessor, candidate, learns.PersonId);
    }

    private static async Task<string> ColleagueAsync(PortalHttp portal, string assessor)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        var person = await portal.Data.AddPersonAsync(email, Roles.Assessor);
        await using var database = portal.Data.CreateDbContext();
        var normalized = Invitation.Normalize(assessor);
        var organisation = database.OrganisationMembers.Where(member => database.Users.Any(user => user.Id == member.PersonId && user.NormalizedEmail == normalized)).Select(member => member.OrganisationId).Single();
        database.OrganisationMembers.Add(new OrganisationMember { OrganisationId = organisation, PersonId = person.PersonId, Since = portal.Data.Now });
        await database.SaveChangesAsync(Cancellation);
        return email;
    }
}
