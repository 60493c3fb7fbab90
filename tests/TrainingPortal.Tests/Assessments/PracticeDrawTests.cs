using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Tests.Assessments;

/// <summary>What a practice set is drawn from, and in which order.</summary>
public class PracticeDrawTests
{
    private const int Ids = 136;
    private static readonly DateOnly s_today = new(2027, 3, 15);
    private static readonly string[] s_domains = ["depth", "hygiene", "law"];

    // Of each item: whether it may be asked, how many days ago it was due (less than none: not yet), and its streak; -1: no card.
    private static Arbitrary<(int Size, int Seed, (bool Open, int Overdue, int Streak)[] Items, bool Exam)> Draws { get; } =
        (from size in Gen.Choose(1, 12)
         from seed in Gen.Choose(0, int.MaxValue)
         from items in (from open in Gen.Elements(true, true, false)
                        from overdue in Gen.Choose(-30, 30)
                        from streak in Gen.Choose(-1, 4)
                        select (open, overdue, streak)).ArrayOf()
         from exam in Gen.Elements(true, false)
         select (size, seed, items, exam)).ToArbitrary();

    private static DrawableItem Drawable(int number) => new(Guid.CreateVersion7(), $"item-{number:000}", s_domains[number % s_domains.Length], new ItemVersion
    {
        Id = Guid.CreateVersion7(),
        Objective = "o",
        Stem = "s",
        Interaction = new ChoiceInteraction([new("a", true, "yes"), new("b", false, "no"), new("c", false, "no"), new("d", false, "no")]),
    });

    // Answered right so often, each time on its day, so that it is due on a day.
    private static PracticeCard Card(Guid item, int streak, DateOnly dueOn)
    {
        var first = dueOn.AddDays(-PracticeCard.Intervals.Take(streak).Sum());
        var card = new PracticeCard(Guid.NewGuid(), item, first);
        foreach (var _ in Enumerable.Range(0, streak))
        {
            card.Answered(right: true, null, card.DueOn);
        }

        Assert.Equal((streak, dueOn), (card.Streak, card.DueOn));
        return card;
    }

    private static (DrawableItem[] Bank, PracticeFacts Facts) World((int Size, int Seed, (bool Open, int Overdue, int Streak)[] Items, bool Exam) draw)
    {
        var bank = draw.Items.Select((_, number) => Drawable(number)).ToArray();
        var cards = draw.Items.Zip(bank)
            .Where(row => row.First.Streak >= 0)
            .ToDictionary(row => row.Second.ItemId, row => Card(row.Second.ItemId, row.First.Streak, s_today.AddDays(-row.First.Overdue)));
        var open = draw.Items.Zip(bank).Where(row => row.First.Open).Select(row => row.Second.ItemId).ToHashSet();
        return (bank, new PracticeFacts(s_today, cards, open, new HashSet<string> { "law" }, draw.Exam ? s_today.AddDays(-3) : null));
    }

    private static void ForEveryDraw(Action<int, DrawableItem[], PracticeFacts, IReadOnlyList<DrawableItem>> holds) => Check.QuickThrowOnFailure(Prop.ForAll(Draws, draw =>
    {
        var (bank, facts) = World(draw);
        var byVersion = bank.ToDictionary(item => item.Version.Id);
        holds(draw.Size, bank, facts, [.. (PracticeDraw.Draw(draw.Size, new(bank), facts, draw.Seed) ?? []).Select(asked => byVersion[asked.ItemVersionId])]);
    }));

    private static bool IsDue(PracticeFacts facts, DrawableItem item) => facts.Cards.TryGetValue(item.ItemId, out var card) && card.DueOn <= facts.Today;

    private static bool IsNew(PracticeFacts facts, DrawableItem item) => facts.Open.Contains(item.ItemId) && !facts.Cards.ContainsKey(item.ItemId);

    private static bool MayBeAsked(PracticeFacts facts, DrawableItem item) => facts.Open.Contains(item.ItemId) || facts.Cards.ContainsKey(item.ItemId);

    [Fact]
    public void No_item_is_twice_in_a_set_and_none_is_asked_before_a_lesson_was_read() => ForEveryDraw((size, bank, facts, set) =>
    {
        Assert.Equal(set.Count, set.Distinct().Count());
        Assert.All(set, item => Assert.True(MayBeAsked(facts, item)));
        Assert.Equal(Math.Min(size, bank.Count(item => MayBeAsked(facts, item))), set.Count);
    });

    [Fact]
    public void What_is_due_comes_first_and_the_longest_overdue_before_the_others() => ForEveryDraw((size, bank, facts, set) =>
    {
        var due = bank.Where(item => IsDue(facts, item)).ToList();
        var kept = Math.Min(size / 4, bank.Count(item => IsNew(facts, item)));
        Assert.Equal(Math.Min(size - kept, due.Count), set.Count(item => IsDue(facts, item)));

        // None that is left out was due before one that is asked.
        var asked = set.Where(item => IsDue(facts, item)).Select(item => facts.Cards[item.ItemId].DueOn).ToList();
        Assert.All(due.Except(set), left => Assert.All(asked, day => Assert.True(day <= facts.Cards[left.ItemId].DueOn)));
    });

