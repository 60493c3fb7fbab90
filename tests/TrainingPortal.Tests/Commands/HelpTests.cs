using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Commands;

/// <summary>What the program says of itself.</summary>
public class HelpTests
{
    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    public async Task Help_lists_the_verbs(string asked)
    {
        var help = await PortalProcess.RunAsync(asked);

        Assert.Equal((0, ""), (help.ExitCode, help.Errors));
        Assert.All(["serve", "migrate", "courses", "users", "jobs", "keys", "certificates", "demo"], verb => Assert.Matches($@"(?m)^\s+{verb}\b.*\.$", help.Output));
    }

    [Theory]
    [InlineData("serve", "port")]
    [InlineData("migrate", "--dry-run")]
    [InlineData("courses", "check", "import")]
    [InlineData("courses check", "<folder>")]
    [InlineData("courses import", "<folder>")]
    [InlineData("users", "add")]
    [InlineData("users add", "<email>", "--role", "Administrator")]
    [InlineData("jobs", "list", "run")]
    [InlineData("jobs list")]
    [InlineData("keys", "list", "rotate")]
    [InlineData("keys list")]
    [InlineData("keys rotate", "--compromised")]
    [InlineData("certificates verify", "<file>", "--status", "--keys")]
    [InlineData("demo", "--trainees", "--certificates", "--bulk", "--out")]
    [InlineData("jobs run", "<name>", "--as-of")]
    public async Task Each_verb_has_help_of_its_own(string verb, params string[] says)
    {
        var help = await PortalProcess.RunAsync([.. verb.Split(' '), "--help"]);

        Assert.Equal((0, ""), (help.ExitCode, help.Errors));
        Assert.All(says, said => Assert.Contains(said, help.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("listening", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_verb_serves_nothing_and_points_to_help()
    {
        var refused = await PortalProcess.RunAsync("migrat");

        Assert.Equal((1, "There is no verb migrat; \"help\" lists those there are."), (refused.ExitCode, refused.Errors));
    }

    [Fact]
    public async Task The_jobs_are_listed_with_how_often_each_runs()
    {
        var list = await PortalProcess.RunAsync("jobs", "list");

        Assert.Equal((0, ""), (list.ExitCode, list.Errors));
        Assert.All(["issue", "deliver-mail", "close-attempts", "renewal-reminders", "status-lists"], job => Assert.Matches($@"(?m)^{job}\s+every \d\d:\d\d:\d\d$", list.Output));
    }
}
