using System.Buffers.Text;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Credentials;

/// <summary>
/// What other people's programs say of a signed credential: jose of its signature, jsonld of its terms, and a Bitstring
/// Status List library of its bit. Each is shown to refuse what is wrong, else its silence would mean nothing.
/// </summary>
public class JudgeTests
{
    private static readonly string s_folder = RepositoryFolder.Path("tests", "TrainingPortal.Tests", "Credentials", "Judges");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_find_nothing_wrong_with_a_good_one()
    {
        using var files = await Files.OfAsync(revoked: false);

        Assert.All([files.Signature(files.Credential, files.Now), files.Signature(files.List, files.Now), files.Terms(files.Credential), files.Terms(files.List), files.Status(files.Now)], result => Assert.Equal((0, ""), (result.ExitCode, result.Errors)));
    }

    [Fact]
    public async Task They_refuse_a_changed_an_expired_and_an_early_one()
    {
        using var files = await Files.OfAsync(revoked: false);

        AssertRefused("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", files.Signature(files.Changed("Foundation", "Mastership"), files.Now));
        AssertRefused("ERR_JWT_EXPIRED", files.Signature(files.Credential, new DateTime(2028, 11, 3, 6, 0, 0, DateTimeKind.Utc)));
        AssertRefused("ERR_JWT_CLAIM_VALIDATION_FAILED", files.Signature(files.Credential, files.Now.AddSeconds(-1)));
        Assert.Equal(0, files.Signature(files.Credential, new DateTime(2028, 11, 3, 5, 59, 58, DateTimeKind.Utc)).ExitCode);
    }

    [Fact]
    public async Task They_refuse_a_term_that_no_context_defines()
    {
        using var files = await Files.OfAsync(revoked: false);

        AssertRefused("", files.Terms(files.Changed("\"licenseNumber\"", "\"licenceNumber\"")));
    }

    [Fact]
    public async Task They_refuse_a_revoked_one_and_a_stale_list()
    {
        using var revoked = await Files.OfAsync(revoked: true);
        using var good = await Files.OfAsync(revoked: false);

        AssertRefused("it is revoked", revoked.Status(revoked.Now));
        AssertRefused("the list is stale", good.Status(good.Now.AddHours(48).AddSeconds(1)));
    }

    private static void AssertRefused(string reason, ProgramResult result)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    /// <summary>What a verifier would have fetched, as files.</summary>
    private sealed class Files : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("portal-judges-").FullName;

        public DateTime Now { get; private init; }

        public string Credential => Path.Combine(folder, "credential.jwt");

        public string List => Path.Combine(folder, "list.jwt");

        private string Keys => Path.Combine(folder, "jwks.json");

        public static async Task<Files> OfAsync(bool revoked)
        {
            Assert.SkipUnless(ExternalProgram.IsInstalled("node") && Directory.Exists(Path.Combine(s_folder, "node_modules")), "node, or its packages that tests/run.sh installs with npm, are missing: no other program judges the credentials.");
            await using var school = await School.OpenAsync();
            var (_, certificate) = await school.CertifyAsync();
            if (revoked)
            {
                await school.RevokeCertificate.RunAsync(await school.AdministratorAsync(), Serial.Parse(certificate.Serial), RevocationReason.IssuedInError, Cancellation);
                await school.SignStatusLists.RunAsync(school.Now, Cancellation);
            }

            var files = new Files { Now = school.Now };
            await using var database = school.Database.CreateDbContext();
            await File.WriteAllTextAsync(files.Credential, await database.Credentials.Select(row => row.Jws).SingleAsync(Cancellation), Cancellation);
            await File.WriteAllTextAsync(files.List, await database.StatusLists.Select(row => row.Jwt).SingleAsync(Cancellation), Cancellation);
            await File.WriteAllBytesAsync(files.Keys, PublishedKeys.WriteSet(await new ReadKeys(school.Database).PublishedAsync(Cancellation), school.Portal.Value), Cancellation);
            return files;
        }

        public ProgramResult Signature(string file, DateTime now) => Judge("signature", file, Keys, JsonBytes.Instant(now));

        public ProgramResult Terms(string file) => Judge("terms", file);

        public ProgramResult Status(DateTime now) => Judge("status", Credential, List, JsonBytes.Instant(now));

        /// <returns>The file of a credential that says something else under the same signature.</returns>
        public string Changed(string from, string to)
        {
            var parts = File.ReadAllText(Credential).Split('.');
            var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
            Assert.Contains(from, payload, StringComparison.Ordinal);
            var changed = Path.Combine(folder, "changed.jwt");
            File.WriteAllText(changed, $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.Replace(from, to, StringComparison.Ordinal)))}.{parts[2]}");
            return changed;
        }

        public void Dispose() => Directory.Delete(folder, recursive: true);

        private static ProgramResult Judge(params string[] arguments) => ExternalProgram.Run("node", [Path.Combine(s_folder, "judge.mjs"), .. arguments]);
    }
}
