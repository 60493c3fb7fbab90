using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Texts;

namespace TrainingPortal.Tests.Api;

/// <summary>The check for machines, and beside it the page for people, which must say the same.</summary>
public class CertificatesApiTests(SharedPortal shared)
{
    private static readonly IOptions<PortalOptions> s_portal = Options.Create(new PortalOptions { Name = "Skin School", PublicUrl = new Uri("https://school.example") });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    [Theory]
    [InlineData("active", 2, true)]
    [InlineData("expiring", 23, true)]
    [InlineData("expired", 25, false)]
    public async Task A_certificate_is_what_its_dates_make_it(string status, int monthsAgo, bool good)
    {
        var portal = await shared.GetAsync();
        var certificate = await AddAsync(portal, monthsAgo);

        var (answer, page) = await CheckAsync(portal, certificate);

        Assert.Equal((status, good), (answer.GetProperty("status").GetString(), answer.GetProperty("active").GetBoolean()));
        AssertSame(answer, page, certificate);
        Assert.False(answer.TryGetProperty("revoked", out _));
    }

    [Fact]
    public async Task A_revoked_certificate_says_since_when_and_why()
    {
        var portal = await shared.GetAsync();
        var certificate = await AddAsync(portal, monthsAgo: 2);
        var administrator = await portal.Data.AddPersonAsync($"{Guid.NewGuid():N}@example.org", Roles.Administrator);
        Assert.True((await new RevokeCertificate(portal.Data, s_portal, TimeProvider.System).RunAsync(administrator, Serial.Parse(certificate.Serial), RevocationReason.IssuedInError, Cancellation)).Succeeded);

        var (answer, page) = await CheckAsync(portal, certificate);

        Assert.Equal(("revoked", false, "issued_in_error"), (answer.GetProperty("status").GetString(), answer.GetProperty("active").GetBoolean(), answer.GetProperty("revoked").GetProperty("reason").GetString()));
        AssertSame(answer, page, certificate);
        Assert.Contains(PortalTexts.Of<CommonTexts>("Reason_IssuedInError"), page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_certificate_says_since_when_and_why_and_counts_again_once_reinstated()
    {
        var portal = await shared.GetAsync();
        var certificate = await AddAsync(portal, monthsAgo: 2);
        var administrator = await portal.Data.AddPersonAsync($"{Guid.NewGuid():N}@example.org", Roles.Administrator);
        Assert.True((await new SuspendCertificate(portal.Data, s_portal, TimeProvider.System).RunAsync(administrator, Serial.Parse(certificate.Serial), SuspensionReason.IdentityInQuestion, "Wrong photograph", Cancellation)).Succeeded);

        var (answer, page) = await CheckAsync(portal, certificate);

        var suspended = answer.GetProperty("suspended");
        Assert.Equal(("suspended", false, "identity_in_question"), (answer.GetProperty("status").GetString(), answer.GetProperty("active").GetBoolean(), suspended.GetProperty("reason").GetString()));
        Assert.Equal(answer.GetProperty("statusSince").GetDateTime(), suspended.GetProperty("at").GetDateTime());
        AssertSame(answer, page, certificate);
        Assert.Contains(PortalTexts.Of<CommonTexts>("Reason_IdentityInQuestion"), page.Words, StringComparison.Ordinal);
        Assert.All([answer.GetRawText(), page.Text], told => Assert.DoesNotContain("photograph", told, StringComparison.Ordinal));

        Assert.True((await new ReinstateCertificate(portal.Data, s_portal, TimeProvider.System).RunAsync(administrator, Serial.Parse(certificate.Serial), ReinstatementReason.QuestionCleared, null, Cancellation)).Succeeded);
        Assert.Equal("active", (await CheckAsync(portal, certificate)).Answer.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_renewed_certificate_says_that_a_newer_one_exists_and_not_which()
    {
        var portal = await shared.GetAsync();
        var old = await AddAsync(portal, monthsAgo: 23);
        var renewed = await portal.Data.RenewAsync(old);

        var (answer, page) = await CheckAsync(portal, old);

        Assert.Equal(("superseded", false), (answer.GetProperty("status").GetString(), answer.GetProperty("active").GetBoolean()));
        Assert.NotEmpty(answer.GetProperty("messages").EnumerateArray());
        AssertSame(answer, page, old);
        Assert.All([answer.GetRawText(), page.Text], told => Assert.DoesNotContain(Serial.Parse(renewed.Serial).ToString(), told, StringComparison.Ordinal));
        Assert.Equal("active", (await CheckAsync(portal, renewed)).Answer.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_serial_is_read_as_people_write_it()
    {
        var portal = await shared.GetAsync();
        var certificate = await AddAsync(portal, monthsAgo: 2);
        using var asker = portal.Visit();
        var shown = Serial.Parse(certificate.Serial).ToString();

        foreach (var typed in new[] { shown, certificate.Serial, shown.ToLowerInvariant(), shown.Replace('-', ' ') })
        {
            Assert.Equal(HttpStatusCode.OK, (await asker.GetAsync($"/api/v1/certificates/{Uri.EscapeDataString(typed)}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await asker.OpenAsync($"/verify?serial={Uri.EscapeDataString(typed)}")).Status);
        }
    }

    [Fact]
    public async Task An_unknown_serial_is_said_to_be_unknown()
    {
        var portal = await shared.GetAsync();
        using var asker = portal.Visit();
        var serial = Serial.Draw();

        AssertProblem(await asker.GetAsync($"/api/v1/certificates/{serial}"), HttpStatusCode.NotFound, "serial-unknown");
        var page = await asker.GetAsync($"/verify/{serial}");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.NotNull(page.Document.QuerySelector(".verdict-unknown"));
    }

    [Fact]
    public async Task A_mistyped_serial_is_told_as_a_slip()
    {
        var portal = await shared.GetAsync();
        var certificate = await AddAsync(portal, monthsAgo: 2);
        using var asker = portal.Visit();
        var slip = certificate.Serial[..3] + (certificate.Serial[3] == '7' ? '8' : '7') + certificate.Serial[4..];

        foreach (var typed in new[] { slip, "slip", new string('0', 500), "%00", "'; DROP TABLE Certificates; --" })
        {
            AssertProblem(await asker.GetAsync($"/api/v1/certificates/{Uri.EscapeDataString(typed)}"), HttpStatusCode.BadRequest, "serial-mistyped");
            foreach (var page in new[] { await asker.GetAsync($"/verify/{Uri.EscapeDataString(typed)}"), await asker.OpenAsync($"/verify?serial={Uri.EscapeDataString(typed)}") })
            {
                Assert.Equal((HttpStatusCode.BadRequest, true), (page.Status, page.IsPage));
                Assert.NotNull(page.Document.QuerySelector("#serial-error"));
            }
        }
    }

    [Fact]
    public async Task Where_the_register_cannot_be_read_nothing_is_claimed()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var certificate = await data.AddCertifiedTraineeAsync("ana@example.org", Now.AddMonths(-2));
        await using var portal = await PortalHttp.StartAsync(data, $"--ConnectionStrings:Portal=Data Source={data.DatabaseFile};Pooling=false;Default Timeout=1");
        using var asker = portal.Visit();
        Assert.Equal(HttpStatusCode.OK, (await asker.GetAsync(Address(certificate))).Status);

        // Something else holds the whole file.
        await using (var holder = new SqliteConnection($"Data Source={data.DatabaseFile};Pooling=false"))
        {
            await holder.OpenAsync(Cancellation);
            await ExecuteAsync(holder, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE Held (Id INTEGER);");
            await AssertNothingIsClaimedAsync(asker, certificate);
        }

        Assert.Equal(HttpStatusCode.OK, (await asker.GetAsync(Address(certificate))).Status);

        // The file is no database any more.
        foreach (var file in Directory.GetFiles(data.Path, "portal.db*"))
        {
            await File.WriteAllTextAsync(file, new string('x', 8192), Cancellation);
        }

        await AssertNothingIsClaimedAsync(asker, certificate);
    }

    private static async Task AssertNothingIsClaimedAsync(PortalVisitor asker, Certificate certificate)
    {
        AssertProblem(await asker.GetAsync(Address(certificate)), HttpStatusCode.ServiceUnavailable, "could-not-be-checked");
        var page = await asker.GetAsync($"/verify/{Serial.Parse(certificate.Serial)}");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (page.Status, page.IsPage));
        Assert.NotNull(page.Document.QuerySelector(".verdict-undetermined"));
        Assert.DoesNotContain("Ana", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await asker.GetAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await asker.GetAsync("/health/live")).Status);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static Task<Certificate> AddAsync(PortalHttp portal, int monthsAgo) =>
        portal.Data.AddCertifiedTraineeAsync($"{Guid.NewGuid():N}@example.org", Now.AddMonths(-monthsAgo));

    private static string Address(Certificate certificate) => $"/api/v1/certificates/{Serial.Parse(certificate.Serial)}";

    private static async Task<(JsonElement Answer, PortalPage Page)> CheckAsync(PortalHttp portal, Certificate certificate)
    {
        using var asker = portal.Visit();
        var answer = await asker.GetAsync(Address(certificate));
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.MediaType));
        Assert.All([answer, await asker.GetAsync($"/verify/{Serial.Parse(certificate.Serial)}")], said => Assert.Equal("no-store", said.Headers.CacheControl!.ToString()));
        return (JsonDocument.Parse(answer.Bytes).RootElement, await asker.OpenAsync($"/verify/{Serial.Parse(certificate.Serial)}"));
    }

    private static void AssertSame(JsonElement answer, PortalPage page, Certificate certificate)
    {
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Document.QuerySelector($".verdict-{answer.GetProperty("status").GetString()}"));
        Assert.Equal(
            (Serial.Parse(certificate.Serial).ToString(), "Ana Lucía Peña", "Microneedling competence", "Foundation"),
            (Word(answer, "serial"), Word(answer, "holder"), Word(answer, "certification"), Word(answer, "level")));
        Assert.All(["serial", "holder", "certification", "level"], said => Assert.Contains(Word(answer, said), page.Words, StringComparison.Ordinal));
        Assert.Contains("not a licence", Word(answer, "scope"), StringComparison.Ordinal);
        Assert.Equal((certificate.ValidFrom, certificate.ValidUntil), (Instant(answer, "validFrom"), Instant(answer, "validUntil")));
        Assert.InRange(Instant(answer, "checkedAt"), Now.AddMinutes(-1), Now);
        var instants = page.Document.QuerySelectorAll("time").Select(time => DateTime.Parse(time.GetAttribute("datetime")!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)).ToList();
        Assert.All(["validFrom", "validUntil", "issued", "statusSince"], said => Assert.Contains(Instant(answer, said), instants));
        Assert.EndsWith($"/verify/{Word(answer, "serial")}", Word(answer, "page"), StringComparison.Ordinal);
    }

    private static string Word(JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    // RFC 3339 in UTC, as the contract says: read with its Z.
    private static DateTime Instant(JsonElement answer, string name)
    {
        Assert.EndsWith("Z", Word(answer, name), StringComparison.Ordinal);
        return answer.GetProperty(name).GetDateTime();
    }

    private static void AssertProblem(PortalPage answer, HttpStatusCode status, string type)
    {
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.MediaType));
        var problem = JsonDocument.Parse(answer.Bytes).RootElement;
        Assert.Equal((type, (int)status), (problem.GetProperty("type").GetString(), problem.GetProperty("status").GetInt32()));
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
    }
}
