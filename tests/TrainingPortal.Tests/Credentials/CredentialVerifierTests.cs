using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Credentials.Images;
using TrainingPortal.Credentials.Pdf;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Credentials;

/// <summary>What our own check says of a file, with bytes only.</summary>
public class CredentialVerifierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_genuine_file_is_good_with_a_fresh_list_and_unchecked_without()
    {
        await using var school = await School.OpenAsync();
        var sample = await Sample.OfAsync(school);

        Assert.Equal((CredentialVerdict.Good, CredentialFinding.InForce), sample.Check(school.Now));
        Assert.Equal((CredentialVerdict.NotChecked, CredentialFinding.NoStatusList), (sample with { List = null }).Check(school.Now));
        Assert.Equal((CredentialVerdict.NotChecked, CredentialFinding.OldStatusList), sample.Check(school.Now.AddHours(49)));
        Assert.Equal((CredentialVerdict.NotChecked, CredentialFinding.NotValidYet), sample.Check(school.Now.AddSeconds(-1)));
        Assert.Equal((CredentialVerdict.NotChecked, CredentialFinding.UnsignedStatusList), (sample with { List = Tampered(sample.List!) }).Check(school.Now));
        Assert.Equal((CredentialVerdict.NotChecked, CredentialFinding.OtherStatusList), (sample with { List = sample.Jws }).Check(school.Now));
    }

    [Fact]
    public async Task It_ends_with_the_last_second_of_its_last_day()
    {
        await using var school = await School.OpenAsync();
        var sample = await Sample.OfAsync(school);
        var end = new DateTime(2028, 11, 3, 5, 59, 59, DateTimeKind.Utc);

        Assert.Equal(CredentialVerdict.NotChecked, sample.Check(end.AddMilliseconds(999)).Verdict);
        Assert.Equal((CredentialVerdict.Expired, CredentialFinding.PastItsLastDay), sample.Check(end.AddSeconds(1)));
    }

    [Fact]
    public async Task A_revoked_one_is_revoked_also_by_an_old_list()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        await school.RevokeCertificate.RunAsync(await school.AdministratorAsync(), Serial.Parse(certificate.Serial), RevocationReason.Misconduct, Cancellation);
        await school.SignStatusLists.RunAsync(school.Now, Cancellation);
        var sample = await Sample.ReadAsync(school);

        Assert.Equal((CredentialVerdict.Revoked, CredentialFinding.BitIsSet), sample.Check(school.Now));
        Assert.Equal(CredentialVerdict.Revoked, sample.Check(school.Now.AddYears(3)).Verdict);
    }

    [Fact]
    public async Task Every_forgery_is_called_one()
    {
        await using var school = await School.OpenAsync();
        var sample = await Sample.OfAsync(school);
        var parts = sample.Jws.Split('.');
        var read = JsonWebSignature.Read(sample.Jws)!;
        using var stranger = RSA.Create(3072);
        var own = $"https://school.example/keys/{JsonWebKey.Thumbprint(JsonWebKey.Of(stranger))}";
        var kid = read.Header.GetProperty("kid").GetString()!;
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));

        Assert.Equal(CredentialFinding.BrokenSignature, Finding(sample, Tampered(sample.Jws)));
        Assert.Equal(CredentialFinding.BrokenSignature, Finding(sample, JsonWebSignature.Sign(Encoding.UTF8.GetBytes(payload), kid, stranger)));
        Assert.Equal(CredentialFinding.UnknownKey, Finding(sample, JsonWebSignature.Sign(Encoding.UTF8.GetBytes(payload), own, stranger)));
        Assert.Equal(CredentialFinding.OtherAlgorithm, Finding(sample, $"{Encode($$"""{"alg":"none","kid":"{{kid}}","typ":"JWT"}""")}.{parts[1]}.{parts[2]}"));
        Assert.Equal(CredentialFinding.OtherAlgorithm, Finding(sample, $"{Encode($$"""{"alg":"HS256","kid":"{{kid}}","typ":"JWT"}""")}.{parts[1]}.{parts[2]}"));
        Assert.Equal(CredentialFinding.NoSignature, Finding(sample, $"{parts[0]}.{parts[1]}."));
        Assert.Equal(CredentialFinding.NoSignature, Finding(sample, "certificate"));
        Assert.Equal(CredentialFinding.NoSignature, Finding(sample, null));
        Assert.Equal(CredentialFinding.NoCredential, Finding(sample, sample.List));

        // Signed by the issuer, so that only the claims speak against it.
        var signed = new Dictionary<string, JsonElement> { [kid] = Jwk(stranger) };
        foreach (var (from, to) in new[] { ("\"iss\":\"did:web:school", "\"iss\":\"did:web:other"), ("\"sub\":\"urn", "\"sub\":\"urx"), ("\"jti\":\"urn", "\"jti\":\"urx"), ("\"nbf\":1", "\"nbf\":2"), ("\"exp\":1", "\"exp\":2") })
        {
            Assert.Contains(from, payload, StringComparison.Ordinal);
            var changed = JsonWebSignature.Sign(Encoding.UTF8.GetBytes(payload.Replace(from, to, StringComparison.Ordinal)), kid, stranger);
            Assert.Equal(CredentialFinding.ClaimsDiffer, new CredentialVerifier(signed).Verify(changed, sample.List, school.Now).Finding);
        }
    }

    [Fact]
    public async Task It_is_found_in_each_kind_of_file()
    {
        await using var school = await School.OpenAsync();
        var jws = (await Sample.OfAsync(school)).Jws;
        using var key = SignedPdfTests.MakeKey();
        var png = BakedPng.Bake(BadgePng.Draw(), jws);

        Assert.Equal(jws, CredentialFile.Read(Encoding.ASCII.GetBytes(jws + "\n")));
        Assert.Equal(jws, CredentialFile.Read(BakedSvg.Bake(BadgeSvg.Draw("Competence", "Foundation", "Skin School"), jws)));
        Assert.Equal(jws, CredentialFile.Read(png));
        Assert.Equal(jws, CredentialFile.Read(CertificatePdf.Render(SignedPdfTests.Certificate, new CertificateProof(jws, key))));
        Assert.All([[], "<svg"u8.ToArray(), "%PDF-1.7"u8.ToArray(), "%PDF-1.7 stream"u8.ToArray(), png[..40], "a.b.c"u8.ToArray()], file => Assert.Null(CredentialFile.Read(file)));
    }

    private static CredentialFinding Finding(Sample sample, string? jws)
    {
        var result = new CredentialVerifier(sample.Keys).Verify(jws, sample.List, School.Opening);
        Assert.Equal((CredentialVerdict.Forged, null), (result.Verdict, result.Payload));
        return result.Finding;
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Tampered(string jws)
    {
        var parts = jws.Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        return $"{parts[0]}.{Encode(payload.Replace("\"2028", "\"2038", StringComparison.Ordinal).Replace("\"ttl\":300000", "\"ttl\":300001", StringComparison.Ordinal))}.{parts[2]}";
    }

    private static JsonElement Jwk(RSA key)
    {
        using var document = JsonDocument.Parse(JsonWebKey.Of(key));
        return document.RootElement.Clone();
    }

    /// <summary>What a person would have saved: the file, the list, the keys.</summary>
    private sealed record Sample(string Jws, string? List, IReadOnlyDictionary<string, JsonElement> Keys)
    {
        public static async Task<Sample> OfAsync(School school)
        {
            await school.CertifyAsync();
            return await ReadAsync(school);
        }

        public static async Task<Sample> ReadAsync(School school)
        {
            await using var database = school.Database.CreateDbContext();
            using var did = JsonDocument.Parse(PublishedKeys.WriteDid(await new ReadKeys(school.Database).PublishedAsync(Cancellation), school.Portal.Value));
            return new Sample(
                await database.Credentials.Select(row => row.Jws).SingleAsync(Cancellation),
                await database.StatusLists.Select(row => row.Jwt).SingleAsync(Cancellation),
                PublishedKeys.Read(did.RootElement.Clone()));
        }

        public (CredentialVerdict Verdict, CredentialFinding Finding) Check(DateTime now)
        {
            var result = new CredentialVerifier(Keys).Verify(Jws, List, now);
            return (result.Verdict, result.Finding);
        }
    }
}
