namespace TrainingPortal.Assessments;

/// <summary>Days as the programme counts them.</summary>
internal static class LocalDay
{
    /// <param name="instant">UTC.</param>
    /// <param name="timeZone">IANA name; none: UTC.</param>
    public static DateOnly Of(DateTime instant, string? timeZone) => DateOnly.FromDateTime(
        timeZone is null ? instant : TimeZoneInfo.ConvertTimeFromUtc(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone)));
}
