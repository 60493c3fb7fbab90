using System.Globalization;

namespace TrainingPortal.Assessments.Interactions;

/// <summary>
/// A person's answer in the author's order, whatever order the page had: whole numbers whose meaning the item's type gives.
/// The same answer is always the same text.
/// </summary>
/// <param name="Text">The numbers with commas between them, as they are stored.</param>
public readonly record struct Response(string Text)
{
    /// <summary>Letters of a stored response at most.</summary>
    public const int MostLetters = 400;

    public IReadOnlyList<int> Values => Text.Length == 0
        ? []
        : [.. Text.Split(',').Select(value => int.Parse(value, CultureInfo.InvariantCulture))];

    public static Response Of(IEnumerable<int> values) => new(string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture))));
}

/// <summary>Reads single fields of a posted answer.</summary>
internal static class Fields
{
    /// <summary>A whole number from 0 to below <paramref name="end"/>, written as a page writes it; null for anything else.</summary>
    public static int? Index(string field, int end) =>
        int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < end ? index : null;

    /// <summary>A number as people type it, with a point or a comma, in thousandths; null for anything else or with more decimals.</summary>
    /// <remarks>"1,000" is a thousand to one reader and one to another, so it is none; "0,125" can only be meant in one way.</remarks>
    public static int? Thousandths(string field)
    {
        var text = field.Trim();
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        var grouped = comma > 0 && text.Length - comma == 4 && text[..comma].Trim('+', '-', '0').Length > 0;
        text = text.Replace(',', '.');
        return !grouped
            && text.Length <= 12
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number * 1000 is var thousandths
            && thousandths == decimal.Truncate(thousandths)
            && Math.Abs(thousandths) <= 1_000_000_000
                ? (int)thousandths
                : null;
    }
}
