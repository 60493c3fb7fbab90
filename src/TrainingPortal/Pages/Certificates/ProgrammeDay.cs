namespace TrainingPortal.Web.Pages.Certificates;

/// <summary>Days of certificates are days where the programme is at home, whatever the reader's own zone.</summary>
internal static class ProgrammeDay
{
    /// <param name="utc">An instant.</param>
    /// <param name="zone">IANA name of the programme's zone.</param>
    public static DateOnly Of(DateTime utc, string zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(zone)));
}
