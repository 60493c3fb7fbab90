namespace TrainingPortal.Practicals;

/// <summary>One performance that two assessors marked and signed.</summary>
public sealed record MarkedTwice(IReadOnlyList<PracticalStep> Steps, IReadOnlyDictionary<int, StepVerdict> First, IReadOnlyDictionary<int, StepVerdict> Second)
{
    /// <summary>Places of the steps at which one assessor marked done and the other did not, in order.</summary>
    public IReadOnlyList<int> Disagreements() =>
        [.. Enumerable.Range(1, Steps.Count).Where(place => (First[place] == StepVerdict.Done) != (Second[place] == StepVerdict.Done))];
}

/// <summary>How far assessors agree at one step. A step whose words were changed is another step.</summary>
/// <param name="Figure">None where there are too few pairs, or nothing but one verdict.</param>
public sealed record StepAgreement(string Code, string Text, bool Critical, AgreementCounts Counts, Kappa? Figure)
{
    public bool TooFew => Counts.Pairs < Kappa.LeastPairs;

    /// <summary>Every step of the pairs, the worst first: by kappa, where it can be told, then by the share that agrees; those with too few pairs last.</summary>
    public static IReadOnlyList<StepAgreement> Of(IEnumerable<MarkedTwice> pairs) =>
        [.. pairs
            .SelectMany(pair => pair.Steps.Select((step, index) => (Step: step, First: pair.First[index + 1] == StepVerdict.Done, Second: pair.Second[index + 1] == StepVerdict.Done)))
            .GroupBy(row => (row.Step.Code, row.Step.Text))
            .Select(rows => Of(rows.First().Step, [.. rows.Select(row => (row.First, row.Second))]))
            .OrderBy(step => step.TooFew)
            .ThenBy(step => step.Figure?.Value ?? step.Counts.Share)
            .ThenBy(step => step.Counts.Share)
            .ThenBy(step => step.Code, StringComparer.Ordinal)];

    private static StepAgreement Of(PracticalStep step, IReadOnlyList<(bool First, bool Second)> marks)
    {
        var counts = new AgreementCounts(
            marks.Count(mark => mark is (true, true)),
            marks.Count(mark => mark is (true, false)),
            marks.Count(mark => mark is (false, true)),
            marks.Count(mark => mark is (false, false)));
        return new StepAgreement(step.Code, step.Text, step.Critical, counts, Kappa.Of(counts));
    }
}
