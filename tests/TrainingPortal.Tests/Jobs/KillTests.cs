using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Jobs;

/// <summary>The portal is killed in the middle of things, as a power cut does it, and started again: nothing is lost and nothing is done twice.</summary>
public class KillTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_between_the_pass_and_the_certificate_it_makes_one_after_the_next_start()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var person = await data.AddPreparedTraineeAsync("ana@example.org");
        var attempt = await data.StartAndAnswerAsync(person, DataFolder.Exam);
        using (var portal = PortalProcess.Serve(data, "--Jobs:Enabled=false"))
        {
            using var browser = new PortalVisitor(await portal.ServingAsync());
            await browser.SignInAsync("ana@example.org");
            var finish = await browser.OpenAsync($"/attempts/{attempt}/finish");
            Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync(finish, finish.Form("submit"))).Status);
            await portal.KillAsync();
        }

        Assert.Equal(new Kept(Waiting: 1, Certificates: 0, Mails: 0, Sent: 0, Files: 0), await Kept.InAsync(data));

        foreach (var _ in new[] { "first", "second" })
        {
            using var portal = PortalProcess.Serve(data);
            await portal.ServingAsync();
            await Until.TrueAsync(async () => (await Kept.InAsync(data)).Sent == 1, () => $"No mail was sent.\n{portal.Output}");
        }

        Assert.Equal(new Kept(Waiting: 0, Certificates: 1, Mails: 1, Sent: 1, Files: 1), await Kept.InAsync(data));
    }

    [Fact]
    public async Task Killed_while_the_mail_is_under_way_it_sends_that_mail_later_and_once()
    {
        using var data = await DataFolder.WithCoursesAsync();
        await data.PassAsync(await data.AddPreparedTraineeAsync("ana@example.org"), DataFolder.Exam);
        using var server = new SilentMailServer();
        using (var portal = PortalProcess.Serve(data, "--Mail:Host=127.0.0.1", $"--Mail:Port={server.Port}", "--Mail:Tls=false"))
        {
            await server.MailUnderWayAsync();
            await portal.KillAsync();
        }

        Assert.Equal(new Kept(Waiting: 0, Certificates: 1, Mails: 1, Sent: 0, Files: 0), await Kept.InAsync(data));
        Assert.Equal(0, await RunAsync(data, "deliver-mail"));

        // Whoever took the mail has two minutes to say that it was sent.
        var later = TimeProvider.System.GetUtcNow().AddMinutes(3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(1, await RunAsync(data, "deliver-mail", "--as-of", later));
        Assert.Equal(0, await RunAsync(data, "deliver-mail", "--as-of", later));
        Assert.Equal(0, await RunAsync(data, "issue"));

        Assert.Equal(new Kept(Waiting: 0, Certificates: 1, Mails: 1, Sent: 1, Files: 1), await Kept.InAsync(data));
    }

    // Half of the kills strike during the start, half as soon as something was done since it.
    [Theory]
    [InlineData(20261122)]
    public async Task Killed_eight_times_at_random_it_gives_twenty_passes_twenty_certificates_and_twenty_mails(int seed)
    {
        using var data = await DataFolder.WithCoursesAsync();
        var random = new Random(seed);
        var candidates = new Queue<(Actor Person, Guid Attempt)>();
        foreach (var number in Enumerable.Range(1, 20))
        {
            var person = await data.AddPreparedTraineeAsync($"trainee-{number}@example.org");
            candidates.Enqueue((person, await data.StartAndAnswerAsync(person, DataFolder.Exam)));
        }

        var delays = new List<int>();
        for (var kill = 0; kill < 8; kill++)
        {
            foreach (var _ in Enumerable.Range(0, kill < 4 ? 3 : 2))
            {
                var (person, attempt) = candidates.Dequeue();
                await data.SubmitAsync(person, attempt);
            }

            var before = await Kept.InAsync(data);
            using var portal = PortalProcess.Serve(data);
            if (kill % 2 == 1)
            {
                await Until.TrueAsync(async () => await Kept.InAsync(data) is var now && (now != before || now is { Waiting: 0 } && now.Sent == now.Mails), () => $"Nothing happens.\n{portal.Output}");
            }

            delays.Add(random.Next(kill % 2 == 1 ? 60 : 1500));
            await Task.Delay(delays[^1], Cancellation);
            await portal.KillAsync();
        }

        using (var portal = PortalProcess.Serve(data))
        {
            await Until.TrueAsync(async () => await Kept.InAsync(data) is { Waiting: 0 }, () => $"Passes wait for their certificates. Seed {seed}, delays {string.Join(", ", delays)}.\n{portal.Output}");
            await portal.KillAsync();
        }

        var later = TimeProvider.System.GetUtcNow().AddMinutes(3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await RunAsync(data, "issue");
        await RunAsync(data, "deliver-mail", "--as-of", later);

        Assert.True(new Kept(Waiting: 0, Certificates: 20, Mails: 20, Sent: 20, Files: 20) == await Kept.InAsync(data), $"{await Kept.InAsync(data)}; seed {seed}, delays {string.Join(", ", delays)}");
        await using var database = data.CreateDbContext();
        Assert.Equal(20, await database.Certificates.Select(certificate => certificate.HolderId).Distinct().CountAsync(Cancellation));
        Assert.Equal(20, await database.Outbox.Select(mail => mail.To).Distinct().CountAsync(Cancellation));
    }

    // The database tells that its making is under way by a row that a killed portal cannot take back.
    [Fact]
    public async Task Killed_while_it_makes_its_database_for_the_first_time_it_can_be_started_again()
    {
        using var data = DataFolder.Empty();
        using (var first = PortalProcess.Serve(data, "--Jobs:Enabled=false"))
        {
            await Until.TrueAsync(async () => await MigrationsUnderWayAsync(data) == 1 || first.HasEnded, () => "It never began.", pause: TimeSpan.Zero);
            await first.KillAsync();
        }

        Assert.Equal(1, await MigrationsUnderWayAsync(data));
        Assert.Equal(0, (await PortalProcess.RunAsync("keys", "rotate", $"--Portal:DataDirectory={data.Path}")).ExitCode);

        using var next = PortalProcess.Serve(data, "--Jobs:Enabled=false");
        using var visitor = new PortalVisitor(await next.ServingAsync());
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync($"/courses/{DataFolder.Course}")).Status);
    }

    private static async Task<int> RunAsync(DataFolder data, string job, params string[] more)
    {
        var run = await PortalProcess.RunAsync(["jobs", "run", job, .. more, $"--Portal:DataDirectory={data.Path}"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return int.Parse(run.Output.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<long> MigrationsUnderWayAsync(DataFolder data)
    {
        try
        {
            await using var connection = new SqliteConnection($"Data Source={data.DatabaseFile};Mode=ReadOnly;Pooling=false");
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM __EFMigrationsLock";
            return (long)(await command.ExecuteScalarAsync(Cancellation))!;
        }
        catch (SqliteException)
        {
            // Not there yet, or just being made.
            return 0;
        }
    }

    /// <summary>What the database and the mail folder hold.</summary>
    /// <param name="Waiting">Passes without a certificate.</param>
    private sealed record Kept(int Waiting, int Certificates, int Mails, int Sent, int Files)
    {
        public static async Task<Kept> InAsync(DataFolder data)
        {
            await using var database = data.CreateDbContext();
            return new Kept(
                await database.Attempts.CountAsync(attempt => attempt.AwaitsAward, Cancellation),
                await database.Certificates.CountAsync(Cancellation),
                await database.Outbox.CountAsync(Cancellation),
                await database.Outbox.CountAsync(mail => mail.SentAt != null, Cancellation),
                data.Mails.Count);
        }
    }

    /// <summary>A mail server that takes everything in and never says that it has it.</summary>
    private sealed class SilentMailServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly TaskCompletionSource underWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task talk;

        public SilentMailServer()
        {
            listener.Start();
            talk = TalkAsync();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public Task MailUnderWayAsync() => Task.WhenAny(underWay.Task, talk).Unwrap().WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        public void Dispose() => listener.Dispose();

        private async Task TalkAsync()
        {
            using var client = await listener.AcceptTcpClientAsync(Cancellation);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            await SayAsync(stream, "220 here");
            while (await reader.ReadLineAsync(Cancellation) is { } line)
            {
                if (line == "DATA")
                {
                    await SayAsync(stream, "354 go on");
                    underWay.TrySetResult();
                    continue;
                }

                if (!underWay.Task.IsCompleted)
                {
                    await SayAsync(stream, "250 yes");
                }
            }
        }

        private static async Task SayAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), Cancellation);
    }
}
