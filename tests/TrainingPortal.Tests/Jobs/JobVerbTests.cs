using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Jobs;

/// <summary>Jobs by the real verb, as if it were another day.</summary>
public class JobVerbTests
{
    // The reminders then lie on both sides of a change of the clocks.
    private static readonly DateTime s_award = new(2026, 1, 20, 18, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_holder_is_reminded_90_30_and_7_days_before_and_on_expiry_each_once()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var certificate = await data.AddCertifiedTraineeAsync("ana@example.org", s_award);
        await DeliverAsync(data);
        Assert.Single(data.Mails);

        Assert.Equal(0, await RemindAsync(data, certificate.LastValidDay.AddDays(-91)));
        foreach (var (days, mails) in new[] { (90, 2), (30, 3), (7, 4), (-1, 5) })
        {
            var day = certificate.LastValidDay.AddDays(-days);
            Assert.Equal(1, await RemindAsync(data, day));
            Assert.Equal(mails, data.Mails.Count);
            Assert.Equal(0, await RemindAsync(data, day));
            Assert.Equal(mails, data.Mails.Count);
        }

        Assert.Equal(0, await RemindAsync(data, certificate.LastValidDay.AddYears(1)));
        Assert.Equal([(90, true), (30, true), (7, true), (0, true)], await NoticesAsync(data));
    }

    [Fact]
    public async Task After_a_long_pause_a_holder_gets_the_most_urgent_reminder_only()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var certificate = await data.AddCertifiedTraineeAsync("ana@example.org", s_award);
        await DeliverAsync(data);

        Assert.Equal(1, await RemindAsync(data, certificate.LastValidDay.AddDays(-5)));
        Assert.Equal(0, await RemindAsync(data, certificate.LastValidDay.AddDays(-5)));

        Assert.Equal(2, data.Mails.Count);
        Assert.Equal([(90, false), (30, false), (7, true)], await NoticesAsync(data));
    }

    [Theory]
    [InlineData("issue", "yesterday")]
    [InlineData("issue", "2027-13-01")]
    [InlineData("issue", "")]
    public async Task A_time_that_is_none_is_refused_with_an_example(string job, string asOf)
    {
        using var data = DataFolder.Empty();

        var refused = await PortalProcess.RunAsync("jobs", "run", job, "--as-of", asOf, $"--Portal:DataDirectory={data.Path}");

        Assert.Equal((1, $"\"{asOf}\" is not an instant; write 2027-03-01 or 2027-03-01T09:00:00Z."), (refused.ExitCode, refused.Errors));
        Assert.Empty(await data.TablesAsync());
    }

    [Fact]
    public async Task A_job_that_there_is_not_is_refused_with_those_there_are()
    {
        using var data = await DataFolder.WithCoursesAsync();

        var refused = await PortalProcess.RunAsync("jobs", "run", "isue", $"--Portal:DataDirectory={data.Path}");

        Assert.Equal((1, "There is no job isue; known are issue, renewal-reminders, status-lists, expire, invariants, deliver-mail, close-attempts, retention."), (refused.ExitCode, refused.Errors));
    }

    [Fact]
    public async Task A_pass_gets_its_certificate_by_the_verb_once()
    {
        using var data = await DataFolder.WithCoursesAsync();
        await data.PassAsync(await data.AddPreparedTraineeAsync("ana@example.org"), DataFolder.Exam);

        foreach (var made in new[] { 1, 0 })
        {
            var run = await PortalProcess.RunAsync("jobs", "run", "issue", $"--Portal:DataDirectory={data.Path}");
            Assert.Equal((0, ""), (run.ExitCode, run.Errors));
            Assert.StartsWith($"issue: {made} done in ", run.Output, StringComparison.Ordinal);
        }

        Assert.Single(data.Mails);
    }

    [Fact]
    public async Task What_if_lists_who_would_be_reminded_and_leaves_everything_as_it_was()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var certificate = await data.AddCertifiedTraineeAsync("ana@example.org", s_award);
        await DeliverAsync(data);
        var before = await data.FingerprintAsync();
        var asOf = $"{certificate.LastValidDay.AddDays(-30):yyyy-MM-dd}T18:00:00Z";

        var seen = await PortalProcess.RunAsync("jobs", "run", "renewal-reminders", "--what-if", "--as-of", asOf, $"--Portal:DataDirectory={data.Path}");

        Assert.Equal((0, ""), (seen.ExitCode, seen.Errors));
        Assert.Contains("30 days left", seen.Output, StringComparison.Ordinal);
        Assert.EndsWith("renewal-reminders: 1 due, 1 listed, nothing done", seen.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(before, await data.FingerprintAsync());
        Assert.Equal(1, await RemindAsync(data, certificate.LastValidDay.AddDays(-30)));
    }

    // The program has the machine's own clock, and mails nobody by night: so people are where it is about noon now, and the job runs as if
    // it were the same time of that day. In the first hours after midnight in UTC, a day of the school in Denver is still the one before.
    private static async Task<int> RemindAsync(DataFolder data, DateOnly day)
    {
        var hour = TimeProvider.System.GetUtcNow().Hour;
        var zone = hour == 12 ? "Etc/UTC" : hour < 12 ? $"Etc/GMT-{12 - hour}" : $"Etc/GMT+{hour - 12}";
        var asOf = hour < 6 ? $"{day.AddDays(1):yyyy-MM-dd}T{hour:00}:00:00Z" : $"{day:yyyy-MM-dd}T{(hour < 8 ? hour + 2 : hour):00}:00:00Z";
        var run = await PortalProcess.RunAsync("jobs", "run", "renewal-reminders", "--as-of", asOf, $"--Portal:DataDirectory={data.Path}", $"--Portal:TimeZone={zone}");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return int.Parse(run.Output.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static async Task DeliverAsync(DataFolder data) =>
        Assert.Equal(0, (await PortalProcess.RunAsync("jobs", "run", "deliver-mail", $"--Portal:DataDirectory={data.Path}")).ExitCode);

    private static async Task<IReadOnlyList<(int Days, bool Mailed)>> NoticesAsync(DataFolder data)
    {
        await using var database = data.CreateDbContext();
        var notices = await database.ReminderNotices.AsNoTracking().OrderByDescending(notice => notice.DaysBefore).ToListAsync(Cancellation);
        return [.. notices.Select(notice => (notice.DaysBefore, notice.Mailed))];
    }
}
