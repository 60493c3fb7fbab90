using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TrainingPortal.Credentials;

/// <summary>Public RSA keys as JSON Web Keys (RFC 7517) and their thumbprints (RFC 7638).</summary>
public static class JsonWebKey
{
    /// <summary>The members of which the thumbprint is made, in its order and without spaces.</summary>
    public static string Of(RSA key)
    {
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return $"{{\"e\":\"{Base64Url.EncodeToString(numbers.Exponent)}\",\"kty\":\"RSA\",\"n\":\"{Base64Url.EncodeToString(numbers.Modulus)}\"}}";
    }

    /// <param name="publicJwk">As <see cref="Of"/> writes it.</param>
    public static string Thumbprint(string publicJwk) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(publicJwk)));

    /// <summary>The key as it is published: what it is for, and the address by which signatures name it.</summary>
    /// <param name="publicJwk">As <see cref="Of"/> writes it.</param>
    /// <param name="address">The signatures' <c>kid</c>.</param>
    public static void WritePublished(Utf8JsonWriter json, string publicJwk, string address)
    {
        using var members = JsonDocument.Parse(publicJwk);
        json.WriteStartObject();
        json.WriteString("kty", "RSA");
        json.WriteString("alg", JsonWebSignature.Algorithm);
        json.WriteString("use", "sig");
        json.WriteString("kid", address);
        json.WriteString("n", members.RootElement.GetProperty("n").GetString());
        json.WriteString("e", members.RootElement.GetProperty("e").GetString());
        json.WriteEndObject();
    }

    /// <returns>Null where it is no RSA key.</returns>
    public static RSA? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object
            || !jwk.TryGetProperty("kty", out var type) || !type.ValueEquals("RSA")
            || !jwk.TryGetProperty("n", out var modulus) || !jwk.TryGetProperty("e", out var exponent)
            || modulus.ValueKind != JsonValueKind.String || exponent.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(modulus.GetString()), Exponent = Base64Url.DecodeFromChars(exponent.GetString()) });
        }
        catch (Exception failure) when (failure is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
