using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using TrainingPortal.Tests.Commands;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Hosting;

/// <summary>A start that cannot be ends with 1 and one sentence on stderr that names what is wrong, and no trace of the program's inside.</summary>
public class StartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Mail:Hots", "--Mail:Hots", "x")]
    [InlineData("Portal:Nmae", "--Portal:Nmae=x")]
    [InlineData("Limits:Checks", "--Limits:Checks=5")]
    [InlineData("Jobs:Workers", "--Jobs:Workers", "many")]
    [InlineData("Jobs:Workers", "--Jobs:Workers=0")]
    [InlineData("Jobs:Workers", "--Jobs:Workers=")]
    [InlineData("Jobs:Enabled", "--Jobs:Enabled=perhaps")]
    [InlineData("Mail:Port", "--Mail:Port=70000")]
    [InlineData("Mail:From", "--Mail:From=nobody")]
    [InlineData("Limits:ChecksPerMinute", "--Limits:ChecksPerMinute=-1")]
    [InlineData("Database:Provider", "--Database:Provider", "Oracle")]
    [InlineData("ConnectionStrings:Portal", "--Database:Provider=SqlServer")]
    [InlineData("ConnectionStrings:Portal", "--Database:Provider=SqlServer", "--ConnectionStrings:Portal=Sevrer=x")]
    [InlineData("ConnectionStrings:Portal", "--ConnectionStrings:Portal=Daat Source=x")]
    [InlineData("Portal:PublicUrl", "--Portal:PublicUrl", "nowhere")]
    [InlineData("Portal:PublicUrl", "--Portal:PublicUrl=ftp://example.org")]
    [InlineData("nonsense", "--urls=nonsense")]
    [InlineData("99999", "--urls=http://127.0.0.1:99999")]
    public async Task A_wrong_setting_is_named(string named, params string[] settings)
    {
        using var data = DataFolder.Empty();

        AssertRefused(await PortalProcess.RunAsync([$"--Portal:DataDirectory={data.Path}", "--urls=http://127.0.0.1:0", .. settings]), named);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        using var data = DataFolder.Empty();

        AssertRefused(
            await PortalProcess.RunAsync($"--Portal:DataDirectory={data.Path}", "--Database:Provider=SqlServer", "--ConnectionStrings:Portal=Server=127.0.0.1,1;Database=portal;Connect Timeout=1;ConnectRetryCount=0"),
            "ConnectionStrings:Portal");
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_data_folder_is_named()
    {
        using var data = DataFolder.Empty();
        await File.WriteAllTextAsync(data.File("data"), "", Cancellation);

        AssertRefused(await PortalProcess.RunAsync($"--Portal:DataDirectory={data.File("data")}"), data.File("data"));
        AssertRefused(await PortalProcess.RunAsync($"--Portal:DataDirectory={data.File("data/deeper")}"), data.File("data/deeper"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        using var data = DataFolder.Empty();
        await File.WriteAllTextAsync(data.DatabaseFile, new string('x', 8192), Cancellation);

        AssertRefused(await PortalProcess.RunAsync($"--Portal:DataDirectory={data.Path}"), data.DatabaseFile);
    }

    [Theory]
    [InlineData("DELETE", "BEGIN EXCLUSIVE")]
    [InlineData("WAL", "BEGIN IMMEDIATE")]
    [InlineData("WAL", "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE Held (Id INTEGER)")]
    public async Task A_database_that_another_program_holds_is_named(string journal, string hold)
    {
        using var data = DataFolder.Empty();
        await using var holder = new SqliteConnection($"Data Source={data.DatabaseFile};Pooling=false");
        await holder.OpenAsync(Cancellation);
        await using var command = holder.CreateCommand();
        command.CommandText = $"PRAGMA journal_mode={journal}; CREATE TABLE Other (Id INTEGER); {hold};";
        await command.ExecuteNonQueryAsync(Cancellation);

        AssertRefused(
            await PortalProcess.RunAsync($"--Portal:DataDirectory={data.Path}", $"--ConnectionStrings:Portal=Data Source={data.DatabaseFile};Default Timeout=1"),
            data.DatabaseFile);
    }

    [Fact]
    public async Task Without_a_passphrase_or_keys_nothing_is_served_and_what_is_missing_is_named()
    {
        using var data = DataFolder.Empty();

        AssertRefused(await PortalProcess.RunAsync($"--Portal:DataDirectory={data.Path}", "--Keys:Passphrase="), "Keys:Passphrase");
        Assert.Empty(await data.TablesAsync());
        AssertRefused(await PortalProcess.RunAsync("keys", "rotate", $"--Portal:DataDirectory={data.Path}", "--Keys:Passphrase="), "Keys:Passphrase");
        AssertRefused(await PortalProcess.RunAsync($"--Portal:DataDirectory={data.Path}"), "\"keys rotate\"");
        using var other = await DataFolder.WithCoursesAsync();
        AssertRefused(await PortalProcess.RunAsync($"--Portal:DataDirectory={other.Path}", "--Keys:Passphrase=another"), "Keys:Passphrase");
        Directory.Delete(other.File("keys"), recursive: true);
        AssertRefused(await PortalProcess.RunAsync($"--Portal:DataDirectory={other.Path}"), "Keys:Directory");
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var data = await DataFolder.WithCoursesAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        AssertRefused(await PortalProcess.RunAsync($"--Portal:DataDirectory={data.Path}", $"--urls=http://127.0.0.1:{port}"), $"127.0.0.1:{port}");
    }

    [Fact]
    public async Task Faults_in_the_course_files_leave_the_last_good_version_served_and_are_logged_with_their_line()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var folder = CourseCopy.In(data);
        var line = CourseCopy.Break(folder);
        using var portal = PortalProcess.Serve(data, $"--Portal:CoursesDirectory={folder}", "--Jobs:Enabled=false");
        using var visitor = new PortalVisitor(await portal.ServingAsync());

        var course = await visitor.OpenAsync($"/courses/{DataFolder.Course}");

        Assert.Equal((HttpStatusCode.OK, "Microneedling: safe practice"), (course.Status, course.Heading));
        Assert.Contains($"safe-practice/course.yaml:{line}: ", portal.Output, StringComparison.Ordinal);
        Assert.Contains("the last good version stays served", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_an_empty_folder_the_first_start_makes_everything_and_the_second_finds_it()
    {
        using var data = DataFolder.Empty();
        var folder = data.File("new/data");
        Assert.Equal(0, (await PortalProcess.RunAsync("keys", "rotate", $"--Portal:DataDirectory={folder}")).ExitCode);
        foreach (var _ in new[] { "first", "second" })
        {
            using var portal = PortalProcess.Start($"--Portal:DataDirectory={folder}", $"--Portal:CoursesDirectory={RepositoryFolder.SmallSchool}", "--urls=http://127.0.0.1:0");
            using var visitor = new PortalVisitor(await portal.ServingAsync());
            Assert.Equal("Microneedling: safe practice", (await visitor.OpenAsync($"/courses/{DataFolder.Course}")).Heading);
            Assert.Equal("Healthy", (await visitor.GetAsync("/health/ready")).Text);
            Assert.Empty(portal.Errors);
            Assert.DoesNotContain("fail:", portal.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_starts_at_once_on_an_empty_folder_both_serve()
    {
        using var data = DataFolder.Empty();
        var keys = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => PortalProcess.RunAsync("keys", "rotate", $"--Portal:DataDirectory={data.Path}")));
        Assert.All(keys, made => Assert.Equal((0, ""), (made.ExitCode, made.Errors)));
        using var one = PortalProcess.Serve(data, "--Jobs:Enabled=false");
        using var two = PortalProcess.Serve(data, "--Jobs:Enabled=false");

        foreach (var portal in new[] { one, two })
        {
            using var visitor = new PortalVisitor(await portal.ServingAsync());
            Assert.Equal("Microneedling: safe practice", (await visitor.OpenAsync($"/courses/{DataFolder.Course}")).Heading);
        }
    }

    private static void AssertRefused(ProgramResult refused, string named)
    {
        Assert.True(refused.ExitCode == 1, $"It ended with {refused.ExitCode}.\n{refused.Output}\n{refused.Errors}");
        var sentence = Assert.Single(refused.Errors.Split('\n'));
        Assert.Contains(named, sentence, StringComparison.Ordinal);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Output + refused.Errors, StringComparison.Ordinal);
    }
}