    [Fact]
    public void One_place_in_four_is_kept_for_what_was_never_practised() => ForEveryDraw((size, bank, facts, set) =>
        Assert.InRange(set.Count(item => IsNew(facts, item)), Math.Min(size / 4, bank.Count(item => IsNew(facts, item))), size));

    [Fact]
    public void Of_what_fell_due_on_one_day_what_was_missed_comes_before_what_was_right() => ForEveryDraw((_, bank, facts, set) =>
        Assert.All(bank.Where(item => IsDue(facts, item)).Except(set).Where(left => facts.Cards[left.ItemId].Streak == 0), left =>
            Assert.DoesNotContain(set, item => IsDue(facts, item) && facts.Cards[item.ItemId] is { Streak: > 0 } card && card.DueOn == facts.Cards[left.ItemId].DueOn)));

    [Fact]
    public void Then_come_subjects_that_the_last_exam_missed_then_what_is_new_then_what_is_due_next() => ForEveryDraw((size, bank, facts, set) =>
    {
        int Turn(DrawableItem item)
        {
            var card = facts.Cards.GetValueOrDefault(item.ItemId);
            return IsDue(facts, item) ? 0
                : facts.ExamOn is { } exam && item.Domain == "law" && (card is null || card.AnsweredOn < exam) ? 1
                : card is null ? 2
                : 3;
        }

        // But for the places that are kept, nobody who waits has an earlier turn than somebody who is asked.
        var kept = set.Where(item => IsNew(facts, item)).OrderBy(Turn).Take(size / 4).ToList();
        var last = set.Except(kept).Select(Turn).DefaultIfEmpty().Max();
        Assert.DoesNotContain(bank.Except(set).Where(item => MayBeAsked(facts, item)), left => Turn(left) < last);
        var later = set.Where(item => Turn(item) == 3).Select(item => facts.Cards[item.ItemId].DueOn).ToList();
        Assert.All(bank.Except(set).Where(item => MayBeAsked(facts, item) && Turn(item) == 3), left => Assert.All(later, day => Assert.True(day <= facts.Cards[left.ItemId].DueOn)));
    });

    [Fact]
    public void The_same_seed_and_facts_draw_the_same_set_however_the_bank_is_ordered() => Check.QuickThrowOnFailure(Prop.ForAll(Draws, draw =>
    {
        var (bank, facts) = World(draw);
        static IEnumerable<string>? Shown(IReadOnlyList<AskedItem>? set) => set?.Select(item => $"{item.Slot} {item.ItemVersionId} {string.Join(',', item.Order)} {item.Scored}");

        Assert.Equal(Shown(PracticeDraw.Draw(draw.Size, new(bank), facts, draw.Seed)), Shown(PracticeDraw.Draw(draw.Size, new(bank.Reverse()), facts, draw.Seed)));
    }));

    [Fact]
    public void With_nothing_read_and_nothing_missed_there_is_no_set() =>
        Assert.Null(PracticeDraw.Draw(8, new([Drawable(1)]), new PracticeFacts(s_today, new Dictionary<Guid, PracticeCard>(), new HashSet<Guid>(), new HashSet<string>(), null), seed: 1));

    [Theory]
    [InlineData(100)]
    [InlineData(85)]
    [InlineData(70)]
    public void Two_sets_of_eight_a_week_show_every_item_of_the_programme_within_two_years(int percentRight)
    {
        // As many check items as the six courses have; a right answer is one of so many per cent, by the same dice each time.
        var bank = Enumerable.Range(0, Ids).Select(Drawable).ToArray();
        var drawable = new DrawableBank(bank);
        var items = bank.ToDictionary(item => item.Version.Id, item => item.ItemId);
        var open = bank.Select(item => item.ItemId).ToHashSet();
        var cards = new Dictionary<Guid, PracticeCard>();
        var dice = new Random(7);
        var firstSeen = new Dictionary<Guid, int>();
        foreach (var set in Enumerable.Range(0, 208))
        {
            var today = s_today.AddDays((set / 2 * 7) + (set % 2 * 3));
            foreach (var asked in PracticeDraw.Draw(8, drawable, new PracticeFacts(today, cards, open, new HashSet<string>(), null), set)!)
            {
                var item = items[asked.ItemVersionId];
                firstSeen.TryAdd(item, set / 2);
                var card = cards.TryGetValue(item, out var known) ? known : cards[item] = new PracticeCard(Guid.Empty, item, today);
                card.Answered(dice.Next(100) < percentRight, null, today);
            }
        }

        Assert.Equal(Ids, firstSeen.Count);
        Assert.Equal(Ids, cards.Count);
    }
}
