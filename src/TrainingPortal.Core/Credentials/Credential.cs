using System.Security.Cryptography;
using System.Text;
using TrainingPortal.Certifications;

namespace TrainingPortal.Credentials;

/// <summary>
/// The signed form of one certificate, kept exactly as it was signed: it is never made again from rows, since a signature
/// fits one sequence of bytes only.
/// </summary>
public sealed class Credential
{
    private Credential()
    {
    }

    /// <param name="certificate">What it says.</param>
    /// <param name="subjectId">Random, so that two credentials of a person cannot be joined.</param>
    /// <param name="place">Its bit in a status list.</param>
    /// <param name="jws">The compact signature.</param>
    /// <param name="keyThumbprint">Of the key that signed.</param>
    /// <param name="now">UTC.</param>
    public Credential(Certificate certificate, Guid subjectId, StatusPlace place, string jws, string keyThumbprint, DateTime now)
    {
        CertificateId = certificate.Id;
        AwardId = certificate.AwardId ?? throw new InvalidOperationException("A certificate without an award cannot be signed.");
        SubjectId = subjectId;
        StatusListId = place.List;
        StatusIndex = place.Index;
        Jws = jws;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(jws)));
        KeyThumbprint = keyThumbprint;
        SignedAt = now;
    }

    public Guid CertificateId { get; private init; }

    /// <summary>The credential's own id, <c>urn:uuid:…</c>: the same for every issue of one award.</summary>
    public Guid AwardId { get; private init; }

    public Guid SubjectId { get; private init; }

    public int StatusListId { get; private init; }

    /// <summary>0 to 131,071; never used for another credential.</summary>
    public int StatusIndex { get; private init; }

    /// <summary>Header, payload and signature, ASCII; empty once its holder is erased.</summary>
    public string Jws { get; private set; } = "";

    /// <summary>Of <see cref="Jws"/>, in hexadecimal: what was signed and what was not can be told apart for ever.</summary>
    public string Sha256 { get; private init; } = "";

    public string KeyThumbprint { get; private init; } = "";

    /// <summary>UTC.</summary>
    public DateTime SignedAt { get; private init; }

    /// <summary>UTC; none while it counts. Never undone.</summary>
    public DateTime? RevokedAt { get; private set; }

    /// <summary>UTC; not none from its revocation until the status list says so. The index on it lets the job touch only what is due.</summary>
    public DateTime? ListDueAt { get; private set; }

    /// <summary>The bit of its status list is to be set; a second time changes nothing.</summary>
    public void Revoke(DateTime now)
    {
        if (RevokedAt is null)
        {
            RevokedAt = now;
            ListDueAt = now;
        }
    }

    /// <summary>Its holder is erased: of the bytes only their hash stays.</summary>
    public void Forget() => Jws = "";

    /// <summary>The status list says that it is revoked.</summary>
    public void MarkListed() => ListDueAt = null;
}

/// <summary>A bit of a status list.</summary>
public readonly record struct StatusPlace(int List, int Index);
