using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Credentials;
using TrainingPortal.Persistence;

namespace TrainingPortal.Tests.Support;

/// <summary>The signing keys of the run: made a few times only, and opened once, since both take long.</summary>
internal static class TestKeys
{
    public const string Passphrase = "only-for-tests";

    private static readonly Lazy<string> s_folder = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("portal-keys-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    private static readonly ConcurrentDictionary<string, KeyRing> s_rings = new();

    public static IOptions<KeyOptions> Options => Microsoft.Extensions.Options.Options.Create(new KeyOptions { Directory = s_folder.Value, Passphrase = Passphrase });

    /// <summary>
    /// Makes keys for a database that tests begin with copies of; they sign since before every test's time, and the record of acts
    /// begins with the test's own.
    /// </summary>
    public static async Task MakeAsync(IDbContextFactory<PortalDbContext> databases)
    {
        await new RotateKeys(databases, Options, Microsoft.Extensions.Options.Options.Create(new PortalOptions()), new SetClock(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)))
            .RunAsync(compromised: null, CancellationToken.None);
        await using var database = databases.CreateDbContext();
        await database.AuditEntries.ExecuteDeleteAsync();
    }

    /// <summary>Puts the key files where a portal on a data folder looks for them.</summary>
    public static void CopyTo(string dataFolder)
    {
        var keys = Directory.CreateDirectory(Path.Combine(dataFolder, "keys")).FullName;
        foreach (var file in Directory.GetFiles(s_folder.Value))
        {
            File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
        }
    }

    public static KeyRing Ring(IOptions<PortalOptions> portal) => s_rings.GetOrAdd(portal.Value.PublicUrl.ToString(), _ => new KeyRing(Options, portal));

    public static CredentialIssue Issue(IOptions<PortalOptions> portal) => new(Ring(portal), portal);
}
