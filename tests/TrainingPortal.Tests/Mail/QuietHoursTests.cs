using System.Globalization;
using TrainingPortal.Mail;

namespace TrainingPortal.Tests.Mail;

/// <summary>By day a reminder goes out at once, by night at eight in the morning, also in the nights in which clocks change.</summary>
public class QuietHoursTests
{
    [Theory]
    [InlineData("America/Denver", "2027-01-10T15:00:00Z", "2027-01-10T15:00:00Z")]
    [InlineData("America/Denver", "2027-01-11T02:59:59Z", "2027-01-11T02:59:59Z")]
    [InlineData("America/Denver", "2027-01-11T03:00:00Z", "2027-01-11T15:00:00Z")]
    [InlineData("America/Denver", "2027-01-11T06:59:59Z", "2027-01-11T15:00:00Z")]
    [InlineData("America/Denver", "2027-01-11T07:00:00Z", "2027-01-11T15:00:00Z")]
    [InlineData("America/Denver", "2027-01-11T14:59:59Z", "2027-01-11T15:00:00Z")]
    [InlineData("America/Denver", "2027-03-14T04:00:00Z", "2027-03-14T14:00:00Z")]
    [InlineData("America/Denver", "2027-03-14T09:30:00Z", "2027-03-14T14:00:00Z")]
    [InlineData("America/Denver", "2027-11-07T03:00:00Z", "2027-11-07T15:00:00Z")]
    [InlineData("America/Denver", "2027-11-07T08:30:00Z", "2027-11-07T15:00:00Z")]
    [InlineData("Asia/Kolkata", "2027-01-10T18:30:00Z", "2027-01-11T02:30:00Z")]
    [InlineData("Pacific/Auckland", "2027-12-31T11:00:00Z", "2027-12-31T19:00:00Z")]
    public void The_next_instant_by_day(string zone, string decided, string sent) =>
        Assert.Equal(Utc(sent), QuietHours.NextOpen(Utc(decided), zone));

    [Theory]
    [InlineData("2027-03-14", "02:30", "2027-03-14T09:00:00Z")]
    [InlineData("2027-11-07", "01:30", "2027-11-07T07:30:00Z")]
    public void A_time_that_clocks_leap_over_is_the_end_of_the_leap_and_of_two_the_first_counts(string day, string time, string instant) =>
        Assert.Equal(Utc(instant), LocalDay.At(DateOnly.Parse(day, CultureInfo.InvariantCulture), TimeOnly.Parse(time, CultureInfo.InvariantCulture), "America/Denver"));

    private static DateTime Utc(string instant) => DateTime.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
