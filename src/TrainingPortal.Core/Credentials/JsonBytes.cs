using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TrainingPortal.Credentials;

/// <summary>JSON written member by member, so that the same facts always give the same bytes.</summary>
public static class JsonBytes
{
    // It is signed and served as what it is, never inside HTML: letters with accents stay readable.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            write(json);
        }

        return bytes.WrittenSpan.ToArray();
    }

    public static void WriteStrings(this Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>RFC 3339 in UTC, whole seconds.</summary>
    public static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The instant in seconds since 1970, as JSON Web Tokens count.</summary>
    public static long Seconds(DateTime utc) => new DateTimeOffset(utc).ToUnixTimeSeconds();

    /// <summary>Without the part of a second.</summary>
    public static DateTime WholeSecond(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
