using System.Globalization;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// The keys of one map, asked for one by one with the type each must have. What is missing or wrong becomes a fault and
/// reads as empty, zero or false, so that reading goes on. <see cref="End"/> names the keys that nobody asked for.
/// </summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, YamlPair> pairs = new(StringComparer.Ordinal);
    private readonly List<string> asked = [];
    private readonly FaultList faults;

    public YamlFields(YamlMap map, FaultList faults)
    {
        this.faults = faults;
        Place = map.Place;
        foreach (var pair in map.Pairs)
        {
            if (!pairs.TryAdd(pair.Key, pair))
            {
                faults.Add(pair.KeyPlace, Invariant($"The key '{pair.Key}' is given a second time; line {pairs[pair.Key].KeyPlace.Line} has the first."));
            }
        }
    }

    /// <summary>Where the map starts.</summary>
    public FilePlace Place { get; }

    public bool Has(string key) => pairs.ContainsKey(key);

    /// <summary>Where a key stands, or where the map starts if it does not have it.</summary>
    public FilePlace PlaceOf(string key) => pairs.TryGetValue(key, out var pair) ? pair.KeyPlace : Place;

    public string Text(string key, int longest) => TextAt(key, longest).Text;

    public PlacedText TextAt(string key, int longest) =>
        Required(key) is { } pair ? AsText(pair.Value, pair.KeyPlace, Named(key), longest) : new PlacedText("", Place);

    public PlacedText? OptionalText(string key, int longest) =>
        Optional(key) is { } pair ? AsText(pair.Value, pair.KeyPlace, Named(key), longest) : null;

    /// <summary>A text of lower-case letters, digits and hyphens.</summary>
    public PlacedText Name(string key, int longest)
    {
        var text = TextAt(key, longest);
        if (text.Text.Length > 0 && !FolderLayout.IsName(text.Text))
        {
            faults.Add(text.Place, $"'{text.Text}' is no name; {Named(key)} has lower-case letters, digits and hyphens only.");
        }

        return text;
    }

    public int WholeNumber(string key, int least, int most) => Required(key) is { } pair ? AsWholeNumber(pair, least, most) : 0;

    public int? OptionalWholeNumber(string key, int least, int most) => Optional(key) is { } pair ? AsWholeNumber(pair, least, most) : null;

    /// <summary>A number greater than zero, or zero if that is allowed, with at most so many decimals.</summary>
    public decimal Number(string key, decimal most, int decimals, bool mayBeZero = false)
    {
        if (Required(key) is not { } pair)
        {
            return 0;
        }

        if (pair.Value is not YamlText { Plain: true } value
            || !decimal.TryParse(value.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            faults.Add(pair.KeyPlace, Invariant($"{Named(key)} must be a number such as 0.5, {Found(pair.Value)}."));
            return 0;
        }

        if (number < 0 || (number == 0 && !mayBeZero) || number > most || decimal.Round(number, decimals) != number)
        {
            faults.Add(value.Place, Invariant($"{Named(key)} is {number}; it must be {(mayBeZero ? "0 or more" : "greater than 0")} and at most {most}, with {decimals} decimals at most."));
            return 0;
        }

        return number;
    }

    /// <summary>A day, such as <c>2026-05-19</c>.</summary>
    public DateOnly Day(string key)
    {
        if (Required(key) is not { } pair)
        {
            return default;
        }

        if (pair.Value is YamlText text && DateOnly.TryParseExact(text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        faults.Add(pair.KeyPlace, $"{Named(key)} must be a day such as 2026-05-19, {Found(pair.Value)}.");
        return default;
    }

    public DateOnly? OptionalDay(string key)
    {
        if (Has(key))
        {
            return Day(key);
        }

        asked.Add(key);
        return null;
    }

    /// <summary>An instant in UTC, such as <c>2026-05-19T08:00Z</c>.</summary>
    public DateTime? OptionalInstant(string key)
    {
        if (Optional(key) is not { } pair)
        {
            return null;
        }

        if (pair.Value is YamlText text && DateTime.TryParseExact(text.Text, "yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return instant;
        }

        faults.Add(pair.KeyPlace, $"{Named(key)} must be an instant in UTC such as 2026-05-19T08:00Z, {Found(pair.Value)}.");
        return null;
    }

    public bool Flag(string key) => Required(key) is { } pair && AsFlag(pair);

    public bool OptionalFlag(string key) => Optional(key) is { } pair && AsFlag(pair);

    /// <summary>One of a few words; empty, and a fault, where it is none of them.</summary>
    public string Word(string key, params string[] words)
    {
        if (Required(key) is not { } pair)
        {
            return "";
        }

        if (pair.Value is YamlText text && words.Contains(text.Text))
        {
            return text.Text;
        }

        faults.Add(pair.KeyPlace, $"{Named(key)} must be {string.Join(" or ", words)}, {Found(pair.Value)}.");
        return "";
    }

    /// <summary>What one of a few words stands for; null, and a fault, where it is none of them.</summary>
    public T? Choice<T>(string key, params (string Word, T Value)[] choices)
        where T : struct
    {
        var word = Word(key, [.. choices.Select(choice => choice.Word)]);
        return choices.Where(choice => choice.Word == word).Select(choice => (T?)choice.Value).FirstOrDefault();
    }

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<PlacedText> Texts(string key, int longest, bool mayBeEmpty = false)
    {
        var entries = Entries(key, mayBeEmpty);
        return [.. entries.Select(entry => AsText(entry, entry.Place, $"an entry of {Named(key)}", longest))];
    }

    /// <summary>A list of texts; empty where the key is not given.</summary>
    public IReadOnlyList<PlacedText> OptionalTexts(string key, int longest)
    {
        if (Has(key))
        {
            return Texts(key, longest, mayBeEmpty: true);
        }

        asked.Add(key);
        return [];
    }

    /// <summary>A list of whole numbers; entries that are none are left out, and are faults.</summary>
    public IReadOnlyList<(int Number, FilePlace Place)> WholeNumbers(string key, int least, int most)
    {
        var numbers = new List<(int, FilePlace)>();
        foreach (var entry in Entries(key, mayBeEmpty: true))
        {
            if (TryWholeNumber(entry, entry.Place, $"an entry of {Named(key)}", least, most) is { } number)
            {
                numbers.Add((number, entry.Place));
            }
        }

        return numbers;
    }

    /// <summary>A list of maps.</summary>
    public IReadOnlyList<YamlFields> Maps(string key)
    {
        var maps = new List<YamlFields>();
        foreach (var entry in Entries(key, mayBeEmpty: false))
        {
            if (entry is YamlMap map)
            {
                maps.Add(new YamlFields(map, faults));
            }
            else
            {
                faults.Add(entry.Place, $"An entry of {Named(key)} must be keys with values, {Found(entry)}.");
            }
        }

        return maps;
    }

    /// <summary>A list of maps; empty where the key is not given.</summary>
    public IReadOnlyList<YamlFields> OptionalMaps(string key)
    {
        if (Has(key))
        {
            return Maps(key);
        }

        asked.Add(key);
        return [];
    }

    /// <summary>A list whose entries are texts, or maps that say more of the same; empty where the key is not given.</summary>
    /// <param name="name">The key by which a map says the text.</param>
    public IReadOnlyList<(PlacedText Text, YamlFields? More)> OptionalTextsOrMaps(string key, string name, int longest)
    {
        if (!Has(key))
        {
            asked.Add(key);
            return [];
        }

        var entries = new List<(PlacedText, YamlFields?)>();
        foreach (var entry in Entries(key, mayBeEmpty: false))
        {
            var more = entry is YamlMap map ? new YamlFields(map, faults) : null;
            entries.Add((more?.TextAt(name, longest) ?? AsText(entry, entry.Place, $"an entry of {Named(key)}", longest), more));
        }

        return entries;
    }

    public YamlFields? Map(string key) => Required(key) is { } pair ? AsMap(pair) : null;

    public YamlFields? OptionalMap(string key) => Optional(key) is { } pair ? AsMap(pair) : null;

    /// <summary>Names every key that nobody asked for.</summary>
    public void End()
    {
        foreach (var pair in pairs.Values.Where(pair => !asked.Contains(pair.Key)))
        {
            faults.Add(pair.KeyPlace, $"The key '{pair.Key}' is unknown here; expected are {string.Join(", ", asked)}.");
        }
    }

    private static string Named(string key) => $"'{key}'";

    private static string Found(YamlValue value) => value switch
    {
        YamlText { Text: "" } => "and there is nothing",
        YamlText { Plain: false } text => $"and here is the text \"{text.Text}\"",
        YamlText text => $"and here is '{text.Text}'",
        YamlList => "and here is a list",
        _ => "and here are keys with values (a text with ': ' in it goes in quotes)",
    };

    private YamlPair? Optional(string key)
    {
        asked.Add(key);
        return pairs.GetValueOrDefault(key);
    }

    private YamlPair? Required(string key)
    {
        var pair = Optional(key);
        if (pair is null)
        {
            faults.Add(Place, $"The key '{key}' is missing.");
        }

        return pair;
    }

    private IReadOnlyList<YamlValue> Entries(string key, bool mayBeEmpty)
    {
        if (Required(key) is not { } pair)
        {
            return [];
        }

        if (pair.Value is not YamlList list)
        {
            faults.Add(pair.KeyPlace, $"{Named(key)} must be a list, {Found(pair.Value)}.");
            return [];
        }

        if (list.Values.Count == 0 && !mayBeEmpty)
        {
            faults.Add(pair.KeyPlace, $"{Named(key)} is an empty list; at least one entry is expected.");
        }

        return list.Values;
    }

    private PlacedText AsText(YamlValue value, FilePlace keyPlace, string name, int longest)
    {
        if (value is not YamlText text)
        {
            faults.Add(keyPlace, $"{Sentence(name)} must be a text, {Found(value)}.");
            return new PlacedText("", keyPlace);
        }

        var trimmed = text.Text.Trim();
        if (trimmed.Length == 0 || (text.Plain && trimmed is "~" or "null"))
        {
            faults.Add(keyPlace, $"{Sentence(name)} is empty; a text is expected.");
            return new PlacedText("", keyPlace);
        }

        if (trimmed.Length > longest)
        {
            faults.Add(text.Place, Invariant($"{Sentence(name)} has {trimmed.Length} letters; {longest} are the most."));
        }

        return new PlacedText(trimmed, text.Place);
    }

    private int AsWholeNumber(YamlPair pair, int least, int most) => TryWholeNumber(pair.Value, pair.KeyPlace, Named(pair.Key), least, most) ?? 0;

    private int? TryWholeNumber(YamlValue value, FilePlace keyPlace, string name, int least, int most)
    {
        if (value is not YamlText { Plain: true } text || !int.TryParse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            faults.Add(keyPlace, Invariant($"{Sentence(name)} must be a whole number from {least} to {most}, {Found(value)}."));
            return null;
        }

        if (number < least || number > most)
        {
            faults.Add(text.Place, Invariant($"{Sentence(name)} is {number}; it must be from {least} to {most}."));
            return null;
        }

        return number;
    }

    private bool AsFlag(YamlPair pair)
    {
        if (pair.Value is YamlText { Plain: true, Text: "true" or "false" } text)
        {
            return text.Text == "true";
        }

        faults.Add(pair.KeyPlace, $"{Named(pair.Key)} must be true or false, {Found(pair.Value)}.");
        return false;
    }

    private YamlFields? AsMap(YamlPair pair)
    {
        if (pair.Value is YamlMap map)
        {
            return new YamlFields(map, faults);
        }

        faults.Add(pair.KeyPlace, $"{Named(pair.Key)} must be keys with values, {Found(pair.Value)}.");
        return null;
    }

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
