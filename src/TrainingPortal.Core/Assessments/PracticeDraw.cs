namespace TrainingPortal.Assessments;

/// <summary>What decides on a practice set besides the bank.</summary>
/// <param name="Today">In the programme's zone.</param>
/// <param name="Cards">The person's, by the item's id.</param>
/// <param name="Open">Items of modules of which the person has read a lesson.</param>
/// <param name="MissedDomains">Domains of which the person's last exam missed an item.</param>
/// <param name="ExamOn">The day of that exam; none where there was none.</param>
public sealed record PracticeFacts(
    DateOnly Today,
    IReadOnlyDictionary<Guid, PracticeCard> Cards,
    IReadOnlySet<Guid> Open,
    IReadOnlySet<string> MissedDomains,
    DateOnly? ExamOn);

/// <summary>
/// Draws a practice set from a seed: the same seed, bank and facts give the same set. First comes what is due, the longest
/// overdue before the others and what was missed before what was right; then the domains that the last exam missed, as far
/// as they were not practised since; then what was never practised; then what is due next. One place in four is kept for
/// what was never practised: else who often misses would get the same items again and never see the rest
/// (Two_sets_of_eight_a_week_show_every_item_of_the_programme_within_two_years). Pure.
/// </summary>
public static class PracticeDraw
{
    private const int OneNewIn = 4;

    private enum Turn
    {
        Due,
        MissedDomain,
        New,
        Later,
    }

    /// <param name="size">Questions at most.</param>
    /// <param name="bank">Items whose keys may be shown: those of checks, never of exams.</param>
    /// <param name="facts">Of the person.</param>
    /// <param name="seed">Kept with the attempt.</param>
    /// <returns>The questions in the order of their pages; null where there is nothing to practise yet.</returns>
    public static IReadOnlyList<AskedItem>? Draw(int size, DrawableBank bank, PracticeFacts facts, int seed)
    {
        var random = new Random(seed);
        var pool = bank.Items.Where(item => facts.Open.Contains(item.ItemId) || facts.Cards.ContainsKey(item.ItemId)).ToArray();
        random.Shuffle(pool);

        // The order is kept among equals, so that the shuffle decides there.
        var inTurn = pool.OrderBy(item => Place(item, facts)).ToList();
        var kept = inTurn.Where(item => !facts.Cards.ContainsKey(item.ItemId)).Take(size / OneNewIn).ToList();
        var set = kept.Concat(inTurn.Except(kept)).Take(size).ToArray();
        random.Shuffle(set);
        return set.Length == 0 ? null : [.. set.Select((item, index) => Paper.Ask(item, index + 1, random, scored: true))];
    }

    private static (Turn Turn, int Day, int Streak) Place(DrawableItem item, PracticeFacts facts)
    {
        var card = facts.Cards.GetValueOrDefault(item.ItemId);
        if (card is not null && card.DueOn <= facts.Today)
        {
            return (Turn.Due, card.DueOn.DayNumber, card.Streak);
        }

        if (facts.ExamOn is { } exam && facts.MissedDomains.Contains(item.Domain) && (card is null || card.AnsweredOn < exam))
        {
            return (Turn.MissedDomain, 0, 0);
        }

        return card is null ? (Turn.New, 0, 0) : (Turn.Later, card.DueOn.DayNumber, card.Streak);
    }
}
