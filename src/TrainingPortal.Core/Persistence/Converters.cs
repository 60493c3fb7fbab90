using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace TrainingPortal.Persistence;

/// <summary>Instants are UTC in the code and in the database; any other kind is a bug and is refused.</summary>
public sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    value => value.Kind == DateTimeKind.Utc ? value : Refuse(value),
    stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc))
{
    private static DateTime Refuse(DateTime value) =>
        throw new InvalidOperationException($"{value:O} is {value.Kind}, and only UTC is stored.");
}

/// <summary>A short list that is always read and written whole, as JSON in one column.</summary>
public sealed class JsonListConverter<T>() : ValueConverter<IReadOnlyList<T>, string>(
    list => JsonSerializer.Serialize(list, ListJson.Options),
    json => JsonSerializer.Deserialize<List<T>>(json, ListJson.Options)!);

public sealed class ListComparer<T>() : ValueComparer<IReadOnlyList<T>>(
    (left, right) => ReferenceEquals(left, right) || (left != null && right != null && left.SequenceEqual(right)),
    list => list.Aggregate(0, (hash, element) => HashCode.Combine(hash, element)),
    list => list.ToList());

/// <summary>A value that is always read and written whole, as JSON in one column.</summary>
public sealed class JsonConverter<T>() : ValueConverter<T, string>(
    value => JsonSerializer.Serialize(value, ListJson.Options),
    json => JsonSerializer.Deserialize<T>(json, ListJson.Options)!);

/// <summary>Two values are the same if their JSON is; such a value is never changed in place.</summary>
public sealed class JsonComparer<T>() : ValueComparer<T>(
    (left, right) => ListJson.Same(left, right),
    value => JsonSerializer.Serialize(value, ListJson.Options).GetHashCode(StringComparison.Ordinal),
    value => value);

internal static class ListJson
{
    // The column holds JSON, not HTML: letters with accents stay readable. What follows from the rest is not stored with it
    // (InteractionTests: the key and the reasons would stand there twice).
    public static JsonSerializerOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatFollows } },
    };

    public static bool Same<T>(T? left, T? right) => JsonSerializer.Serialize(left, Options) == JsonSerializer.Serialize(right, Options);

    private static void LeaveOutWhatFollows(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.Set is null).ToList())
        {
            type.Properties.Remove(property);
        }
    }
}
