using TrainingPortal.Assessments;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary>Which items a quiz draws from.</summary>
internal static class Pools
{
    public static ItemUse Of(QuizKind kind) => kind switch
    {
        QuizKind.Check or QuizKind.Practice => ItemUse.Check,
        QuizKind.Exam => ItemUse.Exam,
    };

    public static string TooFew(int asked, string domain, int there, ItemUse use) =>
        Invariant($"The blueprint asks for {asked} items of '{domain}', and {there} are there with 'use: {Word(use)}'.");

    /// <summary>The item has the tags that the row asks for.</summary>
    public static bool Matches(BlueprintEntry row, ItemEntry item) => row.Tags is null || TagExpression.Parse(row.Tags).Matches(item.AllTags());

    /// <summary>As the files write it.</summary>
    public static string Word(ItemUse use) => use switch
    {
        ItemUse.Check => "check",
        ItemUse.Exam => "exam",
        ItemUse.Pilot => "pilot",
    };
}
