using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Credentials;

/// <summary>The addresses that signed files name, as verifiers ask them: anonymous, from any site, to be kept for a while.</summary>
public class CredentialFilesTests(SharedPortal shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_answers_anyone_without_a_cookie_and_may_be_kept()
    {
        var portal = await shared.GetAsync();
        var credential = await AddAsync(portal);
        var addresses = new Dictionary<string, (string Type, int Seconds)>
        {
            [$"/credentials/{credential.AwardId}"] = ("text/plain", 300),
            [$"/credentials/{credential.AwardId}/{await SerialAsync(portal, credential)}"] = ("text/plain", 300),
            [$"/credentials/status/{credential.StatusListId}"] = ("text/plain", 300),
            [$"/keys/{credential.KeyThumbprint}"] = ("application/jwk+json", 86_400),
            ["/.well-known/did.json"] = ("application/did+json", 3600),
            ["/.well-known/jwks.json"] = ("application/jwk-set+json", 3600),
            ["/achievements/microneedling-competence"] = ("application/ld+json", 3600),
        };
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = portal.Address };

        foreach (var (address, (type, seconds)) in addresses)
        {
            using var answer = await client.GetAsync(address, Cancellation);
            Assert.Equal((address, HttpStatusCode.OK, type), (address, answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.False(answer.Headers.Contains("Set-Cookie"), address);
            Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
            Assert.Equal((true, TimeSpan.FromSeconds(seconds)), (answer.Headers.CacheControl!.Public, answer.Headers.CacheControl.MaxAge));
            Assert.False(answer.Headers.ETag!.IsWeak);

            using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Cancellation);
            Assert.Equal((HttpStatusCode.OK, answer.Headers.ETag, 0), (head.StatusCode, head.Headers.ETag, (await head.Content.ReadAsByteArrayAsync(Cancellation)).Length));
            Assert.Equal(answer.Content.Headers.ContentLength, head.Content.Headers.ContentLength);

            using var again = new HttpRequestMessage(HttpMethod.Get, address);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag);
            using var same = await client.SendAsync(again, Cancellation);
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        }
    }

    [Fact]
    public async Task The_credential_is_served_byte_by_byte_as_it_was_signed_and_its_kid_is_one_key_of_the_did()
    {
        var portal = await shared.GetAsync();
        var credential = await AddAsync(portal);
        using var visitor = portal.Visit();

        var served = (await visitor.GetAsync($"/credentials/{credential.AwardId}")).Text;

        Assert.Equal(credential.Jws, served);
        var kid = JsonWebSignature.Read(served)!.Header.GetProperty("kid").GetString()!;
        using var jwk = JsonDocument.Parse((await visitor.GetAsync(new Uri(kid).AbsolutePath)).Text);
        Assert.Equal(["kty", "alg", "use", "kid", "n", "e"], jwk.RootElement.EnumerateObject().Select(member => member.Name));
        using var key = JsonWebKey.Read(jwk.RootElement)!;
        Assert.True(JsonWebSignature.Read(served)!.IsSignedBy(key));
        using var did = JsonDocument.Parse((await visitor.GetAsync("/.well-known/did.json")).Text);
        Assert.Equal("did:web:localhost%3A5080", did.RootElement.GetProperty("id").GetString());
        Assert.Contains($"did:web:localhost%3A5080#{credential.KeyThumbprint}", did.RootElement.GetProperty("assertionMethod").EnumerateArray().Select(method => method.GetString()));
        Assert.Contains(kid, PublishedKeys.Read(did.RootElement).Keys);
        using var set = JsonDocument.Parse((await visitor.GetAsync("/.well-known/jwks.json")).Text);
        Assert.Contains(kid, PublishedKeys.Read(set.RootElement).Keys);
    }

    [Fact]
    public async Task After_a_renewal_the_newest_issue_is_served_and_the_old_one_by_its_serial()
    {
        var portal = await shared.GetAsync();
        var old = await portal.Data.AddCertifiedTraineeAsync($"{Guid.NewGuid():N}@example.org", portal.Data.Now.AddMonths(-23));
        var renewed = await portal.Data.RenewAsync(old);
        using var visitor = portal.Visit();

        Assert.Equal(await JwsAsync(portal, renewed), (await visitor.GetAsync($"/credentials/{old.AwardId}")).Text);
        Assert.Equal(await JwsAsync(portal, old), (await visitor.GetAsync($"/credentials/{old.AwardId}/{Serial.Parse(old.Serial)}")).Text);
    }

    [Fact]
    public async Task A_withdrawn_award_is_gone_and_what_never_was_is_not_found()
    {
        var portal = await shared.GetAsync();
        var credential = await AddAsync(portal);
        var serial = await SerialAsync(portal, credential);
        var administrator = await portal.Data.AddPersonAsync($"{Guid.NewGuid():N}@example.org", Roles.Administrator);
        Assert.True((await new RevokeCertificate(portal.Data, Options.Create(new PortalOptions()), TimeProvider.System).RunAsync(administrator, serial, RevocationReason.IssuedInError, Cancellation)).Succeeded);
        using var visitor = portal.Visit();

        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync($"/credentials/{credential.AwardId}")).Status);
        Assert.Equal(credential.Jws, (await visitor.GetAsync($"/credentials/{credential.AwardId}/{serial}")).Text);
        Assert.All(
            [$"/credentials/{Guid.NewGuid()}", $"/credentials/{Guid.NewGuid()}/{serial}", "/credentials/status/99", "/keys/none", "/achievements/none.json", "/credentials/none"],
            address => Assert.Equal((address, HttpStatusCode.NotFound), (address, visitor.GetAsync(address).GetAwaiter().GetResult().Status)));
    }

    [Fact]
    public async Task A_browser_sees_a_page_where_a_program_gets_the_definition()
    {
        var portal = await shared.GetAsync();
        using var client = new HttpClient { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));

        var page = await client.GetStringAsync("/achievements/microneedling-competence", Cancellation);

        Assert.Contains("<h1", page, StringComparison.Ordinal);
        Assert.Contains("Passed every knowledge check", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_names_the_signed_bytes_and_their_holder_downloads_them()
    {
        var portal = await shared.GetAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        var certificate = await portal.Data.AddCertifiedTraineeAsync(email, portal.Data.Now.AddMonths(-2));
        var serial = Serial.Parse(certificate.Serial);
        var jws = await JwsAsync(portal, certificate);
        using var holder = await portal.SignInAsync(email);

        using var answer = JsonDocument.Parse((await holder.GetAsync($"/api/v1/certificates/{serial}")).Text);
        var proof = answer.RootElement.GetProperty("proof");
        Assert.Equal($"http://localhost:5080/credentials/{certificate.AwardId}/{serial}", proof.GetProperty("credential").GetString());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(jws))), proof.GetProperty("sha256").GetString());
        Assert.Equal(JsonWebSignature.Read(jws)!.Header.GetProperty("kid").GetString(), proof.GetProperty("key").GetString());

        Assert.Contains($"/me/certificates/{serial}/jwt", (await holder.OpenAsync($"/me/certificates/{serial}")).Text, StringComparison.Ordinal);
        var file = await holder.GetAsync($"/me/certificates/{serial}/jwt");
        Assert.Equal((HttpStatusCode.OK, jws, $"microneedling-{serial}.jwt"), (file.Status, file.Text, file.ContentHeaders.ContentDisposition!.FileName));
        await portal.Data.AddPersonAsync($"other-{email}");
        using var other = await portal.SignInAsync($"other-{email}");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/me/certificates/{serial}/jwt")).Status);
    }

    private static async Task<Credential> AddAsync(PortalHttp portal)
    {
        var certificate = await portal.Data.AddCertifiedTraineeAsync($"{Guid.NewGuid():N}@example.org", portal.Data.Now.AddMonths(-2));
        await using var database = portal.Data.CreateDbContext();
        return await database.Credentials.AsNoTracking().SingleAsync(row => row.CertificateId == certificate.Id, Cancellation);
    }

    private static async Task<Serial> SerialAsync(PortalHttp portal, Credential credential)
    {
        await using var database = portal.Data.CreateDbContext();
        return Serial.Parse(await database.Certificates.Where(row => row.Id == credential.CertificateId).Select(row => row.Serial).SingleAsync(Cancellation));
    }

    private static async Task<string> JwsAsync(PortalHttp portal, Certificate certificate)
    {
        await using var database = portal.Data.CreateDbContext();
        return await database.Credentials.Where(row => row.CertificateId == certificate.Id).Select(row => row.Jws).SingleAsync(Cancellation);
    }
}
