using System.Text.Json;

namespace TrainingPortal.Credentials;

/// <summary>The public keys in the two forms in which verifiers look for them.</summary>
public static class PublishedKeys
{
    /// <summary>A JSON Web Key Set.</summary>
    public static byte[] WriteSet(IReadOnlyList<SigningKey> keys, PortalOptions portal) => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("keys");
        foreach (var key in keys)
        {
            JsonWebKey.WritePublished(json, key.PublicJwk, Issuer.KeyAddress(portal, key.Thumbprint));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The document of the issuer's <c>did:web</c>: a key that is not listed here signs nothing in its name.</summary>
    public static byte[] WriteDid(IReadOnlyList<SigningKey> keys, PortalOptions portal) => JsonBytes.Write(json =>
    {
        var did = Issuer.Did(portal);
        json.WriteStartObject();
        json.WriteStrings("@context", "https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1");
        json.WriteString("id", did);
        json.WriteStartArray("verificationMethod");
        foreach (var key in keys)
        {
            json.WriteStartObject();
            json.WriteString("id", $"{did}#{key.Thumbprint}");
            json.WriteString("type", "JsonWebKey");
            json.WriteString("controller", did);
            json.WritePropertyName("publicKeyJwk");
            JsonWebKey.WritePublished(json, key.PublicJwk, Issuer.KeyAddress(portal, key.Thumbprint));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("assertionMethod", [.. keys.Select(key => $"{did}#{key.Thumbprint}")]);
        json.WriteEndObject();
    });

    /// <summary>The keys of a saved key set, document of a <c>did:web</c> or bare key, by the address that signatures name.</summary>
    /// <returns>None where it is none of them.</returns>
    public static IReadOnlyDictionary<string, JsonElement> Read(JsonElement saved)
    {
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var jwk in Keys(saved))
        {
            if (jwk.ValueKind == JsonValueKind.Object && jwk.TryGetProperty("kid", out var address) && address.ValueKind == JsonValueKind.String)
            {
                found[address.GetString()!] = jwk;
            }
        }

        return found;
    }

    private static IEnumerable<JsonElement> Keys(JsonElement saved)
    {
        if (saved.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        if (saved.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array)
        {
            return keys.EnumerateArray();
        }

        if (saved.TryGetProperty("verificationMethod", out var methods) && methods.ValueKind == JsonValueKind.Array)
        {
            return methods.EnumerateArray()
                .Where(method => method.ValueKind == JsonValueKind.Object)
                .Select(method => method.TryGetProperty("publicKeyJwk", out var key) ? key : default);
        }

        return [saved];
    }
}
