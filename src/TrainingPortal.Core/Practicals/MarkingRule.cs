namespace TrainingPortal.Practicals;

/// <summary>What marks make of a practical.</summary>
/// <param name="Done">Steps done that are not critical.</param>
/// <param name="Of">All steps that are not critical.</param>
/// <param name="Open">Places of steps without a verdict, in order.</param>
/// <param name="MissedCritical">Places of critical steps that were marked otherwise than done, in order.</param>
/// <param name="Missed">Places of the other steps that were marked otherwise than done, in order.</param>
/// <param name="Passed">No critical step is missing, and enough of the others were done; a step still open counts as missing.</param>
public sealed record MarkingScore(int Done, int Of, IReadOnlyList<int> Open, IReadOnlyList<int> MissedCritical, IReadOnlyList<int> Missed, bool Passed);

/// <summary>
/// The pass rule: every critical step was done, and of the others at least the asked share. What the assessor could not see
/// counts like what was not done.
/// </summary>
public static class MarkingRule
{
    /// <param name="verdicts">By the step's place, from 1; none or absent: open.</param>
    public static MarkingScore Judge(IReadOnlyList<PracticalStep> steps, int passPercent, IReadOnlyDictionary<int, StepVerdict?> verdicts)
    {
        var marked = steps.Select((step, index) => (Step: step, Place: index + 1, Verdict: verdicts.GetValueOrDefault(index + 1))).ToList();
        var others = marked.Where(row => !row.Step.Critical).ToList();
        var done = others.Count(row => row.Verdict == StepVerdict.Done);
        var missed = marked.Where(row => row.Verdict is not (null or StepVerdict.Done)).ToList();

        // Compared in whole numbers, so that no rounding decides.
        var passed = marked.TrueForAll(row => !row.Step.Critical || row.Verdict == StepVerdict.Done) && done * 100 >= passPercent * others.Count;
        return new MarkingScore(
            done,
            others.Count,
            [.. marked.Where(row => row.Verdict is null).Select(row => row.Place)],
            [.. missed.Where(row => row.Step.Critical).Select(row => row.Place)],
            [.. missed.Where(row => !row.Step.Critical).Select(row => row.Place)],
            passed);
    }
}
