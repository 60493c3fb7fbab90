using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Credentials;

/// <summary>The signed credential against the musts of Open Badges 3.0 and of VC-JWT, each by name.</summary>
public class CredentialTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_header_has_three_members_and_names_a_published_key()
    {
        await using var school = await School.OpenAsync();
        var (credential, jws) = await SignedAsync(school);

        Assert.Equal(["alg", "kid", "typ"], jws.Header.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("RS256", "JWT"), (Text(jws.Header, "alg"), Text(jws.Header, "typ")));
        Assert.Equal($"https://school.example/keys/{credential.KeyThumbprint}", Text(jws.Header, "kid"));
        await using var database = school.Database.CreateDbContext();
        var key = await database.SigningKeys.SingleAsync(key => key.Thumbprint == credential.KeyThumbprint, Cancellation);
        using var jwk = JsonDocument.Parse(key.PublicJwk);
        using var rsa = JsonWebKey.Read(jwk.RootElement)!;
        Assert.Equal(3072, rsa.KeySize);
        Assert.True(jws.IsSignedBy(rsa));
    }

    [Fact]
    public async Task Its_claims_are_those_of_the_token_and_no_others()
    {
        await using var school = await School.OpenAsync();
        var (credential, jws) = await SignedAsync(school);
        var payload = jws.Payload;

        Assert.Equal("did:web:school.example", Text(payload, "iss"));
        Assert.Equal(Text(payload.GetProperty("issuer"), "id"), Text(payload, "iss"));
        Assert.Equal((Text(payload.GetProperty("credentialSubject"), "id"), $"urn:uuid:{credential.SubjectId}"), (Text(payload, "sub"), Text(payload, "sub")));
        Assert.Equal((Text(payload, "id"), $"urn:uuid:{credential.AwardId}"), (Text(payload, "jti"), Text(payload, "jti")));
        Assert.Equal("2026-11-02T09:30:00Z", Text(payload, "validFrom"));
        Assert.Equal("2028-11-03T05:59:59Z", Text(payload, "validUntil"));
        Assert.Equal(DateTimeOffset.Parse("2026-11-02T09:30:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds(), payload.GetProperty("nbf").GetInt64());
        Assert.Equal(DateTimeOffset.Parse("2028-11-03T05:59:59Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds(), payload.GetProperty("exp").GetInt64());
        Assert.False(payload.TryGetProperty("vc", out _));
    }

    [Fact]
    public async Task Its_members_are_what_Open_Badges_asks_for()
    {
        await using var school = await School.OpenAsync();
        var (credential, jws) = await SignedAsync(school);
        var payload = jws.Payload;
        var subject = payload.GetProperty("credentialSubject");
        var achievement = subject.GetProperty("achievement");

        Assert.Equal(["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], Texts(payload, "@context"));
        Assert.Equal(["VerifiableCredential", "OpenBadgeCredential"], Texts(payload, "type"));
        Assert.Equal(["Profile"], Texts(payload.GetProperty("issuer"), "type"));
        Assert.Equal(["AchievementSubject"], Texts(subject, "type"));
        Assert.Equal(["Achievement"], Texts(achievement, "type"));
        Assert.Equal("https://school.example/achievements/competence", Text(achievement, "id"));
        Assert.NotEmpty(Text(achievement.GetProperty("criteria"), "narrative"));
        Assert.All(["name", "description"], name => Assert.NotEmpty(Text(achievement, name)));
        var described = achievement.GetProperty("resultDescription").EnumerateArray().Select(row => Text(row, "id")).ToList();
        Assert.All(subject.GetProperty("result").EnumerateArray(), result =>
        {
            Assert.Contains(Text(result, "resultDescription"), described);
            Assert.Equal("Completed", Text(result, "status"));
            Assert.False(result.TryGetProperty("value", out _));
        });
        var status = payload.GetProperty("credentialStatus");
        Assert.Equal(credential.StatusIndex.ToString(System.Globalization.CultureInfo.InvariantCulture), Text(status, "statusListIndex"));
        Assert.Equal(("BitstringStatusListEntry", "revocation", "https://school.example/credentials/status/1"), (Text(status, "type"), Text(status, "statusPurpose"), Text(status, "statusListCredential")));
        Assert.Equal($"https://school.example/credentials/status/1#{credential.StatusIndex}", Text(status, "id"));
    }

    [Fact]
    public async Task Nothing_in_it_is_null_or_empty()
    {
        await using var school = await School.OpenAsync();
        var (_, jws) = await SignedAsync(school);

        foreach (var element in Everything(jws.Payload))
        {
            Assert.NotEqual(JsonValueKind.Null, element.ValueKind);
            Assert.False(element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0);
            Assert.False(element.ValueKind == JsonValueKind.Object && !element.EnumerateObject().Any());
            Assert.False(element.ValueKind == JsonValueKind.String && element.GetString() == "");
        }
    }

    [Fact]
    public async Task It_names_its_holder_and_hashes_the_address_with_a_salt_of_its_own()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var identifiers = (await ReadAsync(school, certificate)).Jws.Payload.GetProperty("credentialSubject").GetProperty("identifier").EnumerateArray().ToList();

        Assert.All(identifiers, identifier => Assert.Empty(identifier.EnumerateObject().Select(member => member.Name).Except(["type", "hashed", "identityHash", "identityType", "salt"])));
        var hashed = Assert.Single(identifiers, identifier => identifier.GetProperty("hashed").GetBoolean());
        var expected = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{holder.PersonId:N}@people.example{Text(hashed, "salt")}"));
        Assert.Equal(("emailAddress", $"sha256${Convert.ToHexStringLower(expected)}"), (Text(hashed, "identityType"), Text(hashed, "identityHash")));
        Assert.Contains(identifiers, identifier => Text(identifier, "identityType") == "name" && Text(identifier, "identityHash") == "Ana Lucía Peña");
    }

    [Fact]
    public async Task A_renewal_keeps_the_id_and_the_day_of_the_award_and_nothing_that_joins_two_credentials()
    {
        await using var school = await School.OpenAsync();
        var (holder, old) = await school.CertifyAsync();
        school.Now = new DateTime(2028, 9, 15, 16, 0, 0, DateTimeKind.Utc);

        var (before, first) = await ReadAsync(school, old);
        var (after, second) = await ReadAsync(school, await school.RenewAsync(holder, old));

        Assert.Equal((Text(first.Payload, "id"), Text(first.Payload, "awardedDate")), (Text(second.Payload, "id"), Text(second.Payload, "awardedDate")));
        Assert.Equal(("2026-11-02T09:30:00Z", "2028-09-15T16:00:00Z"), (Text(second.Payload, "awardedDate"), Text(second.Payload, "validFrom")));
        Assert.NotEqual(before.SubjectId, after.SubjectId);
        Assert.NotEqual(before.StatusIndex, after.StatusIndex);
        Assert.NotEqual(Text(Identifier(first), "salt"), Text(Identifier(second), "salt"));
        Assert.Equal(1, await school.SignStatusLists.RunAsync(school.Now.AddMinutes(1), Cancellation));
        Assert.Empty(await RevokedAsync(school));
    }

    [Fact]
    public async Task A_certificate_from_before_gets_its_credential_from_the_same_job()
    {
        await using var school = await School.OpenAsync();
        var (holder, old) = await school.CertifyAsync();
        school.Now = new DateTime(2028, 9, 15, 16, 0, 0, DateTimeKind.Utc);
        await school.RenewAsync(holder, old);
        await using var database = school.Database.CreateDbContext();
        await database.Credentials.ExecuteDeleteAsync(Cancellation);
        await database.Certificates.ExecuteUpdateAsync(update => update.SetProperty(row => row.AwardId, (Guid?)null), Cancellation);

        Assert.Equal(2, await school.IssueAsync());
        Assert.Equal(0, await school.IssueAsync());

        var credentials = await database.Credentials.AsNoTracking().ToListAsync(Cancellation);
        Assert.Equal(2, credentials.Count);
        Assert.Single(credentials.Select(row => row.AwardId).Distinct());
        Assert.All(credentials, row => Assert.Equal("2026-11-02T09:30:00Z", Text(JsonWebSignature.Read(row.Jws)!.Payload, "awardedDate")));
    }

    [Fact]
    public async Task Many_passes_share_one_list_and_never_a_bit()
    {
        await using var school = await School.OpenAsync();
        foreach (var number in Enumerable.Range(0, 12))
        {
            await school.PassExamAsync(await school.PreparedTraineeAsync($"Trainee {number}"));
        }

        Assert.Equal(12, await school.IssueAsync());

        await using var database = school.Database.CreateDbContext();
        var places = await database.Credentials.Select(row => row.StatusIndex).ToListAsync(Cancellation);
        Assert.Equal(12, places.Distinct().Count());
        Assert.Equal(1, await database.StatusLists.CountAsync(Cancellation));
    }

    private static async Task<(Credential Credential, JsonWebSignature Jws)> SignedAsync(School school) => await ReadAsync(school, (await school.CertifyAsync()).Certificate);

    private static async Task<(Credential Credential, JsonWebSignature Jws)> ReadAsync(School school, Certificate certificate)
    {
        await using var database = school.Database.CreateDbContext();
        var credential = await database.Credentials.AsNoTracking().SingleAsync(row => row.CertificateId == certificate.Id, Cancellation);
        return (credential, JsonWebSignature.Read(credential.Jws)!);
    }

    private static async Task<List<int>> RevokedAsync(School school)
    {
        await using var database = school.Database.CreateDbContext();
        var list = await database.StatusLists.AsNoTracking().SingleAsync(Cancellation);
        return [.. Enumerable.Range(0, StatusList.Size).Where(list.IsSet)];
    }

    private static JsonElement Identifier(JsonWebSignature jws) => jws.Payload.GetProperty("credentialSubject").GetProperty("identifier")[0];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<string?> Texts(JsonElement element, string name) => element.GetProperty(name).EnumerateArray().Select(value => value.GetString());

    private static IEnumerable<JsonElement> Everything(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Everything(member.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Everything).Prepend(element),
        _ => [element],
    };
}
