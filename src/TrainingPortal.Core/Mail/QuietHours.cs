namespace TrainingPortal.Mail;

/// <summary>The night, in which no reminder reaches anybody: from 20:00 to 08:00 where the person is.</summary>
public static class QuietHours
{
    /// <summary>The first minute of the day at which a reminder may come.</summary>
    public static readonly TimeOnly Morning = new(8, 0);

    /// <summary>From here on it waits for the next morning.</summary>
    public static readonly TimeOnly Evening = new(20, 0);

    /// <param name="instant">UTC.</param>
    /// <param name="timeZone">IANA name.</param>
    /// <returns>The same instant by day, the next morning by night (UTC).</returns>
    public static DateTime NextOpen(DateTime instant, string timeZone)
    {
        var there = TimeZoneInfo.ConvertTimeFromUtc(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        var (day, time) = (DateOnly.FromDateTime(there), TimeOnly.FromDateTime(there));
        return time >= Evening ? LocalDay.At(day.AddDays(1), Morning, timeZone)
            : time < Morning ? LocalDay.At(day, Morning, timeZone)
            : instant;
    }
}
