namespace TrainingPortal;

/// <summary>Days are days where the programme is at home, whatever the reader's own zone.</summary>
public static class LocalDay
{
    /// <param name="instant">UTC.</param>
    /// <param name="timeZone">IANA name; none: UTC.</param>
    public static DateOnly Of(DateTime instant, string? timeZone) => DateOnly.FromDateTime(
        timeZone is null ? instant : TimeZoneInfo.ConvertTimeFromUtc(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone)));
}
