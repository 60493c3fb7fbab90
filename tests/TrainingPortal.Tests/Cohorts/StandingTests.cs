using TrainingPortal.Cohorts;

namespace TrainingPortal.Tests.Cohorts;

/// <summary>Where a trainee stands, by the rule that the cohort's page tells.</summary>
public class StandingTests
{
    private static readonly DateTime s_now = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);
    private static readonly AttemptLimit s_limit = new(3, 30);

    private static ExamTry Failed(double daysAgo) => new(s_now.AddDays(-daysAgo), s_now.AddDays(-daysAgo).AddMinutes(30), Passed: false);

    private static JudgedStanding Of(double? lastActDaysAgo, params ExamTry[] exams) =>
        StandingRule.Of(new TraineeFacts(lastActDaysAgo is { } days ? s_now.AddDays(-days) : null, exams), s_limit, s_now);

    [Fact]
    public void Who_did_nothing_has_not_started() => Assert.Equal(Standing.NotStarted, Of(null).Standing);

    [Theory]
    [InlineData(0.0, Standing.Started)]
    [InlineData(6.99, Standing.Started)]
    [InlineData(7.0, Standing.Stuck)]
    [InlineData(300.0, Standing.Stuck)]
    public void Seven_quiet_days_make_stuck(double daysAgo, Standing standing) => Assert.Equal(standing, Of(daysAgo).Standing);

    [Fact]
    public void Who_failed_and_has_no_attempt_left_is_stuck_until_the_oldest_is_past()
    {
        var judged = Of(1, Failed(20), Failed(10), Failed(1));

        Assert.Equal((Standing.Stuck, StuckReason.NoAttemptsLeft, s_now.AddDays(10)), (judged.Standing, judged.Reason, judged.FreeAt!.Value));
        Assert.Equal(Standing.Started, Of(1, Failed(30), Failed(10), Failed(1)).Standing);
        Assert.Equal(Standing.Started, Of(1, Failed(10), Failed(1)).Standing);
    }

    [Fact]
    public void Who_sits_the_last_attempt_now_is_not_stuck() =>
        Assert.Equal(Standing.Started, Of(0, Failed(20), Failed(10), Failed(5), new ExamTry(s_now.AddMinutes(-5), null, false)).Standing);

    [Fact]
    public void Who_passed_has_passed_whatever_else()
    {
        var judged = Of(300, Failed(320), Failed(310), new ExamTry(s_now.AddDays(-300), s_now.AddDays(-300), true));

        Assert.Equal((Standing.Passed, s_now.AddDays(-300)), (judged.Standing, judged.Since!.Value));
    }

    [Fact]
    public void Without_a_limit_only_quiet_days_count() =>
        Assert.Equal(Standing.Started, StandingRule.Of(new TraineeFacts(s_now, [Failed(3), Failed(2), Failed(1)]), null, s_now).Standing);
}
