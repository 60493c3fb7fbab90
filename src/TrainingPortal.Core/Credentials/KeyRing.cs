using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>A private key that signs now.</summary>
public sealed class Signer(SigningKey key, RSA rsa, PortalOptions portal)
{
    public string Thumbprint => key.Thumbprint;

    /// <param name="payload">JSON, UTF-8.</param>
    /// <returns>The compact signature.</returns>
    public string Sign(ReadOnlySpan<byte> payload)
    {
        // One object of the framework is not promised to serve two threads.
        lock (rsa)
        {
            return JsonWebSignature.Sign(payload, Issuer.KeyAddress(portal, key.Thumbprint), rsa);
        }
    }
}

/// <summary>
/// The keys that sign now. Which one that is the database says each time, so that a rotation reaches every node; a key that was
/// opened stays open, since opening one takes a tenth of a second.
/// </summary>
public sealed class KeyRing(IOptions<KeyOptions> options, IOptions<PortalOptions> portal) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<RSA>> opened = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<X509Certificate2>> certificates = new(StringComparer.Ordinal);

    /// <param name="now">UTC.</param>
    /// <exception cref="SigningKeyException">There is no key, or it cannot be opened.</exception>
    public async Task<Signer> SignerAsync(PortalDbContext database, DateTime now, CancellationToken cancellation)
    {
        var key = await CurrentAsync(database, KeyUse.VcJwt, now, cancellation);
        var rsa = opened.GetOrAdd(key.Thumbprint, thumbprint => new Lazy<RSA>(() => KeyFiles.Open(options.Value, thumbprint), LazyThreadSafetyMode.PublicationOnly));
        return new Signer(key, rsa.Value, portal.Value);
    }

    /// <summary>The certificate that signs PDF files, with its private key; it stays open, and is not the asker's to dispose of.</summary>
    /// <param name="now">UTC.</param>
    /// <exception cref="SigningKeyException">There is no key, or it cannot be opened.</exception>
    public async Task<X509Certificate2> DocumentCertificateAsync(PortalDbContext database, DateTime now, CancellationToken cancellation)
    {
        var key = await CurrentAsync(database, KeyUse.Pdf, now, cancellation);
        return certificates.GetOrAdd(key.Thumbprint, thumbprint => new Lazy<X509Certificate2>(() => KeyFiles.OpenCertificate(options.Value, thumbprint), LazyThreadSafetyMode.PublicationOnly)).Value;
    }

    public void Dispose()
    {
        foreach (var key in opened.Values.Where(key => key.IsValueCreated))
        {
            key.Value.Dispose();
        }

        foreach (var certificate in certificates.Values.Where(certificate => certificate.IsValueCreated))
        {
            certificate.Value.Dispose();
        }
    }

    private static async Task<SigningKey> CurrentAsync(PortalDbContext database, KeyUse use, DateTime now, CancellationToken cancellation) =>
        await database.SigningKeys
            .AsNoTracking()
            .Where(key => key.Use == use && key.CompromisedAt == null && key.ActiveFrom <= now)
            .OrderByDescending(key => key.ActiveFrom)
            .ThenBy(key => key.Thumbprint)
            .FirstOrDefaultAsync(cancellation)
        ?? throw new SigningKeyException("There are no signing keys yet; make them with \"keys rotate\".");
}
