namespace TrainingPortal.Assessments;

/// <summary>An item that may be drawn: the version that is current now.</summary>
/// <param name="Pilot">Tried out, and not scored.</param>
public sealed record DrawableItem(Guid ItemId, string Code, string Domain, ItemVersion Version, bool Pilot = false)
{
    public IReadOnlySet<string> Tags { get; } = Version.AllTags();
}

/// <summary>
/// Draws an attempt's questions from a seed: the same seed, bank and history give the same paper. Items are drawn by
/// blueprint, of these first the ones that the person has seen least; then items and their parts are shuffled.
/// </summary>
public static class Paper
{
    /// <param name="blueprint">A row with a tag expression draws before one without.</param>
    /// <param name="bank">What may be drawn.</param>
    /// <param name="seen">How often the person was asked an item, by the item's id.</param>
    /// <param name="seed">Kept with the attempt.</param>
    /// <returns>The questions in the order of their pages, or null where a row has too few items.</returns>
    public static IReadOnlyList<AskedItem>? Draw(IReadOnlyList<BlueprintRow> blueprint, IReadOnlyCollection<DrawableItem> bank, IReadOnlyDictionary<Guid, int> seen, int seed)
    {
        var random = new Random(seed);
        var twins = Twins(bank);
        var drawn = new List<DrawableItem>();
        var taken = new HashSet<Guid>();
        var draws = blueprint.Select(row => (row, pilot: false)).Concat(blueprint.Where(row => row.Pilots > 0).Select(row => (row, pilot: true)));
        foreach (var (row, pilot) in draws.OrderBy(draw => draw.row.Tags is null))
        {
            var chosen = row.Tags is null ? null : TagExpression.Parse(row.Tags);
            var pool = bank
                .Where(item => item.Domain == row.Domain && item.Pilot == pilot && !taken.Contains(item.ItemId) && chosen?.Matches(item.Tags) != false)
                .OrderBy(item => item.Code, StringComparer.Ordinal)
                .ThenBy(item => item.Version.Id)
                .ToArray();
            var wanted = pilot ? row.Pilots : row.Items;
            if (pool.Length < wanted)
            {
                return null;
            }

            random.Shuffle(pool);

            // A twin is kept back for its item's second chance, and what was seen least comes first.
            foreach (var _ in Enumerable.Range(0, wanted))
            {
                var next = pool.Where(item => !taken.Contains(item.ItemId))
                    .MinBy(item => (twins[item.ItemId].Any(twin => taken.Contains(twin.ItemId)), seen.GetValueOrDefault(item.ItemId)))!;
                taken.Add(next.ItemId);
                drawn.Add(next);
            }
        }

        var paper = drawn.ToArray();
        random.Shuffle(paper);
        return [.. paper.Select((item, index) => Ask(item, index + 1, random, scored: !item.Pilot))];
    }

    /// <summary>A twin for each missed critical item that has one which the paper did not ask.</summary>
    /// <param name="paper">The attempt's questions.</param>
    /// <param name="missed">The critical ones of them that were missed.</param>
    /// <param name="itemOf">The item of each version in the paper, which need not be the current one any more.</param>
    /// <param name="bank">What may be drawn.</param>
    /// <param name="seed">The attempt's.</param>
    public static IReadOnlyList<AskedItem> DrawTwins(
        IReadOnlyList<AskedItem> paper, IReadOnlyList<AskedItem> missed, IReadOnlyDictionary<Guid, Guid> itemOf, IReadOnlyCollection<DrawableItem> bank, int seed)
    {
        var random = new Random(seed);
        var twins = Twins(bank);
        var asked = paper.Select(item => itemOf[item.ItemVersionId]).ToHashSet();
        var drawn = new List<AskedItem>();
        foreach (var item in missed)
        {
            if (twins[itemOf[item.ItemVersionId]].FirstOrDefault(candidate => asked.Add(candidate.ItemId)) is { } twin)
            {
                drawn.Add(Ask(twin, paper.Count + drawn.Count + 1, random, scored: false) with { TwinOf = item.Slot });
            }
        }

        return drawn;
    }

    /// <summary>The question with its parts in an order of its own.</summary>
    internal static AskedItem Ask(DrawableItem item, int slot, Random random, bool scored)
    {
        var order = Enumerable.Range(0, item.Version.Interaction.Shuffled).ToArray();
        random.Shuffle(order);
        return new AskedItem(slot, item.Version.Id, item.Domain, order, scored, item.Version.Critical);
    }

    // Twins are each other's, whichever of the two says so. A code is unique in its course only, and a bank may hold several.
    private static ILookup<Guid, DrawableItem> Twins(IReadOnlyCollection<DrawableItem> bank)
    {
        var byCode = bank.ToLookup(item => item.Code, StringComparer.Ordinal);
        var said = bank
            .Where(item => item.Version.Twin is not null)
            .SelectMany(item => byCode[item.Version.Twin!].Select(twin => (Item: item, Twin: twin)))
            .ToList();
        return said.Concat(said.Select(pair => (Item: pair.Twin, Twin: pair.Item)))
            .DistinctBy(pair => (pair.Item.ItemId, pair.Twin.ItemId))
            .OrderBy(pair => pair.Twin.Code, StringComparer.Ordinal)
            .ToLookup(pair => pair.Item.ItemId, pair => pair.Twin);
    }
}
