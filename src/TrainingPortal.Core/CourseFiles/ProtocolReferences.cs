using System.Globalization;
using System.Text.RegularExpressions;
using TrainingPortal.Protocols;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// Fills in what lessons and items write as <c>{{depth.forehead.fine-lines}}</c>: the figure of a protocol's row, with its
/// unit, so that no text can disagree with the row. What is filled in stands between two marks that no text uses, so that
/// a check can still tell it from a bare number.
/// </summary>
internal sealed partial class ProtocolReferences
{
    /// <summary>From Unicode's private use area; <see cref="Plain"/> takes them away.</summary>
    private const char Open = '\uE000';
    private const char Close = '\uE001';

    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    public ProtocolReferences(ProtocolBook book, IEnumerable<ZoneEntry> skin)
    {
        foreach (var chart in book.Charts)
        {
            AddChart($"chart.{chart.Code}", chart);
            if (chart.Kind == ChartKind.School)
            {
                AddChart("depth", chart);
            }
        }

        foreach (var wait in book.Waits)
        {
            texts.TryAdd($"wait.{wait.Event}", Time(wait.Wait));
            Add($"wait.{wait.Event}.shorter", wait.Shorter is { } shorter ? Time(shorter) : null);
            Add($"wait.{wait.Event}.after", wait.After is { } after ? Time(after) : null);
        }

        foreach (var place in book.Jurisdictions)
        {
            Add($"place.{place.Place}.max", place.Most is { } most ? Length(most.Micrometres) : null);
        }

        foreach (var device in book.Devices)
        {
            texts.TryAdd($"device.{device.Code}.dial", Length(device.Dial));
            texts.TryAdd($"device.{device.Code}.evaluated", Length(device.Evaluated.Micrometres));
        }

        foreach (var cycle in book.EducationCycles)
        {
            Add($"ce.{cycle.Place}.cycle", cycle.Years is { } years ? Counted(years, "year") : null);
            Add($"ce.{cycle.Place}.hours", cycle.Hours is { } hours ? Counted(hours, "hour") : null);
        }

        foreach (var zone in skin)
        {
            texts.TryAdd($"skin.{zone.Zone.Text}.epidermis", Lengths(zone.Epidermis.From, zone.Epidermis.To));
            texts.TryAdd($"skin.{zone.Zone.Text}.dermis", Lengths(zone.Dermis.From, zone.Dermis.To));
        }

        foreach (var figure in book.Figures)
        {
            texts.TryAdd($"figure.{figure.Key}", figure.Text);
        }

        void AddChart(string family, DepthChart chart)
        {
            foreach (var row in chart.Rows)
            {
                if (row.Range is { } range)
                {
                    var key = $"{family}.{row.Zone}.{row.Indication}";
                    texts.TryAdd(key, Lengths(range.From, range.To));
                    texts.TryAdd(key + ".min", Length(range.From));
                    texts.TryAdd(key + ".max", Length(range.To));
                }
            }
        }

        void Add(string key, string? text)
        {
            if (text is not null)
            {
                texts.TryAdd(key, text);
            }
        }
    }

    /// <summary>The text with its references filled in and marked; a fault for each that names no row.</summary>
    /// <param name="text">May run over lines; what is filled in never does.</param>
    /// <param name="file">Its file, for faults.</param>
    /// <param name="firstLine">The line of the file on which the text starts.</param>
    /// <param name="faults">Where faults go.</param>
    public string Fill(string text, string file, int firstLine, FaultList faults) => Pattern().Replace(text, match =>
    {
        var key = match.Groups[1].Value.Trim();
        if (texts.TryGetValue(key, out var filled))
        {
            return Open + filled + Close;
        }

        faults.Add(new FilePlace(file, firstLine + text.AsSpan(0, match.Index).Count('\n')), Unknown(key));
        return "";
    });

    public PlacedText Fill(PlacedText text, FaultList faults) => new(Fill(text.Text, text.Place.File, text.Place.Line, faults), text.Place);

    /// <summary>The text as a person reads it.</summary>
    public static string Plain(string text) => text.Replace(Open.ToString(), "", StringComparison.Ordinal).Replace(Close.ToString(), "", StringComparison.Ordinal);

    /// <summary>The text without what was filled in.</summary>
    public static string WithoutFilled(string text) => FilledPattern().Replace(text, " ");

    private static string Lengths(int from, int to)
    {
        if (from == to)
        {
            return Length(to);
        }

        return from == 0 ? "up to " + Length(to) : Millimetres(from) + " to " + Length(to);
    }

    private static string Length(int micrometres) => Millimetres(micrometres) + " mm";

    // At least one decimal, as depths are written: 1.0 mm.
    internal static string Millimetres(int micrometres) => (micrometres / 1000m).ToString("0.0##", CultureInfo.InvariantCulture);

    private static string Time(WaitSpan span) => span switch
    {
        { Unit: SpanUnit.Months } => Counted(span.Count, "month"),
        { Count: > 0 } when span.Count % 7 == 0 => Counted(span.Count / 7, "week"),
        _ => Counted(span.Count, "day"),
    };

    private static string Counted(int count, string unit) => count == 1 ? $"1 {unit}" : Invariant($"{count} {unit}s");

    private string Unknown(string key)
    {
        var family = key.Split('.')[0];
        var near = texts.Keys.Where(known => known.StartsWith(family + '.', StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        return near.Count == 0
            ? $"No protocol has '{key}'; a reference starts with depth, chart, wait, place, device, ce, skin or figure."
            : $"No protocol has '{key}'; there are {string.Join(", ", near)}.";
    }

    [GeneratedRegex("\\{\\{([^{}\\n]*)\\}\\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex("\uE000[^\uE000\uE001]*\uE001", RegexOptions.CultureInvariant)]
    private static partial Regex FilledPattern();
}
