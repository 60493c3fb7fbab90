using System.Net;
using TrainingPortal.Accounts;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Jobs.Hangfire;

/// <summary>Hangfire's own pages are for administrators, under a policy of their own.</summary>
[Collection(EngineNode.OneAtATime)]
public class DashboardTests
{
    [Fact]
    public async Task Administrators_see_it_others_do_not_learn_that_it_is_there()
    {
        await using var portal = await PortalHttp.StartAsync("--Jobs:Enabled=true");
        await portal.Data.AddPersonAsync("ada@example.org", Roles.Administrator);
        await portal.Data.AddPersonAsync("ben@example.org", Roles.Instructor);

        using var anyone = portal.Visit();
        Assert.StartsWith("/account/sign-in", (await anyone.GetAsync("/admin/hangfire")).Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        using var instructor = await portal.SignInAsync("ben@example.org");
        foreach (var address in new[] { "/admin/hangfire", "/admin/hangfire/recurring", "/admin/hangfire/jobs/enqueued" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await instructor.GetAsync(address)).Status);
        }

        using var administrator = await portal.SignInAsync("ada@example.org");
        var page = await administrator.GetAsync("/admin/hangfire/recurring");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("renewal-reminders", page.Text, StringComparison.Ordinal);
        Assert.NotNull((await administrator.OpenAsync("/admin/jobs")).Document.QuerySelector("main a[href='/admin/hangfire']"));
    }

    [Fact]
    public async Task Its_policy_lets_in_styles_of_its_own_pages_and_scripts_from_files_only()
    {
        await using var portal = await PortalHttp.StartAsync("--Jobs:Enabled=true");
        await portal.Data.AddPersonAsync("ada@example.org", Roles.Administrator);
        using var administrator = await portal.SignInAsync("ada@example.org");

        var own = Policy(await administrator.GetAsync("/admin/hangfire"));
        Assert.Contains("script-src 'self';", own, StringComparison.Ordinal);
        Assert.Contains("style-src 'self' 'unsafe-inline';", own, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Policy(await administrator.GetAsync("/admin/jobs")), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Policy(await administrator.GetAsync("/admin/hangfire/there-is-none")), StringComparison.Ordinal);
        Assert.DoesNotContain((await administrator.GetAsync("/admin/hangfire")).Document.Scripts, script => string.IsNullOrEmpty(script.Source));
    }

    [Fact]
    public async Task What_it_changes_needs_its_token()
    {
        await using var portal = await PortalHttp.StartAsync("--Jobs:Enabled=true");
        await portal.Data.AddPersonAsync("ada@example.org", Roles.Administrator);
        using var administrator = await portal.SignInAsync("ada@example.org");
        var page = await administrator.GetAsync("/admin/hangfire/recurring");
        var header = page.Document.QuerySelector("meta[name=csrf-header]")!.GetAttribute("content")!;
        var token = page.Document.QuerySelector("meta[name=csrf-token]")!.GetAttribute("content")!;

        using var bare = new FormUrlEncodedContent([new("jobs[]", "expire")]);
        Assert.Equal(HttpStatusCode.Forbidden, (await administrator.SendAsync(HttpMethod.Post, "/admin/hangfire/recurring/trigger", bare)).Status);
        using var signed = new FormUrlEncodedContent([new("jobs[]", "expire")]);
        signed.Headers.Add(header, token);
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.SendAsync(HttpMethod.Post, "/admin/hangfire/recurring/trigger", signed)).Status);
    }

    [Fact]
    public async Task A_node_that_runs_no_jobs_has_none()
    {
        await using var portal = await PortalHttp.StartAsync();
        await portal.Data.AddPersonAsync("ada@example.org", Roles.Administrator);
        using var administrator = await portal.SignInAsync("ada@example.org");

        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync("/admin/hangfire")).Status);
        Assert.Null((await administrator.OpenAsync("/admin/jobs")).Document.QuerySelector("main a[href='/admin/hangfire']"));
    }

    private static string Policy(PortalPage page) => page.Headers.GetValues("Content-Security-Policy").Single();
}
