using TrainingPortal.Jobs;
using TrainingPortal.Web.Jobs;

namespace TrainingPortal.Tests.Jobs;

/// <summary>A daily job runs once its time has passed, however long the portal was away.</summary>
public class ScheduleTests
{
    private static readonly ScheduledJob s_daily = new("daily", TimeSpan.FromMinutes(15), new TimeOnly(2, 30));

    private static DateTime Utc(int month, int day, int hour, int minute) => new(2027, month, day, hour, minute, 0, DateTimeKind.Utc);

    private static JobRecord Ran(DateTime at, bool failed = false) =>
        new() { Name = "daily", LastStartedAt = at, LastFinishedAt = at, LastFailedAt = failed ? at : null };

    [Fact]
    public void It_runs_once_a_day_and_makes_up_for_what_was_missed()
    {
        // 02:30 in Denver is 09:30 UTC in winter.
        Assert.True(s_daily.IsDue(null, Utc(1, 10, 5, 0), "America/Denver"));
        Assert.False(s_daily.IsDue(Ran(Utc(1, 10, 9, 31)), Utc(1, 11, 9, 29), "America/Denver"));
        Assert.True(s_daily.IsDue(Ran(Utc(1, 10, 9, 31)), Utc(1, 11, 9, 30), "America/Denver"));
        Assert.False(s_daily.IsDue(Ran(Utc(1, 11, 9, 30)), Utc(1, 11, 9, 45), "America/Denver"));
        Assert.True(s_daily.IsDue(Ran(Utc(1, 10, 9, 31)), Utc(1, 11, 23, 0), "America/Denver"));
    }

    [Fact]
    public void After_a_failure_it_runs_again() => Assert.True(s_daily.IsDue(Ran(Utc(1, 11, 9, 31), failed: true), Utc(1, 11, 9, 45), "America/Denver"));

    // Every quarter of an hour over both changes of the clocks: 02:30 is leapt over in March and there once in November.
    [Theory]
    [InlineData(3, 13)]
    [InlineData(11, 6)]
    public void Over_a_change_of_the_clocks_it_runs_once_each_day(int month, int day)
    {
        var last = Ran(Utc(month, day, 0, 0));
        var runs = new List<DateTime>();
        for (var now = Utc(month, day, 7, 15); now < Utc(month, day, 7, 15).AddDays(3); now = now.AddMinutes(15))
        {
            if (s_daily.IsDue(last, now, "America/Denver"))
            {
                runs.Add(now);
                last = Ran(now);
            }
        }

        Assert.Equal(3, runs.Count);
        Assert.Equal(3, runs.Select(run => LocalDay.Of(run, "America/Denver")).Distinct().Count());
    }
}
