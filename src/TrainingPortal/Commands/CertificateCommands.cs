using System.CommandLine;
using System.Text.Json;
using TrainingPortal.Credentials;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Commands;

/// <summary><c>certificates verify</c>: is this file genuine and good, with no call to whoever issued it?</summary>
internal static class CertificateCommands
{
    public static Command Create() => new("certificates", "Checks the signed files of certificates.") { Verify() };

    private static Command Verify()
    {
        var file = new Argument<string>("file") { Description = "The signed file: .jwt, or a PNG, SVG or PDF file that carries one." };
        var status = new Option<string?>("--status") { Description = "A saved status list; without one a certificate cannot be found good." };
        var keys = new Option<string?>("--keys") { Description = "Saved keys, did.json or jwks.json; none: those of this portal's own database." };
        var command = new Command("verify", "Checks a signed file. Ends with 0 good, 2 expired, 3 revoked, 4 forged, 5 could not be checked.") { file, status, keys };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            var bytes = await ReadAsync(parsed.GetValue(file)!, cancellation);
            var list = parsed.GetValue(status) is { } path ? CredentialFile.Read(await ReadAsync(path, cancellation)) ?? "" : null;
            var known = parsed.GetValue(keys) is { } saved
                ? await SavedKeysAsync(saved, cancellation)
                : await OwnKeysAsync([.. parsed.UnmatchedTokens], cancellation);
            var result = new CredentialVerifier(known).Verify(CredentialFile.Read(bytes), list, TimeProvider.System.GetUtcNow().UtcDateTime);
            Console.WriteLine(Sentence(result.Finding));
            if (result.Payload is { } payload)
            {
                Console.WriteLine($"{payload.GetProperty("name").GetString()}, serial {payload.GetProperty("credentialSubject").GetProperty("licenseNumber").GetString()}, valid from {payload.GetProperty("validFrom").GetString()} until {payload.GetProperty("validUntil").GetString()}");
            }

            return ExitCode(result.Verdict);
        });
        return command;
    }

    private static int ExitCode(CredentialVerdict verdict) => verdict switch
    {
        CredentialVerdict.Good => 0,
        CredentialVerdict.Expired => 2,
        CredentialVerdict.Revoked => 3,
        CredentialVerdict.Forged => 4,
        CredentialVerdict.NotChecked => 5,
    };

    private static string Sentence(CredentialFinding finding) => finding switch
    {
        CredentialFinding.InForce => "Genuine and good.",
        CredentialFinding.PastItsLastDay => "Genuine but expired.",
        CredentialFinding.BitIsSet => "Genuine but revoked.",
        CredentialFinding.NoSignature => "Forged or damaged: there is no signed credential in the file.",
        CredentialFinding.OtherAlgorithm => "Forged: it is not signed with RS256.",
        CredentialFinding.UnknownKey => "Forged: it names a key that is not among the issuer's keys.",
        CredentialFinding.BrokenSignature => "Forged: what it says is not what was signed.",
        CredentialFinding.ClaimsDiffer => "Forged: its claims contradict each other or the key's owner.",
        CredentialFinding.NoCredential => "Forged: what was signed is no certificate.",
        CredentialFinding.NotValidYet => "Could not be checked: by this machine's clock it is not valid yet.",
        CredentialFinding.NoStatusList => "Could not be checked: the signature is genuine, and without a status list (--status) nobody can tell whether it was revoked.",
        CredentialFinding.OtherStatusList => "Could not be checked: the signature is genuine, and the status list is not the one that the certificate names.",
        CredentialFinding.UnsignedStatusList => "Could not be checked: the signature is genuine, and the status list is not signed by the issuer.",
        CredentialFinding.OldStatusList => "Could not be checked: the signature is genuine, and the status list is older than 48 hours.",
    };

    private static async Task<IReadOnlyDictionary<string, JsonElement>> OwnKeysAsync(string[] settings, CancellationToken cancellation)
    {
        await using var app = PortalHost.Build(settings, serving: false);
        await PortalDatabase.MigrateAsync(app.Services, dryRun: false, cancellation);
        var published = await app.Services.GetRequiredService<ReadKeys>().PublishedAsync(cancellation);
        var portal = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<PortalOptions>>().Value;
        using var set = JsonDocument.Parse(PublishedKeys.WriteSet(published, portal));
        return PublishedKeys.Read(set.RootElement.Clone());
    }

    private static async Task<IReadOnlyDictionary<string, JsonElement>> SavedKeysAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using var saved = JsonDocument.Parse(await ReadAsync(path, cancellation));
            return PublishedKeys.Read(saved.RootElement.Clone());
        }
        catch (JsonException failure)
        {
            throw new StartRefusedException($"The keys file {path} is not JSON; save did.json or jwks.json of the issuer.", failure);
        }
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The file {path} cannot be read.", failure);
        }
    }
}
