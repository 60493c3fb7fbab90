namespace TrainingPortal.Assessments;

/// <summary>An item that may be drawn: the version that is current now.</summary>
/// <param name="Pilot">Tried out, and not scored.</param>
public sealed record DrawableItem(string Code, string Domain, Guid VersionId, bool Pilot = false);

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
        var pools = bank.ToLookup(item => (item.Domain, item.Pilot));
        var drawn = new List<DrawableItem>();
        foreach (var (row, pilot) in blueprint.Select(row => (row, false)).Concat(blueprint.Where(row => row.Pilots > 0).Select(row => (row, true))))
        {
            var pool = pools[(row.Domain, pilot)].OrderBy(item => item.Code, StringComparer.Ordinal).ThenBy(item => item.VersionId).ToArray();
            var wanted = pilot ? row.Pilots : row.Items;
            if (pool.Length < wanted)
            {
                return null;
            }

            random.Shuffle(pool);
            drawn.AddRange(pool.Take(wanted));
        }

        var paper = drawn.ToArray();
        random.Shuffle(paper);
        return [.. paper.Select((item, index) => new AttemptItem(index + 1, item.VersionId, item.Domain, OptionOrder(random), scored: !item.Pilot))];
    }

    private static int[] OptionOrder(Random random)
    {
        var order = Enumerable.Range(0, ItemVersion.OptionCount).ToArray();
        random.Shuffle(order);
        return order;
    }
}
