using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Commands;

public class MigrateCommandTests
{
    [Fact]
    public async Task A_dry_run_names_what_it_would_do_and_does_nothing()
    {
        using var data = DataFolder.Empty();

        var dry = await PortalProcess.RunAsync("migrate", "--dry-run", $"--Portal:DataDirectory={data.Path}");

        Assert.Equal((0, ""), (dry.ExitCode, dry.Errors));
        Assert.Matches(@"^Would apply: \d{14}_Initial", dry.Output);
        Assert.Empty(await data.TablesAsync());
    }

    [Fact]
    public async Task It_brings_a_new_database_to_this_version_and_then_has_nothing_to_do()
    {
        using var data = DataFolder.Empty();

        var first = await PortalProcess.RunAsync("migrate", $"--Portal:DataDirectory={data.Path}");
        var second = await PortalProcess.RunAsync("migrate", $"--Portal:DataDirectory={data.Path}");

        Assert.Equal((0, 0, ""), (first.ExitCode, second.ExitCode, first.Errors + second.Errors));
        Assert.Matches(@"^Applied: \d{14}_Initial", first.Output);
        Assert.Equal("The database is at this version.", second.Output);
        Assert.Contains("Certificates", await data.TablesAsync());
    }
}
