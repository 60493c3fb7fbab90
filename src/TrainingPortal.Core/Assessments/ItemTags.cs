using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Assessments;

/// <summary>The tags of an item: those that its author gave it, and those that follow from what it is.</summary>
public static class ItemTags
{
    public static IReadOnlySet<string> Of(Interaction interaction, CognitiveLevel level, bool critical, IEnumerable<string> given)
    {
        var tags = new HashSet<string>(given, StringComparer.Ordinal)
        {
            Kinds.Name(interaction.Kind),
            level == CognitiveLevel.Recall ? "recall" : "application",
        };
        if (critical)
        {
            tags.Add("critical");
        }

        return tags;
    }
}
