using System.Globalization;
using System.Text.Json;

namespace TrainingPortal.Credentials;

/// <summary>What a credential file is worth.</summary>
public enum CredentialVerdict
{
    Good,
    Expired,
    Revoked,
    Forged,

    /// <summary>Nothing speaks against it, and what would tell is missing: it is never taken for good.</summary>
    NotChecked,
}

/// <summary>Why the verdict is what it is.</summary>
public enum CredentialFinding
{
    InForce,
    PastItsLastDay,
    BitIsSet,
    NoSignature,
    OtherAlgorithm,
    UnknownKey,
    BrokenSignature,
    ClaimsDiffer,
    NoCredential,
    NotValidYet,
    NoStatusList,
    OtherStatusList,
    UnsignedStatusList,
    OldStatusList,
}

/// <param name="Payload">What was signed; none where the signature is not the issuer's.</param>
public sealed record CredentialResult(CredentialVerdict Verdict, CredentialFinding Finding, JsonElement? Payload);

/// <summary>
/// Checks a credential by nothing but bytes: no call to the issuer, no clock of its own. The algorithm and the key are ours to
/// choose and never the file's.
/// </summary>
/// <param name="keys">The issuer's public keys by the address that signatures name; see <see cref="PublishedKeys.Read"/>.</param>
public sealed class CredentialVerifier(IReadOnlyDictionary<string, JsonElement> keys)
{
    /// <param name="jws">The compact signature.</param>
    /// <param name="statusList">A saved status list, also a compact signature; none: it cannot be found good.</param>
    /// <param name="now">UTC.</param>
    public CredentialResult Verify(string? jws, string? statusList, DateTime now)
    {
        if (JsonWebSignature.Read(jws) is not { } read)
        {
            return Forged(CredentialFinding.NoSignature);
        }

        // The signature first, and the dates later: an expired credential is still genuine.
        if (Fault(read) is { } fault)
        {
            return Forged(fault);
        }

        var payload = read.Payload;
        if (!Types(payload).Contains("OpenBadgeCredential"))
        {
            return Forged(CredentialFinding.NoCredential);
        }

        if (!ClaimsFit(payload, Text(read.Header, "kid")!))
        {
            return Forged(CredentialFinding.ClaimsDiffer);
        }

        // A bit is never taken back, so that an old list is good enough to find a credential revoked and not to find it good.
        var (finding, revoked) = Status(payload, statusList, now);
        return revoked ? new CredentialResult(CredentialVerdict.Revoked, CredentialFinding.BitIsSet, payload)
            : Instant(payload, "validUntil") is { } until && now >= until.AddSeconds(1) ? new CredentialResult(CredentialVerdict.Expired, CredentialFinding.PastItsLastDay, payload)
            : now < Instant(payload, "validFrom") ? new CredentialResult(CredentialVerdict.NotChecked, CredentialFinding.NotValidYet, payload)
            : new CredentialResult(finding == CredentialFinding.InForce ? CredentialVerdict.Good : CredentialVerdict.NotChecked, finding, payload);
    }

    private static CredentialResult Forged(CredentialFinding finding) => new(CredentialVerdict.Forged, finding, null);

    private CredentialFinding? Fault(JsonWebSignature read)
    {
        // A member "jwk" proves nothing about who signed, and is not looked at; "crit" asks for what we do not know.
        if (Text(read.Header, "alg") != JsonWebSignature.Algorithm || read.Header.TryGetProperty("crit", out _))
        {
            return CredentialFinding.OtherAlgorithm;
        }

        if (Text(read.Header, "kid") is not { } address || !keys.TryGetValue(address, out var jwk))
        {
            return CredentialFinding.UnknownKey;
        }

        using var key = JsonWebKey.Read(jwk);
        return key is null ? CredentialFinding.UnknownKey
            : read.IsSignedBy(key) ? null
            : CredentialFinding.BrokenSignature;
    }

    private static bool ClaimsFit(JsonElement payload, string keyAddress) =>
        Text(payload, "iss") is { } issuer
        && issuer == Text(Member(payload, "issuer"), "id")
        && Uri.TryCreate(keyAddress, UriKind.Absolute, out var address)
        && issuer == Issuer.Did(new PortalOptions { PublicUrl = address })
        && Text(payload, "sub") is { } subject
        && subject == Text(Member(payload, "credentialSubject"), "id")
        && Text(payload, "jti") is { } id
        && id == Text(payload, "id")
        && Seconds(payload, "nbf") is { } from
        && from == Instant(payload, "validFrom")
        && Seconds(payload, "exp") == Instant(payload, "validUntil");

    private (CredentialFinding Finding, bool Revoked) Status(JsonElement payload, string? statusList, DateTime now)
    {
        if (statusList is null)
        {
            return (CredentialFinding.NoStatusList, false);
        }

        if (JsonWebSignature.Read(statusList) is not { } read || Fault(read) is not null)
        {
            return (CredentialFinding.UnsignedStatusList, false);
        }

        var list = Member(read.Payload, "credentialSubject");
        var entry = Member(payload, "credentialStatus");
        if (!Types(read.Payload).Contains("BitstringStatusListCredential")
            || Text(read.Payload, "id") is not { } id || id != Text(entry, "statusListCredential")
            || Text(read.Payload, "iss") != Text(payload, "iss")
            || Text(list, "statusPurpose") != "revocation" || Text(entry, "statusPurpose") != "revocation"
            || !int.TryParse(Text(entry, "statusListIndex"), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || StatusList.Decode(Text(list, "encodedList")) is not { } bits
            || index >= bits.Length * 8)
        {
            return (CredentialFinding.OtherStatusList, false);
        }

        var current = Instant(read.Payload, "validFrom") <= now && now <= Instant(read.Payload, "validUntil");
        return (current ? CredentialFinding.InForce : CredentialFinding.OldStatusList, StatusList.IsSet(bits, index));
    }

    private static IEnumerable<string?> Types(JsonElement payload) =>
        Member(payload, "type") is { ValueKind: JsonValueKind.Array } types ? types.EnumerateArray().Where(type => type.ValueKind == JsonValueKind.String).Select(type => type.GetString()) : [];

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static DateTime? Instant(JsonElement element, string name) =>
        DateTime.TryParseExact(Text(element, name), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : null;

    private static DateTime? Seconds(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var seconds) && seconds is >= 0 and < 253_402_300_800
            ? DateTime.UnixEpoch.AddSeconds(seconds)
            : null;
}
