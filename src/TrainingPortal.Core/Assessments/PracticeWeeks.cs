namespace TrainingPortal.Assessments;

/// <summary>A week, Monday to Sunday, with the whole practice sets that were handed in.</summary>
public sealed record PracticeWeek(DateOnly Monday, int Sets, bool KeptUp);

/// <summary>Weeks of practice as ISO 8601 counts weeks: from Monday on, whatever the year. Pure.</summary>
public static class PracticeWeeks
{
    private const int Days = 7;

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + Days - 1) % Days));

    /// <summary>Every week from that of a day to that of another, oldest first.</summary>
    /// <param name="sets">The days on which a whole set was handed in, one for each set.</param>
    /// <param name="from">A day of the first week.</param>
    /// <param name="today">A day of the last week; before <paramref name="from"/>'s week there is none.</param>
    /// <param name="setsAWeek">Sets that make a week kept up.</param>
    public static IReadOnlyList<PracticeWeek> Of(IEnumerable<DateOnly> sets, DateOnly from, DateOnly today, int setsAWeek)
    {
        var byWeek = sets.CountBy(MondayOf).ToDictionary();
        var first = MondayOf(from);
        var count = ((MondayOf(today).DayNumber - first.DayNumber) / Days) + 1;
        return
        [
            .. Enumerable.Range(0, Math.Max(count, 0)).Select(week =>
            {
                var monday = first.AddDays(week * Days);
                var done = byWeek.GetValueOrDefault(monday);
                return new PracticeWeek(monday, done, done >= setsAWeek);
            }),
        ];
    }

    /// <summary>Weeks kept up in a row up to now; the week under way counts once it is kept up and breaks nothing before it ends.</summary>
    /// <param name="weeks">Up to the week under way.</param>
    public static int InARow(IReadOnlyList<PracticeWeek> weeks) => Counted(weeks).Reverse().TakeWhile(week => week.KeptUp).Count();

    /// <summary>How many of the weeks were kept up; the week under way is one of them once it is kept up.</summary>
    /// <param name="weeks">Up to the week under way.</param>
    public static (int KeptUp, int Of) Share(IReadOnlyList<PracticeWeek> weeks)
    {
        var counted = Counted(weeks).ToList();
        return (counted.Count(week => week.KeptUp), counted.Count);
    }

    private static IEnumerable<PracticeWeek> Counted(IReadOnlyList<PracticeWeek> weeks) => weeks is [.., { KeptUp: false }] ? weeks.SkipLast(1) : weeks;
}
