namespace TrainingPortal.Assessments;

/// <summary>The exam of who kept up practice: the same subjects and gates, fewer items, less time. Pure.</summary>
public static class ShorterExam
{
    private const int MinuteStep = 5;

    /// <summary>
    /// Each row with its share of the items, at least one if it had any. What rounding down takes away is given back one by
    /// one until the whole has its share, first to rows with tags, then to those that lost most. No items are tried out.
    /// </summary>
    /// <param name="whole">The rows of the exam.</param>
    /// <param name="percent">From 1 to 100.</param>
    public static IReadOnlyList<BlueprintRow> Blueprint(IReadOnlyList<BlueprintRow> whole, int percent)
    {
        var items = whole.Select(row => row.Items == 0 ? 0 : Math.Max(row.Items * percent / 100, 1)).ToArray();
        var missing = UpTo(whole.Sum(row => row.Items) * percent, 100) - items.Sum();
        var first = Enumerable.Range(0, whole.Count)
            .Where(at => items[at] * 100 < whole[at].Items * percent)
            .OrderByDescending(at => whole[at].Tags is not null)
            .ThenByDescending(at => (whole[at].Items * percent) - (items[at] * 100));
        foreach (var at in first.Take(Math.Max(missing, 0)).ToList())
        {
            items[at]++;
        }

        return [.. whole.Select((row, at) => row with { Items = items[at], Pilots = 0 })];
    }

    /// <summary>The share of the minutes, up to the next five, never more than the whole.</summary>
    public static int Minutes(int whole, int percent) => Math.Min(whole, UpTo(whole * percent, 100 * MinuteStep) * MinuteStep);

    private static int UpTo(int amount, int step) => (amount + step - 1) / step;
}
