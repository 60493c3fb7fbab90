namespace TrainingPortal.Assessments;

/// <summary>
/// The options that a person chose, by their places on the page from 0. Scoring: a point for choosing every right option
/// and no wrong one, else none.
/// </summary>
/// <param name="Bits">Bit n is set where place n is chosen.</param>
public readonly record struct ChosenPlaces(int Bits)
{
    /// <returns>None where nothing is chosen, or a place that no question has.</returns>
    public static ChosenPlaces? Of(IReadOnlyCollection<int> places) =>
        places.Count == 0 || places.Any(place => place is < 0 or >= ItemVersion.OptionCount)
            ? null
            : new ChosenPlaces(places.Aggregate(0, (bits, place) => bits | (1 << place)));

    public bool Has(int place) => (Bits & (1 << place)) != 0;
}
