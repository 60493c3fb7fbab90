using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Cohorts;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Account;
using TrainingPortal.Web.Pages.Cohorts;
using TrainingPortal.Web.Pages.People;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Pages;

/// <summary>People, organisations, cohorts and invitations, as their pages show them, without script.</summary>
public partial class PeoplePageTests(SharedPortal shared)
{
    private const string GoodPassword = "calm-hands-steady-pen";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invited_instructor_makes_a_cohort_invites_by_file_and_sees_who_joined()
    {
        var portal = await shared.GetAsync();
        var (chief, teacher, trainee) = (NewAddress(), NewAddress(), NewAddress());
        await portal.Data.AddPersonAsync(chief, Roles.Administrator);
        using var administrator = await portal.SignInAsync(chief);
        var name = $"School {Guid.NewGuid():N}";
        await administrator.SubmitAsync(await administrator.OpenAsync("/admin/organisations"), "add-organisation", ("Input.Name", name));
        var form = await administrator.OpenAsync("/admin/people/invite");
        var organisation = form.Document.QuerySelectorAll("#organisation option").Single(option => option.TextContent == name).GetAttribute("value");
        var sent = await administrator.SubmitAsync(form, "invite-person", ("Input.Email", teacher), ("Input.Roles", Roles.Instructor), ("Input.Organisation", organisation));
        Assert.Contains(PortalTexts.Of<PeopleTexts>("Done_sent"), sent.Words, StringComparison.Ordinal);
        Assert.Contains(teacher, sent.Words, StringComparison.Ordinal);

        // The instructor sets name and password, and is signed in with the role at once.
        using var instructor = portal.Visit();
        var landed = await instructor.SubmitAsync(await instructor.OpenAsync(await LinkToAsync(portal, teacher)), "accept-invitation", ("Input.Name", "Ines Roth"), ("Input.Password", GoodPassword));
        Assert.Equal("/me", landed.Address);
        var empty = await instructor.OpenAsync("/teach/cohorts");
        Assert.Contains(PortalTexts.Of<CohortTexts>("NoCohortsText"), empty.Words, StringComparison.Ordinal);
        var made = await instructor.SubmitAsync(await instructor.OpenAsync("/teach/cohorts/new"), "make-cohort", ("Input.Name", "Spring intake"));
        Assert.Equal(("Spring intake", HttpStatusCode.OK), (made.Heading, made.Status));
        var cohort = made.Address.Split('?')[0];

        // The file: all rows are shown before anything is saved.
        var invite = await instructor.OpenAsync($"{cohort}/invite");
        var preview = await UploadAsync(instructor, invite, $"\uFEFFemail;name\r\n{trainee};\"Peña; Ana\"\r\nnobody;Nobody\r\n{trainee.ToUpperInvariant()};Again\r\nx@example.org;=1+1\r\n");
        Assert.Equal(PortalTexts.Of<CohortTexts>("CheckTheList"), preview.Heading);
        Assert.Equal(
            [("Line 3", "AddressNotValid"), ("Line 4", "Duplicate"), ("Line 5", "FormulaLike")],
            preview.Document.QuerySelectorAll("[aria-labelledby=left-out] tbody tr").Select(row => (row.QuerySelector("th")!.TextContent, Verdict(row.QuerySelector("td:last-child")!.TextContent))));
        Assert.Equal(0, await MailsAsync(portal, trainee));
        var roster = await instructor.SubmitAsync(preview, "send-invitations");
        Assert.StartsWith(cohort, roster.Address, StringComparison.Ordinal);
        Assert.Contains(PortalTexts.Of<CohortTexts>("InvitedOne"), roster.Words, StringComparison.Ordinal);
        Assert.Equal(1, await MailsAsync(portal, trainee));

        // Sent once more, the same form invites nobody again, and says so.
        var again = await instructor.SubmitAsync(preview, "send-invitations");
        Assert.Contains(PortalTexts.Of<RefusalTexts>($"InviteToCohortRefusal_{InviteToCohortRefusal.NobodyToInvite}"), again.Words, StringComparison.Ordinal);
        Assert.Equal(1, await MailsAsync(portal, trainee));

        using var learner = portal.Visit();
        var course = await learner.SubmitAsync(await learner.OpenAsync(await LinkToAsync(portal, trainee)), "accept-invitation", ("Input.Password", GoodPassword));
        Assert.Equal($"/courses/{DataFolder.Course}", course.Address);
        Assert.Equal(HttpStatusCode.NotFound, (await learner.GetAsync(cohort)).Status);
        Assert.Equal("Peña; Ana", await NameOfAsync(portal, trainee));
        var waiting = await instructor.OpenAsync(cohort);
        Assert.Contains(PortalTexts.Of<CohortTexts>("Standing_NotStarted"), waiting.Document.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);

        await learner.SubmitAsync(await learner.OpenAsync(course.Document.QuerySelector($".step a[href^='/courses/{DataFolder.Course}/']")!.GetAttribute("href")!), "read");
        var started = await instructor.OpenAsync($"{cohort}?show={Standing.Started}");
        Assert.Contains("Peña; Ana", started.Document.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(PortalTexts.Of<CohortTexts>("NobodyHereText"), (await instructor.OpenAsync($"{cohort}?show={Standing.Stuck}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_forms_of_a_cohort_are_not_there_for_another_organisation()
    {
        // A portal of its own, since it looks at the whole database before and after.
        await using var portal = await PortalHttp.StartAsync();
        var (own, other) = (await CohortAsync(portal), await CohortAsync(portal));
        using var insider = await portal.SignInAsync(own.Instructor);
        using var stranger = await portal.SignInAsync(other.Instructor);
        var token = (await stranger.OpenAsync("/teach")).Document.QuerySelector($"input[name={PortalVisitor.TokenField}]")!.GetAttribute("value");
        var before = await portal.Data.FingerprintAsync();

        Assert.DoesNotContain(own.Cohort.ToString(), (await stranger.OpenAsync("/teach/cohorts")).Text, StringComparison.Ordinal);
        foreach (var address in new[] { $"/teach/cohorts/{own.Cohort}", $"/teach/cohorts/{own.Cohort}?show=Invited", $"/teach/cohorts/{own.Cohort}/invite" })
        {
            var page = await insider.OpenAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(address)).Status);
            foreach (var form in page.Posts.Where(form => form.GetAttribute("action") is null))
            {
                var answer = await stranger.PostAsync(page, form, (PortalVisitor.TokenField, token), ("Change.Withdraw", own.Invitation.ToString()), ("Send.People", "x@example.org"), ("Input.Addresses", "x@example.org"));
                Assert.True(answer.Status == HttpStatusCode.NotFound, $"{PortalPage.NameOf(form)} on {address} answers {answer.Status}");
            }
        }

        // By their own cohort's page, with the number of somebody else's invitation.
        var mine = await stranger.OpenAsync($"/teach/cohorts/{other.Cohort}");
        var refused = await stranger.SubmitAsync(mine, "cohort-invitations", ("Change.Withdraw", own.Invitation.ToString()));
        Assert.Contains(PortalTexts.Of<RefusalTexts>($"InvitationRefusal_{InvitationRefusal.NotFound}"), refused.Words, StringComparison.Ordinal);
        Assert.Equal(before, await portal.Data.FingerprintAsync());
    }

    [Theory]
    [InlineData("email,name\n", InvitationListRefusal.Empty)]
    [InlineData("who,what\nAna,1\n", InvitationListRefusal.NoEmailColumn)]
    public async Task A_file_that_is_not_read_says_what_to_do(string file, InvitationListRefusal refusal)
    {
        var portal = await shared.GetAsync();
        var own = await CohortAsync(portal);
        using var instructor = await portal.SignInAsync(own.Instructor);

        var page = await UploadAsync(instructor, await instructor.OpenAsync($"/teach/cohorts/{own.Cohort}/invite"), file);

        Assert.Contains(PortalTexts.Of<RefusalTexts>($"InvitationListRefusal_{refusal}"), page.Words, StringComparison.Ordinal);
        Assert.Equal("file", Assert.Single(page.Document.QuerySelectorAll("[aria-invalid=true]")).Id);
    }

    [Fact]
    public async Task An_upload_over_the_limits_is_refused_in_words()
    {
        var portal = await shared.GetAsync();
        var own = await CohortAsync(portal);
        using var instructor = await portal.SignInAsync(own.Instructor);
        var form = await instructor.OpenAsync($"/teach/cohorts/{own.Cohort}/invite");

        var rows = await UploadAsync(instructor, form, "email\n" + string.Concat(Enumerable.Range(1, 501).Select(number => $"p{number}@example.org\n")));
        var bytes = await UploadAsync(instructor, form, new string('x', 3 * InvitationList.MostBytes));

        Assert.Contains(PortalTexts.Of<RefusalTexts>($"InvitationListRefusal_{InvitationListRefusal.TooManyRows}"), rows.Words, StringComparison.Ordinal);
        Assert.Contains(PortalTexts.Of<RefusalTexts>($"InvitationListRefusal_{InvitationListRefusal.TooLarge}"), bytes.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_list_goes_through_the_preview_and_is_sent()
    {
        var portal = await shared.GetAsync();
        var own = await CohortAsync(portal);
        using var instructor = await portal.SignInAsync(own.Instructor);
        var long100 = new string('ñ', 100);
        var unique = Guid.NewGuid().ToString("N");

        var preview = await UploadAsync(instructor, await instructor.OpenAsync($"/teach/cohorts/{own.Cohort}/invite"), "email,name\n" + string.Concat(Enumerable.Range(1, 500).Select(number => $"p{number}-{unique}@example.org,{long100}\n")));
        var roster = await instructor.SubmitAsync(preview, "send-invitations");

        Assert.Contains("500", roster.Document.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        await using var database = portal.Data.CreateDbContext();
        Assert.Equal(501, await database.Invitations.CountAsync(row => row.CohortId == own.Cohort, Cancellation));
    }

    [Fact]
    public async Task A_used_and_an_unknown_link_say_each_in_a_sentence_what_to_do()
    {
        var portal = await shared.GetAsync();
        var own = await CohortAsync(portal);
        var link = await LinkToAsync(portal, own.Invited);
        using var visitor = portal.Visit();
        using var elsewhere = portal.Visit();
        var form = await visitor.OpenAsync(link);
        await visitor.SubmitAsync(form, "accept-invitation", ("Input.Name", "Ana"), ("Input.Password", GoodPassword));

        var used = await elsewhere.OpenAsync(link);
        var unknown = await elsewhere.OpenAsync("/account/invitation/there-is-none");
        var twice = await elsewhere.SubmitAsync(await elsewhere.OpenAsync(link), "accept-invitation", ("Input.Name", "Eve"), ("Input.Password", GoodPassword));

        Assert.Contains(PortalTexts.Of<RefusalTexts>($"AcceptInvitationRefusal_{AcceptInvitationRefusal.Used}"), used.Words, StringComparison.Ordinal);
        Assert.Contains(PortalTexts.Of<RefusalTexts>($"AcceptInvitationRefusal_{AcceptInvitationRefusal.Unknown}"), unknown.Words, StringComparison.Ordinal);
        Assert.Contains(PortalTexts.Of<RefusalTexts>($"AcceptInvitationRefusal_{AcceptInvitationRefusal.Used}"), twice.Words, StringComparison.Ordinal);
        Assert.Equal("Ana", await NameOfAsync(portal, own.Invited));
    }

    [Fact]
    public async Task Who_has_an_account_is_led_to_sign_in_and_back_and_who_is_somebody_else_is_told()
    {
        var portal = await shared.GetAsync();
        var (known, own) = (NewAddress(), await CohortAsync(portal));
        await portal.Data.AddPersonAsync(known);
        using var instructor = await portal.SignInAsync(own.Instructor);
        var preview = await instructor.SubmitAsync(await instructor.OpenAsync($"/teach/cohorts/{own.Cohort}/invite"), "check-invitations", ("Input.Addresses", known));
        await instructor.SubmitAsync(preview, "send-invitations");
        var link = await LinkToAsync(portal, known);

        Assert.Contains(PortalTexts.Of<RefusalTexts>($"AcceptInvitationRefusal_{AcceptInvitationRefusal.OtherAddress}"), (await instructor.OpenAsync(link)).Words, StringComparison.Ordinal);
        using var person = portal.Visit();
        var page = await person.OpenAsync(link);
        var signIn = await person.OpenAsync(page.Document.QuerySelector(".actions a.button")!.GetAttribute("href")!);
        var back = await person.SubmitAsync(signIn, "sign-in", ("Input.Email", known), ("Input.Password", DataFolder.Password));
        Assert.Equal(link, back.Address);

        Assert.Equal($"/courses/{DataFolder.Course}", (await person.SubmitAsync(back, "accept-invitation")).Address);
    }

    [Fact]
    public async Task An_administrator_gives_and_takes_roles_and_keeps_their_own()
    {
        var portal = await shared.GetAsync();
        var (chief, person) = (NewAddress(), NewAddress());
        var own = await portal.Data.AddPersonAsync(chief, Roles.Administrator);
        var other = await portal.Data.AddPersonAsync(person);
        await portal.Data.AddPersonAsync(NewAddress(), Roles.Administrator);
        using var administrator = await portal.SignInAsync(chief);
        var found = await administrator.OpenAsync($"/admin/people?search={person}");
        Assert.Equal($"/admin/people/{other.PersonId}", found.Document.QuerySelector("tbody th a")!.GetAttribute("href"));
        var page = await administrator.OpenAsync($"/admin/people/{other.PersonId}");

        var given = await administrator.SubmitAsync(page, "roles", ("Role.Give", Roles.Instructor));
        Assert.Contains(PortalTexts.Of<PeopleTexts>("SavedRole"), given.Words, StringComparison.Ordinal);
        using var instructor = await portal.SignInAsync(person);
        Assert.Equal(HttpStatusCode.OK, (await instructor.GetAsync("/teach/cohorts")).Status);
        var kept = await administrator.SubmitAsync(await administrator.OpenAsync($"/admin/people/{own.PersonId}"), "roles", ("Role.Take", Roles.Administrator));
        Assert.Contains(PortalTexts.Of<RefusalTexts>($"ChangeRoleRefusal_{ChangeRoleRefusal.OwnAdministratorRole}"), kept.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync($"/admin/people/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task In_Spanish_the_pages_and_the_mail_are_Spanish()
    {
        var portal = await shared.GetAsync();
        var own = await CohortAsync(portal);
        using var instructor = portal.Visit("es");
        await instructor.SignInAsync(own.Instructor);
        var address = NewAddress();
        var form = await instructor.OpenAsync($"/teach/cohorts/{own.Cohort}/invite");
        Assert.Equal(PortalTexts.Of<CohortTexts>("Invite", "es"), form.Heading);

        await instructor.SubmitAsync(await instructor.SubmitAsync(form, "check-invitations", ("Input.Addresses", address)), "send-invitations");

        await using var database = portal.Data.CreateDbContext();
        var mail = await database.Outbox.SingleAsync(row => row.To == address, Cancellation);
        Assert.StartsWith("Hola, ", mail.Body, StringComparison.Ordinal);
        using var trainee = portal.Visit("es");
        var page = await trainee.OpenAsync(await LinkToAsync(portal, address));
        Assert.Equal(PortalTexts.Of<AccountTexts>("InvitationTitle", "es"), page.Heading);
        Assert.Equal(PortalTexts.Of<CohortTexts>("Cohorts", "es"), (await instructor.OpenAsync("/teach/cohorts")).Heading);
    }

    private static string NewAddress() => $"{Guid.NewGuid():N}@example.org";

    // The reason whose sentence a row shows.
    private static string Verdict(string sentence) => Enum.GetNames<RowVerdict>().Where(name => name != nameof(RowVerdict.Good)).Single(name => PortalTexts.Of<CohortTexts>($"Row_{name}") == sentence.Trim());

    private static Task<PortalPage> UploadAsync(PortalVisitor visitor, PortalPage page, string file)
    {
        var form = page.Form("check-invitations");
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in PortalPage.Fields(form).Where(field => field.Key != "Input.File"))
        {
            content.Add(new StringContent(value), name);
        }

        content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "Input.File", "people.csv");
        return visitor.SendAsync(HttpMethod.Post, page.Address, content);
    }

    // An instructor in an organisation of their own, a cohort of it, and somebody who is invited.
    private static async Task<(string Instructor, Guid Cohort, string Invited, Guid Invitation)> CohortAsync(PortalHttp portal)
    {
        var (email, invited) = (NewAddress(), NewAddress());
        var people = new CohortPeople(portal.Data, TimeProvider.System);
        var instructor = await portal.Data.AddPersonAsync(email, Roles.Instructor);
        var organisation = await people.OrganisationAsync(await portal.Data.AddPersonAsync(NewAddress(), Roles.Administrator), $"School {Guid.NewGuid():N}", instructor);
        var cohort = (await people.MakeCohort.RunAsync(instructor, organisation, "Spring", await CohortPeople.ProgrammeAsync(portal.Data), null, Cancellation)).Value;
        Assert.Equal(1, (await people.InviteToCohort.RunAsync(instructor, cohort, InvitationList.OfText(invited).Value, "en", Cancellation)).Value);
        await using var database = portal.Data.CreateDbContext();
        return (email, cohort, invited, await database.Invitations.Where(row => row.CohortId == cohort).Select(row => row.Id).SingleAsync(Cancellation));
    }

    private static async Task<int> MailsAsync(PortalHttp portal, string email)
    {
        await using var database = portal.Data.CreateDbContext();
        return await database.Outbox.CountAsync(mail => mail.To == email, Cancellation);
    }

    private static async Task<string> NameOfAsync(PortalHttp portal, string email)
    {
        await using var database = portal.Data.CreateDbContext();
        return await database.Users.Where(person => person.Email == email).Select(person => person.Name).SingleAsync(Cancellation);
    }

    private static async Task<string> LinkToAsync(PortalHttp portal, string email)
    {
        await using var database = portal.Data.CreateDbContext();
        var mail = await database.Outbox.Where(mail => mail.To == email).OrderByDescending(mail => mail.CreatedAt).FirstAsync(Cancellation);
        return new Uri(Link().Match(mail.Body).Value).PathAndQuery;
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
