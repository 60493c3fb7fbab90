namespace TrainingPortal.Assessments;

/// <summary>When an item is due again in a person's practice: a row for each item that they practised, or missed in a check.</summary>
public sealed class PracticeCard
{
    /// <summary>
    /// Days until an item is due again, by the number of times it was answered right in a row: doubling and a little more,
    /// so that an item stays in sight over two years of validity with about ten answers. Chosen by us, from no study.
    /// </summary>
    public static IReadOnlyList<int> Intervals { get; } = [1, 3, 7, 16, 35, 80, 180];

    private PracticeCard()
    {
    }

    /// <summary>An item that was missed is due at once, and so is one that is answered for the first time.</summary>
    public PracticeCard(Guid personId, Guid itemId, DateOnly today)
    {
        PersonId = personId;
        ItemId = itemId;
        DueOn = today;
        AnsweredOn = today;
    }

    public Guid PersonId { get; private init; }

    public Guid ItemId { get; private init; }

    /// <summary>Right answers in a row, each when it was due.</summary>
    public int Streak { get; private set; }

    public DateOnly DueOn { get; private set; }

    /// <summary>The last day on which it was practised or missed.</summary>
    public DateOnly AnsweredOn { get; private set; }

    public int Revision { get; private set; }

    /// <summary>
    /// The item was answered in practice. One that was known by luck alone (right, with low certainty) stays where it is, and
    /// so does one that was not due yet: ten sets in one evening are no spacing.
    /// </summary>
    public void Answered(bool right, Certainty? certainty, DateOnly today)
    {
        if (!right)
        {
            Missed(today);
            return;
        }

        AnsweredOn = today;
        Revision++;
        if (DueOn > today)
        {
            return;
        }

        Streak = certainty == Certainty.Low ? Streak : Math.Min(Streak + 1, Intervals.Count);
        DueOn = today.AddDays(Streak == 0 ? 0 : Intervals[Streak - 1]);
    }

    /// <summary>The item was missed, here or in a check.</summary>
    public void Missed(DateOnly today)
    {
        Streak = 0;
        DueOn = today;
        AnsweredOn = today;
        Revision++;
    }
}
