namespace TrainingPortal.Credentials;

/// <summary>A status list as a verifiable credential (Bitstring Status List 1.0).</summary>
internal static class StatusListJson
{
    /// <summary>From then on nobody takes the list for the truth, so it is signed again long before.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(48);

    /// <summary>How long a copy may be kept, in milliseconds; <c>Cache-Control</c> says the same.</summary>
    public const int TimeToLive = 300_000;

    public static byte[] Write(PortalOptions portal, int list, string encodedBits, DateTime now)
    {
        var address = Issuer.StatusListAddress(portal, list);
        var from = JsonBytes.WholeSecond(now);
        var until = from + Lifetime;
        return JsonBytes.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStrings("@context", CredentialJson.VerifiableCredentials);
            json.WriteString("id", address);
            json.WriteStrings("type", "VerifiableCredential", "BitstringStatusListCredential");
            json.WriteString("issuer", Issuer.Did(portal));
            json.WriteString("validFrom", JsonBytes.Instant(from));
            json.WriteString("validUntil", JsonBytes.Instant(until));
            json.WriteStartObject("credentialSubject");
            json.WriteString("id", $"{address}#list");
            json.WriteString("type", "BitstringStatusList");
            json.WriteString("statusPurpose", "revocation");
            json.WriteString("encodedList", encodedBits);
            json.WriteNumber("ttl", TimeToLive);
            json.WriteEndObject();
            json.WriteString("iss", Issuer.Did(portal));
            json.WriteString("sub", $"{address}#list");
            json.WriteNumber("nbf", JsonBytes.Seconds(from));
            json.WriteNumber("exp", JsonBytes.Seconds(until));
            json.WriteEndObject();
        });
    }
}
