using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Assessments;

namespace TrainingPortal.Tests.Assessments;

public class PracticeWeeksTests
{
    private static readonly DateOnly s_monday = new(2026, 12, 28);

    private static Arbitrary<(DateOnly From, DateOnly Today, DateOnly[] Sets)> Practised { get; } =
        (from start in Gen.Choose(0, 2000)
         from length in Gen.Choose(0, 800)
         from sets in Gen.Choose(-20, 820).ArrayOf()
         let day = new DateOnly(2025, 1, 1).AddDays(start)
         select (day, day.AddDays(length), sets.Select(after => day.AddDays(after)).ToArray())).ToArbitrary();

    [Fact]
    public void Weeks_are_those_of_ISO_8601_across_every_year_end() => Check.QuickThrowOnFailure(Prop.ForAll(Practised, row =>
    {
        var weeks = PracticeWeeks.Of(row.Sets, row.From, row.Today, 2);

        // By the framework's own calendar: each set falls in the week that has its year and number.
        static (int Year, int Week) Iso(DateOnly day) => (ISOWeek.GetYear(day.ToDateTime(TimeOnly.MinValue)), ISOWeek.GetWeekOfYear(day.ToDateTime(TimeOnly.MinValue)));
        Assert.Equal(weeks.Count, weeks.Select(week => Iso(week.Monday)).Distinct().Count());
        Assert.All(weeks, week => Assert.Equal(row.Sets.Count(day => Iso(day) == Iso(week.Monday)), week.Sets));
        Assert.All(weeks, week => Assert.Equal((DayOfWeek.Monday, week.Sets >= 2), (week.Monday.DayOfWeek, week.KeptUp)));
        Assert.Equal((Iso(row.From), Iso(row.Today)), (Iso(weeks[0].Monday), Iso(weeks[^1].Monday)));
        Assert.All(weeks.Zip(weeks.Skip(1)), pair => Assert.Equal(pair.First.Monday.AddDays(7), pair.Second.Monday));
    }));

    [Fact]
    public void A_week_over_the_new_year_is_one_week()
    {
        var week = Assert.Single(PracticeWeeks.Of([new(2026, 12, 31), new(2027, 1, 1)], new(2026, 12, 30), new(2027, 1, 3), 2));

        Assert.Equal(new PracticeWeek(s_monday, 2, true), week);
    }

    [Theory]
    [InlineData(2, 3, 3, 3)] // done already
    [InlineData(1, 2, 2, 2)] // half done: not counted, and the row goes on
    [InlineData(0, 2, 2, 2)]
    public void The_week_under_way_counts_once_it_is_kept_up_and_breaks_nothing_before_it_ends(int setsThisWeek, int inARow, int keptUp, int of)
    {
        var sets = new[] { 0, 1, 7, 8 }.Concat(Enumerable.Repeat(14, setsThisWeek)).Select(after => s_monday.AddDays(after));
        var weeks = PracticeWeeks.Of(sets, s_monday, s_monday.AddDays(15), 2);

        Assert.Equal((inARow, (keptUp, of)), (PracticeWeeks.InARow(weeks), PracticeWeeks.Share(weeks)));
    }

    [Fact]
    public void A_week_that_was_not_kept_up_ends_the_row_and_lowers_the_share()
    {
        var weeks = PracticeWeeks.Of([s_monday, s_monday, s_monday.AddDays(7), s_monday.AddDays(14), s_monday.AddDays(14)], s_monday, s_monday.AddDays(21), 2);

        Assert.Equal((1, (2, 3)), (PracticeWeeks.InARow(weeks), PracticeWeeks.Share(weeks)));
    }

    [Theory]
    [InlineData(80, 100, true)]
    [InlineData(79, 100, false)]
    [InlineData(4, 5, true)]
    [InlineData(3, 4, false)]
    [InlineData(0, 0, false)]
    public void The_share_is_compared_in_whole_parts_and_nothing_of_nothing_is_nothing(int weeks, int of, bool earned) =>
        Assert.Equal(earned, new KeptUp(new KeptUpRule(2, 80, 50), weeks, of).Earned);
}
