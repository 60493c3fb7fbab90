using System.Globalization;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Web.Pages.Teach;

/// <summary>What the form of an item posts, all as it was typed, so that nothing is lost when it is refused.</summary>
public sealed class ItemInput
{
    /// <summary>Made when the form of a new item was opened.</summary>
    public string? FormId { get; set; }

    /// <summary>The number of the version that the form of a revision began with.</summary>
    public string? Version { get; set; }

    public string? Domain { get; set; }

    public string? Use { get; set; }

    public string? Level { get; set; }

    public string? Critical { get; set; }

    public string? Objective { get; set; }

    public string? Stem { get; set; }

    /// <summary>The index of the option that is the key.</summary>
    public string? Key { get; set; }

    /// <summary>Codes, with commas between them.</summary>
    public string? Sources { get; set; }

    public string? Jurisdiction { get; set; }

    public List<OptionInput>? Options { get; set; }

    public sealed class OptionInput
    {
        public string? Text { get; set; }

        public string? Why { get; set; }
    }

    public static ItemInput Blank(string? formId) => new() { FormId = formId, Use = Word(ItemUse.Check), Level = Word(CognitiveLevel.Recall) };

    public static ItemInput From(Item item, ItemVersion version) => new()
    {
        Version = version.Number.ToString(CultureInfo.InvariantCulture),
        Domain = item.Domain,
        Use = Word(item.Use),
        Level = Word(version.Level),
        Critical = version.Critical ? "true" : null,
        Objective = version.Objective,
        Stem = version.Stem,
        Key = version.Options.Index().First(option => option.Item.Correct).Index.ToString(CultureInfo.InvariantCulture),
        Sources = string.Join(", ", version.Sources),
        Jurisdiction = version.Jurisdiction,
        Options = [.. version.Options.Select(option => new OptionInput { Text = option.Text, Why = option.Why })],
    };

    /// <summary>How the form and the list's address name a use or a level.</summary>
    public static string Word<TChoice>(TChoice choice)
        where TChoice : struct, Enum => choice.ToString().ToLowerInvariant();

    public static ItemUse? UseOf(string? word) => Choice<ItemUse>(word);

    /// <summary>The option at an index, empty where the form left it out.</summary>
    public OptionInput OptionAt(int index) => Options?.ElementAtOrDefault(index) ?? new();

    public Guid FormNumber => Guid.TryParse(FormId, out var number) ? number : Guid.NewGuid();

    public int VersionNumber => int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public ItemDraft ToDraft(ItemForm form) => new(
        Domain ?? "",
        UseOf(Use) ?? ItemUse.Check,
        Choice<CognitiveLevel>(Level) ?? CognitiveLevel.Recall,
        Critical == "true",
        OneLineEnds(Objective),
        OneLineEnds(Stem),
        [.. Enumerable.Range(0, ItemDraft.OptionCount).Select(index => Option(index))],
        Codes(form),
        string.IsNullOrWhiteSpace(Jurisdiction) ? null : Jurisdiction.Trim());

    /// <summary>True where a draft says nothing else than a stored version.</summary>
    public static bool Same(ItemDraft draft, Item item, ItemVersion version) =>
        draft.Domain == item.Domain && draft.Use == item.Use && draft.Level == version.Level && draft.Critical == version.Critical
        && draft.Objective.Trim() == version.Objective && draft.Stem.Trim() == version.Stem && draft.Jurisdiction == version.Jurisdiction
        && draft.Sources.SequenceEqual(version.Sources)
        && draft.Options.Select(option => new ItemOption(option.Text.Trim(), option.Correct, option.Why.Trim())).SequenceEqual(version.Options);

    /// <summary>The id of the field that a refusal speaks of; empty where it is none of them.</summary>
    public string FieldAtFault(ItemRefusal refusal) => refusal switch
    {
        ItemRefusal.UnknownDomain => "domain",
        ItemRefusal.StemMissing => "stem",
        ItemRefusal.ObjectiveMissing => "objective",
        ItemRefusal.OptionMissing => $"option-{First(index => string.IsNullOrWhiteSpace(OptionAt(index).Text))}",
        ItemRefusal.OptionsAlike => $"option-{First(RepeatsAnEarlierOne)}",
        ItemRefusal.NotOneKey => "key-0",
        ItemRefusal.RationaleMissing => $"why-{First(index => string.IsNullOrWhiteSpace(OptionAt(index).Why))}",
        ItemRefusal.SourceMissing or ItemRefusal.UnknownSource => "sources",
        ItemRefusal.TooLong when OneLineEnds(Stem).Length > ItemDraft.StemLength => "stem",
        ItemRefusal.TooLong when OneLineEnds(Objective).Length > ItemDraft.ObjectiveLength => "objective",
        ItemRefusal.TooLong => "jurisdiction",
        ItemRefusal.NotFound or ItemRefusal.ChangedMeanwhile or ItemRefusal.KeptInCourseFiles => "",
    };

    // Browsers post a line's end as two letters and count it as one.
    private static string OneLineEnds(string? typed) => typed?.ReplaceLineEndings("\n") ?? "";

    // By name only: a number would pass for a choice that is none.
    private static TChoice? Choice<TChoice>(string? word)
        where TChoice : struct, Enum => Enum.GetValues<TChoice>().Where(choice => Word(choice) == word).Select(choice => (TChoice?)choice).FirstOrDefault();

    private ItemOption Option(int index)
    {
        var option = OptionAt(index);
        return new ItemOption(OneLineEnds(option.Text), Key == index.ToString(CultureInfo.InvariantCulture), OneLineEnds(option.Why));
    }

    // In the letters of the list, however they were typed.
    private IReadOnlyList<string> Codes(ItemForm form) =>
    [
        .. (Sources ?? "")
            .Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(typed => form.Sources.FirstOrDefault(source => string.Equals(source.Code, typed, StringComparison.OrdinalIgnoreCase))?.Code ?? typed)
            .Distinct(),
    ];

    private bool RepeatsAnEarlierOne(int index) => Enumerable.Range(0, index)
        .Any(earlier => string.Equals(OptionAt(earlier).Text?.Trim(), OptionAt(index).Text?.Trim(), StringComparison.OrdinalIgnoreCase));

    private static int First(Func<int, bool> wanted) => Enumerable.Range(0, ItemDraft.OptionCount).FirstOrDefault(wanted);
}
