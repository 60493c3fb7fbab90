using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Credentials;
using TrainingPortal.Persistence;

namespace TrainingPortal.Web.Hosting;

/// <summary>Sees at the start that the portal can sign, so that no certificate waits for it later.</summary>
public static class SigningKeys
{
    /// <summary>The settings, with the folder where it was not named and, in Development, a passphrase.</summary>
    /// <exception cref="StartRefusedException">A setting that there is not.</exception>
    public static KeyOptions Read(IConfiguration configuration, IHostEnvironment environment, PortalOptions portal)
    {
        var keys = Settings.Read<KeyOptions>(configuration, "Keys");
        keys.Directory = string.IsNullOrEmpty(keys.Directory) ? Path.Combine(portal.DataDirectory, "keys") : Path.GetFullPath(keys.Directory);
        if (string.IsNullOrEmpty(keys.Passphrase) && environment.IsDevelopment())
        {
            keys.Passphrase = KeyOptions.DevelopmentPassphrase;
        }

        return keys;
    }

    /// <summary>Before anything is made: a portal that could never sign need not make a database.</summary>
    /// <exception cref="StartRefusedException">The passphrase is missing.</exception>
    public static void RequirePassphrase(IServiceProvider services)
    {
        if (string.IsNullOrEmpty(services.GetRequiredService<IOptions<KeyOptions>>().Value.Passphrase))
        {
            throw new StartRefusedException("The setting Keys:Passphrase, which opens the signing keys, is missing; give it as the environment variable Keys__Passphrase.");
        }
    }

    /// <summary>Opens the key that signs now; in Development it is made where there is none.</summary>
    /// <exception cref="StartRefusedException">There is none, or it cannot be opened.</exception>
    public static async Task RequireAsync(WebApplication app, CancellationToken cancellation)
    {
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellation);
        if (app.Environment.IsDevelopment() && !await database.SigningKeys.AnyAsync(cancellation))
        {
            await MakeAsync(app.Services, compromised: null, cancellation);
            if (app.Services.GetRequiredService<IOptions<KeyOptions>>().Value is { Passphrase: KeyOptions.DevelopmentPassphrase } made)
            {
                Console.WriteLine($"Signing keys for development are in {made.Directory}; their passphrase is \"{KeyOptions.DevelopmentPassphrase}\".");
            }
        }

        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        try
        {
            await app.Services.GetRequiredService<KeyRing>().SignerAsync(database, now, cancellation);
        }
        catch (SigningKeyException refused)
        {
            throw new StartRefusedException(refused.Message, refused);
        }
    }

    /// <exception cref="StartRefusedException">No passphrase, or the folder cannot be written.</exception>
    public static async Task<IReadOnlyList<SigningKey>> MakeAsync(IServiceProvider services, string? compromised, CancellationToken cancellation)
    {
        try
        {
            return await services.GetRequiredService<RotateKeys>().RunAsync(compromised, cancellation);
        }
        catch (SigningKeyException refused)
        {
            throw new StartRefusedException(refused.Message, refused);
        }
    }
}
