using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Jobs;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Jobs;

/// <summary>Administrators watch a long run, and stop it.</summary>
public class JobProgressTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/admin/jobs")]
    [InlineData("/admin/jobs/deliver-mail")]
    public async Task Both_pages_show_how_far_a_run_is_and_look_again_by_themselves(string address)
    {
        await using var portal = await PortalHttp.StartAsync();
        await portal.Data.AddPersonAsync("ada@example.org", Roles.Administrator);
        using var administrator = await portal.SignInAsync("ada@example.org");
        Assert.Null((await administrator.OpenAsync(address)).Document.QuerySelector("live-part, meta[http-equiv=refresh], progress"));

        var run = await StartedAsync(portal.Data, 120, 5000);
        var page = (await administrator.OpenAsync(address)).Document;

        var progress = page.QuerySelector("live-part[data-state] progress[data-live]")!;
        Assert.Equal(("120", "5000"), (progress.GetAttribute("value"), progress.GetAttribute("max")));
        Assert.Contains("120", page.GetElementById($"rows-{run}")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", page.Head!.QuerySelector("noscript")!.InnerHtml.Replace("&quot;", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        var state = page.QuerySelector("live-part")!.GetAttribute("data-state");

        await MoveOnAsync(portal.Data, run, row => row.Rows = 140);
        page = (await administrator.OpenAsync(address)).Document;
        Assert.Equal(("140", state), (page.QuerySelector("progress")!.GetAttribute("value"), page.QuerySelector("live-part")!.GetAttribute("data-state")));

        await MoveOnAsync(portal.Data, run, row => row.FinishedAt = row.SeenAt);
        Assert.Null((await administrator.OpenAsync(address)).Document.QuerySelector("live-part, progress"));
    }

    [Fact]
    public async Task A_run_is_stopped_with_a_button_and_the_page_says_that_it_was_asked_to()
    {
        await using var portal = await PortalHttp.StartAsync();
        await portal.Data.AddPersonAsync("ada@example.org", Roles.Administrator);
        using var administrator = await portal.SignInAsync("ada@example.org");
        var run = await StartedAsync(portal.Data, 20, null);
        var page = await administrator.OpenAsync("/admin/jobs/deliver-mail");
        Assert.Null(page.Document.QuerySelector("progress")!.GetAttribute("value"));
        var state = page.Document.QuerySelector("live-part")!.GetAttribute("data-state");

        page = await administrator.SubmitAsync(page, "stop", ("Input.Run", run.ToString()));

        Assert.NotEqual(state, page.Document.QuerySelector("live-part")!.GetAttribute("data-state"));
        Assert.DoesNotContain(page.Posts, form => PortalPage.NameOf(form) == "stop");
        await using var database = portal.Data.CreateDbContext();
        Assert.NotNull((await database.JobRuns.SingleAsync(row => row.Id == run, Cancellation)).StopAskedAt);
    }

    private static async Task<Guid> StartedAsync(DataFolder data, int rows, int? total)
    {
        var now = data.Now;
        var run = new JobRun { Id = Guid.NewGuid(), Name = JobNames.DeliverMail, Origin = JobOrigin.Schedule, StartedAt = now, AsOf = now, SeenAt = now, Rows = rows, Total = total };
        await using var database = data.CreateDbContext();
        database.JobRuns.Add(run);
        await database.SaveChangesAsync(Cancellation);
        return run.Id;
    }

    private static async Task MoveOnAsync(DataFolder data, Guid runId, Action<JobRun> change)
    {
        await using var database = data.CreateDbContext();
        change(await database.JobRuns.SingleAsync(row => row.Id == runId, Cancellation));
        await database.SaveChangesAsync(Cancellation);
    }
}
