using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Credentials;

/// <summary>
/// Makes a new key of each use. Its public half is published at once and it signs from a day later, when every cache has it; where
/// there is no key before it, it signs at once.
/// </summary>
public sealed class RotateKeys(IDbContextFactory<PortalDbContext> databases, IOptions<KeyOptions> options, IOptions<PortalOptions> portal, TimeProvider clock)
{
    /// <summary>Between publishing a key and signing with it.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromHours(24);

    private const int Bits = 3072;

    // Nobody is led by its dates: the portal retires a key by rotating it.
    private const int CertificateYears = 20;

    /// <param name="compromised">The thumbprint of a key that others may have: it is served no more, and its successor signs at once.</param>
    /// <returns>The new keys; none where no key has that thumbprint.</returns>
    /// <exception cref="SigningKeyException">No passphrase, or the folder cannot be written.</exception>
    public async Task<IReadOnlyList<SigningKey>> RunAsync(string? compromised, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(options.Value.Passphrase))
        {
            throw new SigningKeyException("The setting Keys:Passphrase, with which the signing keys are encrypted, is missing.");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var keys = await database.SigningKeys.Where(key => key.RetiredAt == null || key.RetiredAt > now || key.Thumbprint == compromised).ToListAsync(cancellation);
        if (compromised is not null)
        {
            if (keys.Find(key => key.Thumbprint == compromised) is not { } lost)
            {
                return [];
            }

            lost.MarkCompromised(now);
            database.AuditEntries.Add(new AuditEntry(now, null, "signing key compromised", lost.Thumbprint));
        }

        var made = new List<SigningKey>();
        foreach (var use in Enum.GetValues<KeyUse>().Where(use => compromised is null || keys.Exists(key => key.Thumbprint == compromised && key.Use == use)))
        {
            var before = keys.FindAll(key => key.Use == use && key.CompromisedAt is null);
            var key = Make(use, now, before.Exists(key => key.ActiveFrom <= now) ? now + Notice : now);
            before.ForEach(old => old.RetireAt(key.ActiveFrom));
            database.SigningKeys.Add(key);
            database.AuditEntries.Add(new AuditEntry(now, null, "signing key made", key.Thumbprint));
            made.Add(key);
        }

        await database.SaveChangesAsync(cancellation);
        return made;
    }

    private SigningKey Make(KeyUse use, DateTime now, DateTime activeFrom)
    {
        using var rsa = RSA.Create(Bits);
        var jwk = JsonWebKey.Of(rsa);
        var thumbprint = JsonWebKey.Thumbprint(jwk);
        using var certificate = use == KeyUse.Pdf ? Certify(rsa, now) : null;
        try
        {
            KeyFiles.Write(options.Value, thumbprint, rsa, certificate);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SigningKeyException($"The folder {options.Value.Directory} of Keys:Directory cannot be written; give this user the right to, or name another.", failure);
        }

        return new SigningKey(thumbprint, use, jwk, now, activeFrom);
    }

    private X509Certificate2 Certify(RSA rsa, DateTime now)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(portal.Value.Name);
        var request = new CertificateRequest(name.Build(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddYears(CertificateYears));
    }
}
