using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Persistence;

namespace TrainingPortal.Verification;

/// <summary>What anyone learns who checks a serial. All instants are UTC.</summary>
/// <param name="StatusSince">When the status began to hold.</param>
/// <param name="LastValidDay">A day in <paramref name="TimeZone"/>.</param>
/// <param name="EndingPart">The part that ends on <paramref name="LastValidDay"/>, where it ends before the whole; else none.</param>
/// <param name="RevocationReason">For a revoked certificate only.</param>
/// <param name="SuspensionReason">For a suspended certificate only.</param>
/// <param name="Proof">The signed credential; none until it is signed.</param>
/// <param name="CheckedAt">When the database was read.</param>
public sealed record CertificateCheck(
    Serial Serial,
    CertificateStatus Status,
    DateTime StatusSince,
    string HolderName,
    string Title,
    string Level,
    IReadOnlyList<Cover> Covers,
    string Scope,
    DateTime IssuedAt,
    DateTime ValidFrom,
    DateTime ValidUntil,
    DateOnly LastValidDay,
    string TimeZone,
    string? EndingPart,
    RevocationReason? RevocationReason,
    SuspensionReason? SuspensionReason,
    CredentialProof? Proof,
    DateTime CheckedAt)
{
    /// <summary>Good today: the status word says why or why not.</summary>
    public bool IsGood => Status is CertificateStatus.Active or CertificateStatus.Expiring;
}

/// <summary>By what the signed credential of a certificate can be told from any other.</summary>
/// <param name="Sha256">Of the compact signature, in hexadecimal.</param>
/// <param name="Key">The thumbprint of the key that signed it.</param>
public sealed record CredentialProof(Guid AwardId, string Sha256, StatusPlace Status, string Key);

/// <summary>
/// Is this certificate good now? Anyone may ask who holds its serial. The answer is read from the database each time:
/// nothing is cached, so it is never older than it says.
/// </summary>
public sealed class CheckCertificate(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>Null where no certificate has this serial, or its holder was erased.</returns>
    public async Task<CertificateCheck?> RunAsync(Serial serial, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificate = await database.Certificates
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.Serial == serial.Value, cancellation);
        if (certificate is null or { IsWithdrawn: true })
        {
            return null;
        }

        var proof = await database.Credentials
            .Where(row => row.CertificateId == certificate.Id)
            .Select(row => new CredentialProof(row.AwardId, row.Sha256, new StatusPlace(row.StatusListId, row.StatusIndex), row.KeyThumbprint))
            .FirstOrDefaultAsync(cancellation);
        var status = certificate.StatusAt(now);
        return new CertificateCheck(
            serial,
            status,
            Since(certificate, status),
            certificate.HolderName,
            certificate.Title,
            certificate.Level,
            certificate.Covers,
            certificate.Scope,
            certificate.IssuedAt,
            certificate.ValidFrom,
            certificate.ValidUntil,
            certificate.LastValidDay,
            certificate.TimeZone,
            certificate.EndingPart?.Name,
            certificate.Revocation?.ReasonAs<RevocationReason>(),
            status == CertificateStatus.Suspended ? certificate.Suspension!.ReasonAs<SuspensionReason>() : null,
            proof,
            now);
    }

    private static DateTime Since(Certificate certificate, CertificateStatus status) => status switch
    {
        CertificateStatus.Revoked => certificate.Revocation!.At,
        CertificateStatus.Superseded => certificate.SupersededAt!.Value,
        CertificateStatus.Expired => certificate.ValidUntil.AddSeconds(1),
        CertificateStatus.Expiring => certificate.RenewalOpensAt,
        CertificateStatus.Suspended => certificate.Suspension!.At,
        CertificateStatus.Active => certificate.ValidFrom,
    };
}
