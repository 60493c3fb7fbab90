namespace TrainingPortal.Practicals;

/// <summary>A step that was marked otherwise than done.</summary>
/// <param name="Verdict">Not done, or not seen.</param>
public sealed record MissedStep(int Place, string Text, bool Critical, StepVerdict Verdict, string? Note)
{
    /// <summary>The missed steps of a marking, critical ones first.</summary>
    internal static IReadOnlyList<MissedStep> Of(IReadOnlyList<PracticalStep> steps, IEnumerable<PracticalMark> marks) =>
        [.. marks
            .Where(mark => mark.Verdict is not (null or StepVerdict.Done))
            .Select(mark => (Mark: mark, Step: steps[mark.Step - 1]))
            .OrderByDescending(row => row.Step.Critical)
            .ThenBy(row => row.Mark.Step)
            .Select(row => new MissedStep(row.Mark.Step, row.Step.Text, row.Step.Critical, row.Mark.Verdict!.Value, row.Mark.Note))];
}
