namespace TrainingPortal;

/// <summary>Days are days where the programme is at home, whatever the reader's own zone.</summary>
public static class LocalDay
{
    /// <param name="instant">UTC.</param>
    /// <param name="timeZone">IANA name; none: UTC.</param>
    public static DateOnly Of(DateTime instant, string? timeZone) => DateOnly.FromDateTime(
        timeZone is null ? instant : TimeZoneInfo.ConvertTimeFromUtc(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone)));

    /// <summary>The instant (UTC) at which clocks show a time of a day: the first of two, and where clocks leap over it, the end of the leap.</summary>
    /// <param name="timeZone">IANA name; none: UTC.</param>
    public static DateTime At(DateOnly day, TimeOnly time, string? timeZone)
    {
        var zone = timeZone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var wall = day.ToDateTime(time, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return DateTime.SpecifyKind(wall - offset, DateTimeKind.Utc);
    }
}
