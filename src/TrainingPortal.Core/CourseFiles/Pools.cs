using TrainingPortal.Assessments;

namespace TrainingPortal.CourseFiles;

/// <summary>Which items a quiz draws from.</summary>
internal static class Pools
{
    public static ItemUse Of(QuizKind kind) => kind switch
    {
        QuizKind.Check => ItemUse.Check,
        QuizKind.Exam => ItemUse.Exam,
    };

    /// <summary>As the files write it.</summary>
    public static string Word(ItemUse use) => use switch
    {
        ItemUse.Check => "check",
        ItemUse.Exam => "exam",
    };
}
