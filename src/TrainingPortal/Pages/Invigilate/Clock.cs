using System.Globalization;

namespace TrainingPortal.Web.Pages.Invigilate;

/// <summary>Times of an exam room as its pages write them.</summary>
internal static class Clock
{
    /// <summary>Minutes and seconds, such as 24:05; with hours from one hour on. Rounded up, as the trainee's own clock is.</summary>
    public static string Left(TimeSpan left)
    {
        var seconds = (int)Math.Ceiling(left.TotalSeconds);
        var (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        return hours > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{hours}:{minutes:00}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes}:{seconds % 60:00}");
    }

    /// <summary>The time of the day, in UTC.</summary>
    public static string Time(DateTime at, string format = "HH:mm") => at.ToString(format, CultureInfo.CurrentCulture) + " UTC";
}
