namespace TrainingPortal.Certifications;

/// <summary>What a programme's rule makes of one example person.</summary>
/// <param name="Who">What they do, in words.</param>
/// <param name="PassedOn">A day in the programme's zone.</param>
/// <param name="LastValidDay">The certificate's end, with its parts.</param>
/// <param name="WholeLastValidDay">The end of the exam's pass.</param>
/// <param name="RenewalOpensOn">The first day on which it may be renewed.</param>
public sealed record ExampleDate(string Who, DateOnly PassedOn, DateOnly LastValidDay, DateOnly WholeLastValidDay, DateOnly RenewalOpensOn);

/// <summary>
/// The dates of ten example people, shown before a programme is saved: a rule that pushes late people a year out, or takes
/// days from early ones, is seen before anybody holds a certificate by it.
/// </summary>
public static class ExampleDates
{
    /// <param name="programme">With the rule that is tried.</param>
    /// <param name="today">A day in the programme's zone; the examples lie around it.</param>
    public static IReadOnlyList<ExampleDate> Of(Programme programme, DateOnly today)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(programme.TimeZone);
        var leapDay = new DateOnly(today.Year + ((4 - (today.Year % 4)) % 4), 2, 29);
        var first = Passed(today);
        var end = first.WholeLastValidDay;
        return
        [
            Example("passes today", today, first),
            Example("passes on the last of January", LastOfJanuary(), Passed(LastOfJanuary())),
            Example("passes on a leap day", leapDay, Passed(leapDay)),
            Example("passes a minute before the year ends", NewYear().AddDays(-1), Validity.From(Midnight(NewYear()).AddMinutes(-1), programme)),
            Example("passes a minute later", NewYear(), Validity.From(Midnight(NewYear()).AddMinutes(1), programme)),
            Renewed("renews on the first day of the window", end.AddDays(-programme.RenewalWindowDays)),
            Renewed("renews a month before the end", end.AddMonths(-1)),
            Renewed("renews on the last valid day", end),
            Renewed("renews a day late", end.AddDays(1)),
            Renewed("renews half a year late", end.AddMonths(6)),
        ];

        DateOnly LastOfJanuary() => new(today.Year + 1, 1, 31);
        DateOnly NewYear() => new(today.Year + 1, 1, 1);
        DateTime Midnight(DateOnly day) => Validity.StartOfDay(day, zone);
        Validity Passed(DateOnly day) => Validity.From(Midnight(day).AddHours(10), programme);
        ExampleDate Renewed(string who, DateOnly day) => Example(who, day, Validity.Renewed(Midnight(day).AddHours(10), end, programme));
        ExampleDate Example(string who, DateOnly day, Validity validity) =>
            new(who, day, validity.LastValidDay, validity.WholeLastValidDay, LocalDay.Of(validity.RenewalOpensAt, programme.TimeZone));
    }
}
