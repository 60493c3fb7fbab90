using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Assessments;

/// <summary>What an instructor writes of an item: the form's own record, checked before it becomes a version.</summary>
public sealed record ItemDraft(
    string Domain,
    ItemUse Use,
    CognitiveLevel Level,
    bool Critical,
    string Objective,
    string Stem,
    IReadOnlyList<ItemOption> Options,
    IReadOnlyList<string> Sources,
    string? Jurisdiction)
{
    /// <summary>Options of an item that is written in the portal.</summary>
    public const int OptionCount = 4;

    public const int StemLength = 2000;
    public const int ObjectiveLength = 500;

    internal bool SaysTheSameAs(ItemVersion version)
    {
        var written = ToVersion(version.ItemId, version.Number, Guid.Empty, version.CreatedAt);
        return (written.Level, written.Critical, written.Objective, written.Stem, written.Jurisdiction)
                == (version.Level, version.Critical, version.Objective, version.Stem, version.Jurisdiction)
            && written.Interaction == version.Interaction
            && written.Sources.SequenceEqual(version.Sources);
    }

    internal ItemVersion ToVersion(Guid itemId, int number, Guid authorId, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ItemId = itemId,
        Number = number,
        Level = Level,
        Critical = Critical,
        Objective = Objective.Trim(),
        Stem = Stem.Trim(),
        Interaction = new ChoiceInteraction([.. Options.Select(option => new ItemOption(option.Text.Trim(), option.Correct, option.Why.Trim()))]),
        Sources = Sources,
        Jurisdiction = string.IsNullOrWhiteSpace(Jurisdiction) ? null : Jurisdiction.Trim(),
        CreatedAt = now,
        CreatedById = authorId,
    };
}

/// <summary>Why an item is not saved.</summary>
public enum ItemRefusal
{
    NotFound,
    UnknownDomain,
    StemMissing,
    ObjectiveMissing,
    OptionMissing,
    OptionsAlike,
    NotOneKey,
    RationaleMissing,
    SourceMissing,
    UnknownSource,
    TooLong,

    /// <summary>Somebody else saved a version of it since the form was opened.</summary>
    ChangedMeanwhile,

    /// <summary>The item lives in the course's files and is changed there.</summary>
    KeptInCourseFiles,
}

/// <summary>The rules of a good item that a machine can check.</summary>
public static class ItemRules
{
    public static ItemRefusal? Refusal(ItemDraft draft, IReadOnlyCollection<string> domains, IReadOnlyCollection<string> knownSources)
    {
        if (!domains.Contains(draft.Domain))
        {
            return ItemRefusal.UnknownDomain;
        }

        if (string.IsNullOrWhiteSpace(draft.Stem))
        {
            return ItemRefusal.StemMissing;
        }

        if (string.IsNullOrWhiteSpace(draft.Objective))
        {
            return ItemRefusal.ObjectiveMissing;
        }

        if (draft.Stem.Length > ItemDraft.StemLength || draft.Objective.Length > ItemDraft.ObjectiveLength || draft.Jurisdiction?.Length > 20)
        {
            return ItemRefusal.TooLong;
        }

        return OptionsRefusal(draft.Options) ?? SourcesRefusal(draft.Sources, knownSources);
    }

    private static ItemRefusal? OptionsRefusal(IReadOnlyList<ItemOption> options)
    {
        if (options.Count != ItemDraft.OptionCount || options.Any(option => string.IsNullOrWhiteSpace(option.Text)))
        {
            return ItemRefusal.OptionMissing;
        }

        if (options.DistinctBy(option => option.Text.Trim(), StringComparer.OrdinalIgnoreCase).Count() != options.Count)
        {
            return ItemRefusal.OptionsAlike;
        }

        if (options.Count(option => option.Correct) != 1)
        {
            return ItemRefusal.NotOneKey;
        }

        return options.Any(option => string.IsNullOrWhiteSpace(option.Why)) ? ItemRefusal.RationaleMissing : null;
    }

    private static ItemRefusal? SourcesRefusal(IReadOnlyList<string> sources, IReadOnlyCollection<string> known)
    {
        if (sources.Count == 0)
        {
            return ItemRefusal.SourceMissing;
        }

        return sources.All(known.Contains) ? null : ItemRefusal.UnknownSource;
    }
}
