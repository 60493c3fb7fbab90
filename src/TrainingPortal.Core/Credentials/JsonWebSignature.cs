using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TrainingPortal.Credentials;

/// <summary>
/// A compact JSON Web Signature (RFC 7515), RS256 and nothing else: the one algorithm that Open Badges 3.0 makes mandatory.
/// </summary>
public sealed record JsonWebSignature
{
    public const string Algorithm = "RS256";

    private JsonWebSignature(string signed, byte[] signature, JsonElement header, JsonElement payload)
    {
        Signed = signed;
        Signature = signature;
        Header = header;
        Payload = payload;
    }

    public JsonElement Header { get; }

    public JsonElement Payload { get; }

    private string Signed { get; }

    private byte[] Signature { get; }

    /// <param name="payload">JSON, UTF-8.</param>
    /// <param name="keyAddress">The header's <c>kid</c>.</param>
    /// <param name="key">With its private half.</param>
    public static string Sign(ReadOnlySpan<byte> payload, string keyAddress, RSA key)
    {
        // Open Badges 3.0 allows no other members here.
        var header = JsonBytes.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("alg", Algorithm);
            json.WriteString("kid", keyAddress);
            json.WriteString("typ", "JWT");
            json.WriteEndObject();
        });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <returns>Null where it is no compact signature over JSON objects.</returns>
    public static JsonWebSignature? Read(string? compact)
    {
        if (compact?.Split('.') is not [{ Length: > 0 } header, { Length: > 0 } payload, { Length: > 0 } signature])
        {
            return null;
        }

        try
        {
            var read = new JsonWebSignature($"{header}.{payload}", Base64Url.DecodeFromChars(signature), Json(header), Json(payload));
            return read.Header.ValueKind == JsonValueKind.Object && read.Payload.ValueKind == JsonValueKind.Object ? read : null;
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether exactly these bytes were signed with this key. Says nothing of dates.</summary>
    public bool IsSignedBy(RSA key) => key.VerifyData(Encoding.ASCII.GetBytes(Signed), Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    // Two members of one name would let two readers read two things.
    private static JsonElement Json(string part) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(part), new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
}
