using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Credentials;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Jobs;

/// <summary>
/// Two servers make certificates and send mails from one database and are killed at random, again and again. Thirty kills
/// over two hundred passes here; the soak asks for more by <c>CERTIFICATE_KILLS</c> and <c>CERTIFICATE_PASSES</c>.
/// </summary>
/// <remarks>
/// What is promised of a mail is that it is handed over at least once, and always with the same Message-ID: a server that dies
/// between handing it over and writing that down hands it over again. A mail folder keeps one file of each.
/// </remarks>
public class CertificateKillTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Kills => Setting("CERTIFICATE_KILLS") ?? 30;

    private static int Passes => Setting("CERTIFICATE_PASSES") ?? 200;

    [Theory]
    [InlineData(20261201)]
    public async Task Every_pass_ends_with_one_certificate_one_credential_and_one_mail(int seed)
    {
        using var data = await DataFolder.WithCoursesAsync();
        var graduate = await data.AddPreparedTraineeAsync("trainee-0@example.org");
        var attempt = await data.PassAsync(graduate, DataFolder.Exam);
        await using var database = data.CreateDbContext();
        var passes = await CopiedPasses.OfAsync(database, attempt);
        var random = new Random(seed);
        var (kills, people) = (0, 1);
        using var progress = new Progress(data);

        // Both start at once; each is killed after so many rows of the work that was laid before them, and a moment later.
        while (kills < Kills)
        {
            database.ChangeTracker.Clear();
            var portion = 1 + ((Passes - 1) * (kills + 2) / (Kills + (Kills % 2)));
            while (people < portion)
            {
                var cycle = passes.AddTrainee(database, $"trainee-{people++}@example.org", data.Now);
                passes.AddPass(database, cycle.PersonId, cycle.Id, data.Now);
            }

            await database.SaveChangesAsync(Cancellation);
            var before = progress.Rows();
            var (waiting, targets) = (progress.Waiting(), new List<long>());
            Assert.True(waiting > 0, $"Nothing is left to do after {kills} kills; seed {seed}.");
            using var first = PortalProcess.Serve(data);
            using var second = PortalProcess.Serve(data);
            foreach (var (server, target) in new[] { first, second }.Zip(new[] { random.NextInt64(waiting), random.NextInt64(waiting) }.Order()))
            {
                await Until.TrueAsync(() => Task.FromResult(progress.Rows() - before >= target + 1 || server.HasEnded), () => $"Nothing happens after {kills} kills; seed {seed}.\n{server.Output}", TimeSpan.FromMilliseconds(5));
                await Task.Delay(random.Next(15), Cancellation);
                Assert.False(server.HasEnded, $"A server ended by itself.\n{server.Output}\n{string.Join('\n', server.Errors)}");
                await server.KillAsync();
                kills++;
            }
        }

        // Whoever took a mail has two minutes to say that it was sent.
        var later = TimeProvider.System.GetUtcNow().AddMinutes(3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var left = progress.Waiting();
        foreach (var run in new string[][] { ["issue"], ["deliver-mail", "--as-of", later] })
        {
            var ended = await PortalProcess.RunAsync(["jobs", "run", .. run, $"--Portal:DataDirectory={data.Path}"]);
            Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        }

        await ExpectOneOfEachAsync(data, people);
        var again = await database.Outbox.CountAsync(mail => mail.Tries > 1, Cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills over {people} passes, {left} of them left for the last run; {again} mails were begun again after a kill; seed {seed}");
    }

    private static async Task ExpectOneOfEachAsync(DataFolder data, int people)
    {
        await using var database = data.CreateDbContext();
        var certificates = await database.Certificates.AsNoTracking().ToListAsync(Cancellation);
        var credentials = await database.Credentials.AsNoTracking().ToListAsync(Cancellation);
        var mails = await database.Outbox.AsNoTracking().ToListAsync(Cancellation);
        Assert.Equal(0, await database.Attempts.CountAsync(row => row.AwaitsAward, Cancellation));
        Assert.Equal(
            (people, people, people, people),
            (certificates.Count, certificates.DistinctBy(row => row.AttemptId).Count(), certificates.DistinctBy(row => row.HolderId).Count(), credentials.Count));
        Assert.Equal(people, credentials.DistinctBy(row => (row.StatusListId, row.StatusIndex)).Count());

        using var did = JsonDocument.Parse(PublishedKeys.WriteDid(await new ReadKeys(data).PublishedAsync(Cancellation), new PortalOptions()));
        var verifier = new CredentialVerifier(PublishedKeys.Read(did.RootElement.Clone()));
        var list = await database.StatusLists.Select(row => row.Jwt).SingleAsync(Cancellation);
        Assert.All(credentials, row => Assert.Equal(CredentialVerdict.Good, verifier.Verify(row.Jws, list, data.Now).Verdict));
        Assert.Equal(certificates.Select(row => row.Id).Order(), credentials.Select(row => row.CertificateId).Order());

        Assert.Equal(certificates.Select(row => $"certificate-issued/{row.Id}").Order(StringComparer.Ordinal), mails.Select(mail => mail.Key).Order(StringComparer.Ordinal));
        Assert.All(mails, mail => Assert.NotNull(mail.SentAt));
        Assert.Equal(mails.Select(mail => $"{mail.Id:N}.eml").Order(StringComparer.Ordinal), data.Mails.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var addressees = data.Mails.Select(file => File.ReadLines(file).First(line => line.StartsWith("To: ", StringComparison.Ordinal))["To: ".Length..]);
        Assert.Equal(Enumerable.Range(0, people).Select(number => $"trainee-{number}@example.org").Order(StringComparer.Ordinal), addressees.Order(StringComparer.Ordinal));
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>How far the servers are, asked often.</summary>
    private sealed class Progress : IDisposable
    {
        private readonly SqliteConnection connection;

        public Progress(DataFolder data)
        {
            connection = new SqliteConnection($"Data Source={data.DatabaseFile};Mode=ReadOnly;Pooling=false");
            connection.Open();
        }

        /// <summary>Certificates made and mails sent.</summary>
        public long Rows() => Ask("SELECT (SELECT COUNT(*) FROM Certificates) + (SELECT COUNT(*) FROM Outbox WHERE SentAt IS NOT NULL)");

        /// <summary>Passes without a certificate.</summary>
        public long Waiting() => Ask("SELECT COUNT(*) FROM Attempts WHERE AwaitsAward = 1");

        public void Dispose() => connection.Dispose();

        private long Ask(string query)
        {
            using var command = connection.CreateCommand();
            command.CommandText = query;
            return (long)command.ExecuteScalar()!;
        }
    }
}
