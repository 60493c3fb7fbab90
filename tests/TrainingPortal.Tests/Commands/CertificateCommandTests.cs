using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Commands;

/// <summary><c>certificates verify</c> ends with a number of its own for each thing that a file can be.</summary>
public class CertificateCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_good_revoked_forged_and_unchecked_apart()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var certificate = await data.AddCertifiedTraineeAsync("ana@example.org", data.Now.AddMinutes(-5));
        var (file, list) = await SaveAsync(data, certificate);
        var folder = $"--Portal:DataDirectory={data.Path}";

        AssertSays(0, "Genuine and good.", await PortalProcess.RunAsync("certificates", "verify", file, "--status", list, folder));
        AssertSays(5, "Could not be checked", await PortalProcess.RunAsync("certificates", "verify", file, folder));
        var changed = data.File("changed.jwt");
        await File.WriteAllTextAsync(changed, (await File.ReadAllTextAsync(file, Cancellation))[..^8] + "AAAAAAAA", Cancellation);
        AssertSays(4, "Forged", await PortalProcess.RunAsync("certificates", "verify", changed, "--status", list, folder));

        var administrator = await data.AddPersonAsync("ada@example.org", Roles.Administrator);
        Assert.True((await new RevokeCertificate(data, Options.Create(new PortalOptions()), TimeProvider.System).RunAsync(administrator, Serial.Parse(certificate.Serial), RevocationReason.Misconduct, Cancellation)).Succeeded);
        Assert.Equal(0, (await PortalProcess.RunAsync("jobs", "run", "status-lists", folder)).ExitCode);
        (file, list) = await SaveAsync(data, certificate);
        AssertSays(3, "Genuine but revoked.", await PortalProcess.RunAsync("certificates", "verify", file, "--status", list, folder));
    }

    [Fact]
    public async Task With_saved_keys_it_needs_no_portal()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var certificate = await data.AddCertifiedTraineeAsync("ana@example.org", data.Now.AddMonths(-25));
        var (file, _) = await SaveAsync(data, certificate);
        await using var portal = await PortalHttp.StartAsync(data);
        using var visitor = portal.Visit();
        var keys = data.File("did.json");
        await File.WriteAllBytesAsync(keys, (await visitor.GetAsync("/.well-known/did.json")).Bytes, Cancellation);

        AssertSays(2, "Genuine but expired.", await PortalProcess.RunAsync("certificates", "verify", file, "--keys", keys));
        await File.WriteAllTextAsync(keys, """{"keys":[]}""", Cancellation);
        AssertSays(4, "names a key that is not among", await PortalProcess.RunAsync("certificates", "verify", file, "--keys", keys));
        var missing = await PortalProcess.RunAsync("certificates", "verify", data.File("none.jwt"));
        Assert.Equal((1, $"The file {data.File("none.jwt")} cannot be read."), (missing.ExitCode, missing.Errors));
    }

    private static void AssertSays(int exitCode, string sentence, ProgramResult result)
    {
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Errors));
        Assert.Contains(sentence, result.Output, StringComparison.Ordinal);
    }

    private static async Task<(string File, string List)> SaveAsync(DataFolder data, Certificate certificate)
    {
        await using var database = data.CreateDbContext();
        var credential = await database.Credentials.AsNoTracking().SingleAsync(row => row.CertificateId == certificate.Id, Cancellation);
        var list = await database.StatusLists.AsNoTracking().SingleAsync(row => row.Id == credential.StatusListId, Cancellation);
        await File.WriteAllTextAsync(data.File("credential.jwt"), credential.Jws, Cancellation);
        await File.WriteAllTextAsync(data.File("list.jwt"), list.Jwt, Cancellation);
        return (data.File("credential.jwt"), data.File("list.jwt"));
    }
}
