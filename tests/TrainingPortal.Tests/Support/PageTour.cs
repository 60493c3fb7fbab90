using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Certifications;
using TrainingPortal.Enrollments;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Practicals;

namespace TrainingPortal.Tests.Support;

/// <summary>An answer that somebody got on the tour.</summary>
internal sealed record Sight(TourGuest Who, PortalPage Page)
{
    public override string ToString() => $"{Page.Address} as {Who.Name}";
}

/// <summary>Somebody who walks through the portal, with a token of the time before they signed in.</summary>
internal sealed record TourGuest(string Name, PortalVisitor Browser, string TokenBefore);

/// <summary>
/// A walk through every page of a portal of its own that has something of everything in it: from a few addresses on along
/// the links, as a visitor, trainees, an instructor and an administrator.
/// </summary>
public sealed class PageTour : IAsyncLifetime
{
    // Twenty questions, a bank of ninety items: one page of a kind looks like the next.
    private const int MostOfAKind = 12;

    private readonly List<Sight> sights = [];
    private readonly List<TourGuest> guests = [];

    internal PortalHttp Portal { get; private set; } = null!;

    /// <summary>Every answer of the tour: pages, files, data.</summary>
    internal IReadOnlyList<Sight> Sights => sights;

    internal IEnumerable<Sight> Pages => sights.Where(sight => sight.Page.IsPage);

    internal IReadOnlyList<TourGuest> Guests => guests;

    /// <summary>One sight of each page there is.</summary>
    internal IReadOnlyList<Sight> OneOfAKind => [.. Pages.DistinctBy(sight => (sight.Who, PageOf(sight.Page.Address)))];

    internal TourGuest Guest(string name) => guests.Single(guest => guest.Name == name);

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalHttp.StartAsync();
        var data = Portal.Data;
        var now = data.Now;
        var expiring = await data.AddCertifiedTraineeAsync("certified@example.org", now.AddMonths(-23));
        var busy = await data.AddPreparedTraineeAsync("busy@example.org");
        var check = await data.StartAsync(busy, "depth-check");
        var passed = await data.PassAsync(busy, "hygiene-check");
        var exam = await data.StartAsync(busy, DataFolder.Exam);
        var practised = await data.PassAsync(busy, DataFolder.Practice);
        var practice = await data.StartAsync(busy, DataFolder.Practice);
        await data.AddPersonAsync("new@example.org");
        await data.AddPersonAsync("instructor@example.org", Roles.Instructor);
        await data.AddPersonAsync("administrator@example.org", Roles.Administrator);
        var written = await WriteItemAsync(data);
        var invitation = await CohortPeople.FillAsync(data, "instructor@example.org", "administrator@example.org", "busy@example.org");
        var marking = await MarkPracticalsAsync(data, busy);
        await GiveTimeAsync(data, busy);
        Assert.True((await new ReportItem(data, TimeProvider.System).RunAsync(busy, check, 1, "A word is missing.", TestContext.Current.CancellationToken)).Succeeded);
        await LeaveJobAndMailAsync(data);
        var reported = (await data.QuestionsAsync(check))[0].Code;

        await ChangeCertificatesAsync(data);

