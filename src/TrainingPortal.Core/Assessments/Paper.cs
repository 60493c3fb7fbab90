namespace TrainingPortal.Assessments;

/// <summary>An item that may be drawn: the version that is current now.</summary>
public sealed record DrawableItem(string Code, string Domain, Guid VersionId);

/// <summary>
/// Draws an attempt's questions from a seed: the same seed and bank give the same paper. Items are drawn by blueprint,
/// then items and options are shuffled.
/// </summary>
public static class Paper
{
    /// <returns>The questions in the order of their pages, or null where a domain has too few items.</returns>
    public static IReadOnlyList<AttemptItem>? Draw(IReadOnlyList<BlueprintRow> blueprint, IEnumerable<DrawableItem> bank, int seed)
    {
        var random = new Random(seed);
        var pools = bank.GroupBy(item => item.Domain).ToDictionary(pool => pool.Key, pool => pool.OrderBy(item => item.Code, StringComparer.Ordinal).ToArray());
        var drawn = new List<DrawableItem>();
        foreach (var row in blueprint)
        {
            if (!pools.TryGetValue(row.Domain, out var pool) || pool.Length < row.Items)
            {
                return null;
            }

            random.Shuffle(pool);
            drawn.AddRange(pool.Take(row.Items));
        }

        var paper = drawn.ToArray();
        random.Shuffle(paper);
        return [.. paper.Select((item, index) => new AttemptItem(index + 1, item.VersionId, item.Domain, OptionOrder(random)))];
    }

    private static int[] OptionOrder(Random random)
    {
        var order = Enumerable.Range(0, ItemVersion.OptionCount).ToArray();
        random.Shuffle(order);
        return order;
    }
}
