namespace TrainingPortal.Certifications;

/// <summary>The dates of one certificate, worked out once at issue. Instants are UTC, days are days in the programme's zone.</summary>
public sealed record Validity(DateTime ValidFrom, DateOnly LastValidDay, DateTime ValidUntil, DateTime RenewalOpensAt)
{
    /// <summary>
    /// From the day of the award: the same day of the month so many months later (the last of the month where that month
    /// is shorter) is the last valid day, to its last second.
    /// </summary>
    public static Validity From(DateTime awardedAt, int months, int renewalWindowDays, TimeZoneInfo zone)
    {
        var awardedOn = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(awardedAt, zone));
        return Until(awardedAt, awardedOn.AddMonths(months), renewalWindowDays, zone);
    }

    /// <summary>An early renewal keeps the anniversary: so many months from the old last valid day.</summary>
    public static Validity Renewed(DateTime awardedAt, DateOnly oldLastValidDay, int months, int renewalWindowDays, TimeZoneInfo zone)
    {
        var awardedOn = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(awardedAt, zone));
        var anniversary = oldLastValidDay >= awardedOn ? oldLastValidDay : awardedOn;
        return Until(awardedAt, anniversary.AddMonths(months), renewalWindowDays, zone);
    }

    private static Validity Until(DateTime awardedAt, DateOnly lastValidDay, int renewalWindowDays, TimeZoneInfo zone) =>
        new(
            WholeSecond(awardedAt),
            lastValidDay,
            StartOfDay(lastValidDay.AddDays(1), zone).AddSeconds(-1),
            StartOfDay(lastValidDay.AddDays(-renewalWindowDays), zone));

    /// <summary>The first instant of a day in a zone, as UTC; where the clocks skip midnight, the first instant after it.</summary>
    public static DateTime StartOfDay(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        // Where the clocks go back over midnight the day begins at the earlier of the two instants.
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return DateTime.SpecifyKind(midnight - offset, DateTimeKind.Utc);
    }

    private static DateTime WholeSecond(DateTime instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
