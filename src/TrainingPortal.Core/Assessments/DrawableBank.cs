namespace TrainingPortal.Assessments;

/// <summary>An item that may be drawn: the version that is current now.</summary>
/// <param name="Pilot">Tried out, and not scored.</param>
public sealed record DrawableItem(Guid ItemId, string Code, string Domain, ItemVersion Version, bool Pilot = false)
{
    public IReadOnlySet<string> Tags { get; } = Version.AllTags();
}

/// <summary>What a quiz may draw, put in order once for all of its draws.</summary>
public sealed class DrawableBank
{
    private readonly ILookup<(string Domain, bool Pilot), DrawableItem> pools;
    private readonly ILookup<Guid, DrawableItem> twins;

    public DrawableBank(IEnumerable<DrawableItem> items)
    {
        Items = [.. items.OrderBy(item => item.Code, StringComparer.Ordinal).ThenBy(item => item.Version.Id)];
        pools = Items.ToLookup(item => (item.Domain, item.Pilot));

        // Twins are each other's, whichever of the two says so. A code is unique in its course only, and a bank may hold several.
        var byCode = Items.ToLookup(item => item.Code, StringComparer.Ordinal);
        var said = Items
            .Where(item => item.Version.Twin is not null)
            .SelectMany(item => byCode[item.Version.Twin!].Select(twin => (Item: item, Twin: twin)))
            .ToList();
        twins = said.Concat(said.Select(pair => (Item: pair.Twin, Twin: pair.Item)))
            .DistinctBy(pair => (pair.Item.ItemId, pair.Twin.ItemId))
            .OrderBy(pair => pair.Twin.Code, StringComparer.Ordinal)
            .ToLookup(pair => pair.Item.ItemId, pair => pair.Twin);
    }

    /// <summary>By code, whatever order they came in.</summary>
    public IReadOnlyList<DrawableItem> Items { get; }

    /// <summary>The scored items of a domain, or the pilots, by code.</summary>
    public IEnumerable<DrawableItem> Pool(string domain, bool pilot) => pools[(domain, pilot)];

    /// <summary>By code; none where the item has no twin.</summary>
    public IEnumerable<DrawableItem> TwinsOf(Guid itemId) => twins[itemId];
}
