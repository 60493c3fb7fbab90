namespace TrainingPortal.Assessments;

/// <summary>
/// Draws an attempt's questions from a seed: the same seed, bank and history give the same paper. Items are drawn by
/// blueprint, of these first the ones that the person has seen least; then items and their parts are shuffled.
/// </summary>
public static class Paper
{
    /// <param name="blueprint">A row with a tag expression draws before one without.</param>
    /// <param name="bank">What may be drawn, pilots among it.</param>
    /// <param name="seen">How often the person was asked an item, by the item's id.</param>
    /// <param name="seed">Kept with the attempt.</param>
    /// <returns>The questions in the order of their pages, or null where a row has too few items.</returns>
    public static IReadOnlyList<AskedItem>? Draw(IReadOnlyList<BlueprintRow> blueprint, DrawableBank bank, IReadOnlyDictionary<Guid, int> seen, int seed)
    {
        var random = new Random(seed);
        var drawn = new List<DrawableItem>();
        var taken = new HashSet<Guid>();
        var draws = blueprint.Select(row => (row, pilot: false)).Concat(blueprint.Where(row => row.Pilots > 0).Select(row => (row, pilot: true)));
        foreach (var (row, pilot) in draws.OrderBy(draw => draw.row.Tags is null))
        {
            var chosen = row.Tags is null ? null : TagExpression.Parse(row.Tags);
            var pool = bank.Pool(row.Domain, pilot).Where(item => !taken.Contains(item.ItemId) && chosen?.Matches(item.Tags) != false).ToArray();
            var wanted = pilot ? row.Pilots : row.Items;
            if (pool.Length < wanted)
            {
                return null;
            }

            random.Shuffle(pool);

            // What was seen least comes first, in the shuffled order. A twin is kept back for its item's second chance as long as
            // there is another item.
            var next = new List<DrawableItem>();
            var keptBack = new List<DrawableItem>();
            foreach (var item in pool.OrderBy(item => seen.GetValueOrDefault(item.ItemId)).TakeWhile(_ => next.Count < wanted))
            {
                if (bank.TwinsOf(item.ItemId).Any(twin => taken.Contains(twin.ItemId)))
                {
                    keptBack.Add(item);
                }
                else
                {
                    next.Add(item);
                    taken.Add(item.ItemId);
                }
            }

            next.AddRange(keptBack.Take(wanted - next.Count));
            taken.UnionWith(next.Select(item => item.ItemId));
            drawn.AddRange(next);
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
        IReadOnlyList<AskedItem> paper, IReadOnlyList<AskedItem> missed, IReadOnlyDictionary<Guid, Guid> itemOf, DrawableBank bank, int seed)
    {
        var random = new Random(seed);
        var asked = paper.Select(item => itemOf[item.ItemVersionId]).ToHashSet();
        var drawn = new List<AskedItem>();
        foreach (var item in missed)
        {
            if (bank.TwinsOf(itemOf[item.ItemVersionId]).FirstOrDefault(candidate => asked.Add(candidate.ItemId)) is { } twin)
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
}
