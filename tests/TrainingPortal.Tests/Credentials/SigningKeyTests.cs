using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Credentials;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Credentials;

/// <summary>The life of the signing keys: made, published a day before they sign, served for ever, and never readable by others.</summary>
public class SigningKeyTests
{
    private static readonly IOptions<PortalOptions> s_portal = Options.Create(new PortalOptions());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_keys_sign_at_once_and_the_next_a_day_later()
    {
        using var bench = await Bench.NewAsync();
        var first = await bench.Rotate.RunAsync(null, Cancellation);
        Assert.Equal([(KeyUse.VcJwt, School.Opening), (KeyUse.Pdf, School.Opening)], first.Select(key => (key.Use, key.ActiveFrom)));

        bench.Clock.Advance(TimeSpan.FromDays(365));
        var second = await bench.Rotate.RunAsync(null, Cancellation);

        var now = bench.Clock.GetUtcNow().UtcDateTime;
        Assert.All(second, key => Assert.Equal(now.AddHours(24), key.ActiveFrom));
        Assert.Equal(first[0].Thumbprint, await bench.SignerAsync(now.AddHours(24).AddSeconds(-1)));
        Assert.Equal(second[0].Thumbprint, await bench.SignerAsync(now.AddHours(24)));
        Assert.Equal([second[0].Thumbprint, first[0].Thumbprint], (await bench.Keys.PublishedAsync(Cancellation)).Select(key => key.Thumbprint));
        Assert.Equal(now.AddHours(24), (await bench.Keys.RunAsync(Cancellation)).Single(key => key.Thumbprint == first[0].Thumbprint).RetiredAt);
    }

    [Fact]
    public async Task A_compromised_key_is_served_no_more_and_its_successor_signs_at_once()
    {
        using var bench = await Bench.NewAsync();
        var lost = (await bench.Rotate.RunAsync(null, Cancellation))[0];
        bench.Clock.Advance(TimeSpan.FromDays(1));

        var next = Assert.Single(await bench.Rotate.RunAsync(lost.Thumbprint, Cancellation));

        Assert.Equal((KeyUse.VcJwt, next.Thumbprint), (next.Use, await bench.SignerAsync(bench.Clock.GetUtcNow().UtcDateTime)));
        Assert.Equal([next.Thumbprint], (await bench.Keys.PublishedAsync(Cancellation)).Select(key => key.Thumbprint));
        Assert.Null(await bench.Keys.ByThumbprintAsync(lost.Thumbprint, Cancellation));
        Assert.Empty(await bench.Rotate.RunAsync("no-such-key", Cancellation));
    }

    [Fact]
    public async Task A_key_file_is_encrypted_and_its_owner_s_only()
    {
        using var bench = await Bench.NewAsync();
        foreach (var key in await bench.Rotate.RunAsync(null, Cancellation))
        {
            var path = Path.Combine(bench.Options.Value.Directory!, $"{key.Thumbprint}.pem");
            var pem = await File.ReadAllTextAsync(path, Cancellation);
            Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", pem, StringComparison.Ordinal);
            Assert.Equal(key.Use == KeyUse.Pdf, pem.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal));
            using var rsa = RSA.Create();
            Assert.Throws<CryptographicException>(() => rsa.ImportFromEncryptedPem(pem, "another"));
            rsa.ImportFromEncryptedPem(pem, bench.Options.Value.Passphrase);
            Assert.Equal((3072, key.Thumbprint), (rsa.KeySize, JsonWebKey.Thumbprint(JsonWebKey.Of(rsa))));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }
    }

    [Fact]
    public async Task The_key_for_PDF_files_has_a_certificate_of_its_own()
    {
        using var bench = await Bench.NewAsync();
        var made = await bench.Rotate.RunAsync(null, Cancellation);
        await using var database = bench.Database.CreateDbContext();

        var certificate = await bench.Ring.DocumentCertificateAsync(database, School.Opening, Cancellation);

        using var rsa = certificate.GetRSAPrivateKey()!;
        Assert.Equal(made.Single(key => key.Use == KeyUse.Pdf).Thumbprint, JsonWebKey.Thumbprint(JsonWebKey.Of(rsa)));
        Assert.Equal("CN=Training Portal", certificate.Subject);
    }

    // The example of RFC 7638, section 3.1.
    [Fact]
    public void The_thumbprint_is_that_of_RFC_7638() => Assert.Equal(
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
        JsonWebKey.Thumbprint("""{"e":"AQAB","kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}"""));

    [Fact]
    public async Task The_verbs_make_and_list_keys()
    {
        using var data = DataFolder.Empty();
        var folder = $"--Portal:DataDirectory={data.Path}";

        var none = await PortalProcess.RunAsync("keys", "list", folder);
        var made = await PortalProcess.RunAsync("keys", "rotate", folder);
        var list = await PortalProcess.RunAsync("keys", "list", folder);

        Assert.Equal((0, 0, 0, ""), (none.ExitCode, made.ExitCode, list.ExitCode, none.Errors + made.Errors + list.Errors));
        Assert.Contains("keys rotate", none.Output, StringComparison.Ordinal);
        Assert.Equal(2, made.Output.Split('\n').Length);
        Assert.Matches(@"(?m)^\S{43}  vc-jwt  signs since \d{4}-", list.Output);
        Assert.Matches(@"(?m)^\S{43}  pdf     signs since \d{4}-", list.Output);
    }

    /// <summary>A database and a key folder with nothing in them.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly DataFolder folder = DataFolder.Empty();

        public DataFolder Database => folder;

        public SetClock Clock { get; } = new(School.Opening);

        public IOptions<KeyOptions> Options => Microsoft.Extensions.Options.Options.Create(new KeyOptions { Directory = folder.File("keys"), Passphrase = "a passphrase" });

        public RotateKeys Rotate => new(folder, Options, s_portal, Clock);

        public ReadKeys Keys => new(folder);

        public KeyRing Ring => field ??= new KeyRing(Options, s_portal);

        public static async Task<Bench> NewAsync()
        {
            var bench = new Bench();
            await using var database = bench.folder.CreateDbContext();
            await database.Database.MigrateAsync(Cancellation);
            return bench;
        }

        public async Task<string> SignerAsync(DateTime now)
        {
            await using var database = folder.CreateDbContext();
            return (await Ring.SignerAsync(database, now, Cancellation)).Thumbprint;
        }

        public void Dispose()
        {
            Ring.Dispose();
            folder.Dispose();
        }
    }
}