        var link = $"id={Guid.NewGuid()}&code=Y29kZQ";
        await WalkAsync("visitor", null, "/", "/account/sign-in?returnUrl=%2Fme", "/account/check-mail", "/account/reset-sent", $"/account/confirm?{link}", $"/account/reset-password?{link}", $"/account/invitation/{invitation}", "/account/invitation/none", "/problem/429", "/achievements/microneedling-competence", "/verify?serial=slip", $"/verify/{Serial.Parse(expiring.Serial)}");
        await WalkAsync("certified trainee", "certified@example.org", "/me", $"/attempts/{expiring.AttemptId}/result");
        await WalkAsync("busy trainee", "busy@example.org", "/me", "/exams/depth-check", $"/attempts/{check}", $"/attempts/{exam}", $"/attempts/{exam}/finish", $"/attempts/{passed}/result", $"/attempts/{practice}", $"/attempts/{practised}/result");
        await WalkAsync("new trainee", "new@example.org", "/me", $"/courses/{DataFolder.Course}");
        await WalkAsync("instructor", "instructor@example.org", "/me", "/teach", $"/teach/{DataFolder.Course}/items/{written}", $"/teach/{DataFolder.Course}/items/{reported}");
        await WalkAsync("assessor", "assessor@example.org", "/teach/practicals", "/teach/practicals/clean-hands?search=ana", $"/teach/markings/{marking}/sign-off");
        await WalkAsync("administrator", "administrator@example.org", "/me", "/admin");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var guest in guests)
        {
            guest.Browser.Dispose();
        }

        await Portal.DisposeAsync();
    }

    /// <summary>The route of the page that answers an address, or none.</summary>
    internal string? PageOf(string address) => Routes
        .Where(route => Regex.IsMatch(address.Split('?')[0], Expression(route)))
        .OrderByDescending(Literals)
        .Select(route => route.RawText)
        .FirstOrDefault();

    /// <summary>The routes of all pages.</summary>
    internal IReadOnlyList<RoutePattern> Routes => field ??=
        [.. Portal.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null).Select(endpoint => endpoint.RoutePattern)];

    private static async Task<string> WriteItemAsync(DataFolder data)
    {
        var author = await data.AddPersonAsync("author@example.org", Roles.Instructor);
        var options = Enumerable.Range(0, 4).Select(index => new ItemOption($"Option {index}", index == 0, $"Reason {index}")).ToList();
        var draft = new ItemDraft("depth", ItemUse.Check, CognitiveLevel.Recall, Critical: false, "An objective", "A stem?", options, ["S1"], null);
        var added = await new AddItem(data, TimeProvider.System).RunAsync(author, DataFolder.Course, Guid.NewGuid(), draft, TestContext.Current.CancellationToken);
        Assert.True(added.Succeeded, added.Refusal.ToString());
        return added.Value;
    }

    // One practical signed, one open, one of a colleague's that asks for a second assessor, and somebody who waits.
    private static async Task<Guid> MarkPracticalsAsync(DataFolder data, Actor signed)
    {
        var (assessor, examiner) = (await data.AddPersonAsync("assessor@example.org", Roles.Assessor), await data.AddPersonAsync("examiner@example.org", Roles.Assessor));
        var candidates = new List<Actor>();
        foreach (var email in new[] { "open@example.org", "asks@example.org", "waits@example.org" })
        {
            candidates.Add(await data.AddPersonAsync(email));
            await data.EnrolAsync(candidates[^1]);
        }

        await using (var database = data.CreateDbContext())
        {
            var cohort = await database.Cohorts.SingleAsync(TestContext.Current.CancellationToken);
            database.CohortMembers.AddRange(candidates.Select(person => new CohortMember { CohortId = cohort.Id, PersonId = person.PersonId, JoinedAt = data.Now }));
            database.OrganisationMembers.AddRange(new[] { assessor, examiner }.Select(person => new OrganisationMember { OrganisationId = cohort.OrganisationId, PersonId = person.PersonId, Since = data.Now }));
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var sealedOne = await StartAsync(assessor, signed);
        foreach (var step in Enumerable.Range(1, 4))
        {
            var mark = new PostedMark(step, step == 2 ? StepVerdict.NotDone : StepVerdict.Done, step == 2 ? "Used the apron." : null, 0);
            Assert.True((await new SaveMark(data, TimeProvider.System).RunAsync(assessor, sealedOne, mark, TestContext.Current.CancellationToken)).Succeeded);
        }

        Assert.True((await new SignOffMarking(data, TimeProvider.System).RunAsync(assessor, sealedOne, stated: true, 4, TestContext.Current.CancellationToken)).Succeeded);
        await StartAsync(examiner, candidates[1]);
        return await StartAsync(assessor, candidates[0]);

        async Task<Guid> StartAsync(Actor by, Actor candidate)
        {
            var started = await new StartMarking(data, TimeProvider.System).RunAsync(by, "clean-hands", candidate.PersonId, TestContext.Current.CancellationToken);
            Assert.True(started.Succeeded, started.Refusal.ToString());
            return started.Value;
        }
    }

    // One on hold, and one whose holder asks for another name.
    private static async Task ChangeCertificatesAsync(DataFolder data)
    {
        var portal = Microsoft.Extensions.Options.Options.Create(new PortalOptions());
        var chief = await data.AddPersonAsync("chief@example.org", Roles.Administrator);
        var held = await data.AddCertifiedTraineeAsync("held@example.org", data.Now.AddMonths(-2));
        Assert.True((await new SuspendCertificate(data, portal, TimeProvider.System).RunAsync(chief, Serial.Parse(held.Serial), SuspensionReason.UnderReview, "A note", TestContext.Current.CancellationToken)).Succeeded);
        var other = await data.AddCertifiedTraineeAsync("other@example.org", data.Now.AddMonths(-2));
        var holder = new Actor(other.HolderId, new HashSet<string> { Roles.Trainee });
        Assert.True((await new AskNameCorrection(data, TimeProvider.System).RunAsync(holder, Serial.Parse(other.Serial), "Ana Ruiz", "I married.", TestContext.Current.CancellationToken)).Succeeded);
    }

    private static async Task GiveTimeAsync(DataFolder data, Actor person)
    {
        await using var database = data.CreateDbContext();
        var cycle = await database.Enrollments.Where(row => row.PersonId == person.PersonId).Select(row => row.Id).SingleAsync(TestContext.Current.CancellationToken);
        var invigilator = await data.AddPersonAsync("invigilator@example.org", Roles.Instructor, Roles.Administrator);
        var given = await new GiveAccommodation(data, TimeProvider.System).RunAsync(invigilator, DataFolder.Exam, cycle, Guid.NewGuid(), 15, 1, "Reads slowly", TestContext.Current.CancellationToken);
        Assert.True(given.Succeeded, given.Refusal.ToString());
    }

    // A run under way, and a mail that nobody took.
    private static async Task LeaveJobAndMailAsync(DataFolder data)
    {
        await using var database = data.CreateDbContext();
        database.JobRuns.Add(new JobRun { Id = Guid.CreateVersion7(), Name = JobNames.Issue, Origin = JobOrigin.Verb, StartedAt = data.Now, AsOf = data.Now, SeenAt = data.Now, Rows = 3, Total = 9 });
        database.JobRuns.Add(new JobRun { Id = Guid.CreateVersion7(), Name = JobNames.Issue, Origin = JobOrigin.Schedule, StartedAt = data.Now.AddHours(-1), AsOf = data.Now, SeenAt = data.Now, FinishedAt = data.Now, Milliseconds = 1200, Failure = "The mail folder could not be written." });
        var mail = new OutboxMail("reset-password/tour", "gone@example.org", new MailText("Choose a new password", "A secret link"), confidential: true, data.Now.AddDays(-9));
        database.Outbox.Add(mail);
        database.Entry(mail).Property(row => row.Tries).CurrentValue = OutboxMail.MostTries;
        mail.MarkFailed("No such mailbox.", data.Now);
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private async Task WalkAsync(string name, string? email, params string[] starts)
    {
        var browser = Portal.Visit();
        var before = (await browser.OpenAsync("/account/sign-in")).Document.QuerySelector($"input[name={PortalVisitor.TokenField}]")!.GetAttribute("value")!;
        var guest = new TourGuest(name, browser, before);
        guests.Add(guest);
        if (email is not null)
        {
            await browser.SignInAsync(email);
        }

        var ahead = new Queue<string>(starts);
        var seen = new HashSet<string>(starts);
        var kinds = new Dictionary<string, int>();
        while (ahead.TryDequeue(out var address))
        {
            var kind = PageOf(address) ?? address;
            if ((kinds[kind] = kinds.GetValueOrDefault(kind) + 1) > MostOfAKind)
            {
                continue;
            }

            var page = await browser.OpenAsync(address);
            sights.Add(new Sight(guest, page));
            foreach (var next in page.IsPage ? Links(page) : [])
            {
                if (seen.Add(next))
                {
                    ahead.Enqueue(next);
                }
            }
        }
    }

    private static IEnumerable<string> Links(PortalPage page) => page.Document
        .QuerySelectorAll("a[href], link[href], img[src], script[src]")
        .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!)
        .Where(address => !address.Contains(':') && !address.StartsWith("//", StringComparison.Ordinal))
        .Select(address => (address.StartsWith('/') ? address : "/" + address).Split('#')[0])
        .Where(address => address.Length > 0);

    private static int Literals(RoutePattern route) =>
        route.PathSegments.SelectMany(segment => segment.Parts).OfType<RoutePatternLiteralPart>().Count();

    private static string Expression(RoutePattern route) =>
        $"^/{string.Join('/', route.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Expression))))}$";

    private static string Expression(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => Regex.Escape(literal.Content),
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "guid") => "[0-9a-fA-F-]{36}",
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "int") => "[0-9]+",
        _ => "[^/]+",
    };
}
