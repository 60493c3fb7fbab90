using TrainingPortal.Assessments;

namespace TrainingPortal.Tests.Assessments;

public class ExamEntryTests
{
    private static readonly DateTime s_noon = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    private static Quiz Exam(int? mostAttempts = 3, int? attemptDays = 30) => new()
    {
        Slug = "exam",
        Title = "Exam",
        Kind = QuizKind.Exam,
        MostAttempts = mostAttempts,
        AttemptDays = attemptDays,
        WaitHours = 24,
    };

    private static ClosedAttempt Try(DateTime started, AttemptResult result = AttemptResult.FailedScore) => new(started, started.AddMinutes(20), result);

    private static StartFacts Facts(int lessonsUnread = 0, int checksNotPassed = 0, params ClosedAttempt[] attempts) => new(lessonsUnread, checksNotPassed, 0, 0, attempts);

    [Fact]
    public void Who_read_everything_and_passed_the_checks_may_start() => Assert.Null(ExamEntry.RefusalToStart(Exam(), Facts(), s_noon));

    public static TheoryData<string, StartFacts, StartRefusal> Refusals() => new()
    {
        { "one lesson unread", Facts(lessonsUnread: 1), StartRefusal.LessonsUnread },
        { "one check not passed", Facts(checksNotPassed: 1), StartRefusal.ChecksNotPassed },
        { "lessons come before checks", Facts(lessonsUnread: 1, checksNotPassed: 1), StartRefusal.LessonsUnread },
        { "passed already", Facts(attempts: Try(s_noon.AddDays(-29), AttemptResult.Passed)), StartRefusal.AlreadyPassed },
        { "passed already, and a lesson came new", Facts(lessonsUnread: 1, attempts: Try(s_noon.AddDays(-29), AttemptResult.Passed)), StartRefusal.AlreadyPassed },
        { "failed an hour ago", Facts(attempts: Try(s_noon.AddHours(-1))), StartRefusal.WaitAfterFailure },
        { "three in thirty days", Facts(attempts: [Try(s_noon.AddDays(-20)), Try(s_noon.AddDays(-10)), Try(s_noon.AddDays(-5))]), StartRefusal.NoAttemptsLeft },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Each_reason_to_refuse_is_told(string why, StartFacts facts, StartRefusal reason)
    {
        Assert.True(ExamEntry.RefusalToStart(Exam(), facts, s_noon)?.Reason == reason, why);
    }

    [Theory]
    [InlineData(AttemptResult.FailedScore)]
    [InlineData(AttemptResult.FailedGate)]
    [InlineData(AttemptResult.FailedCritical)]
    public void After_a_failure_the_wait_is_counted_from_the_end_of_the_attempt_and_ends_to_the_tick(AttemptResult failure)
    {
        var failed = Try(s_noon, failure);
        var facts = Facts(attempts: failed);
        var until = failed.ClosedAt.AddHours(24);

        Assert.Equal(new StartRefused(StartRefusal.WaitAfterFailure, until), ExamEntry.RefusalToStart(Exam(), facts, until.AddTicks(-1)));
        Assert.Null(ExamEntry.RefusalToStart(Exam(), facts, until));
    }

    [Fact]
    public void The_wait_is_counted_from_the_latest_failure()
    {
        var facts = Facts(attempts: [Try(s_noon.AddDays(-3)), Try(s_noon)]);

        Assert.Equal(s_noon.AddMinutes(20).AddHours(24), ExamEntry.RefusalToStart(Exam(), facts, s_noon.AddHours(1))?.Until);
    }

    [Fact]
    public void A_new_attempt_is_free_when_the_oldest_of_three_leaves_the_thirty_days_to_the_tick()
    {
        var oldest = Try(s_noon.AddDays(-20));
        var facts = Facts(attempts: [oldest, Try(s_noon.AddDays(-10)), Try(s_noon.AddDays(-5))]);
        var until = oldest.StartedAt.AddDays(30);

        Assert.Equal(new StartRefused(StartRefusal.NoAttemptsLeft, until), ExamEntry.RefusalToStart(Exam(), facts, until.AddTicks(-1)));
        Assert.Null(ExamEntry.RefusalToStart(Exam(), facts, until));
    }

    [Fact]
    public void After_a_fourth_attempt_it_is_the_second_oldest_that_must_leave()
    {
        var facts = Facts(attempts: [Try(s_noon.AddDays(-29)), Try(s_noon.AddDays(-20)), Try(s_noon.AddDays(-10)), Try(s_noon.AddDays(-5))]);

        Assert.Equal(s_noon.AddDays(10), ExamEntry.RefusalToStart(Exam(), facts, s_noon)?.Until);
    }

    [Fact]
    public void Attempts_of_long_ago_do_not_count()
    {
        var facts = Facts(attempts: [Try(s_noon.AddDays(-30)), Try(s_noon.AddDays(-10)), Try(s_noon.AddDays(-5))]);

        Assert.Null(ExamEntry.RefusalToStart(Exam(), facts, s_noon));
    }

    [Fact]
    public void Where_no_number_is_set_only_the_wait_holds()
    {
        var facts = Facts(attempts: [.. Enumerable.Range(2, 20).Select(days => Try(s_noon.AddDays(-days)))]);

        Assert.Null(ExamEntry.RefusalToStart(Exam(mostAttempts: null, attemptDays: null), facts, s_noon));
    }

    [Fact]
    public void A_knowledge_check_may_always_be_started()
    {
        var check = new Quiz { Slug = "check", Title = "Check", Kind = QuizKind.Check };

        Assert.Null(ExamEntry.RefusalToStart(check, Facts(5, 2, Try(s_noon, AttemptResult.Passed)), s_noon));
    }

    [Fact]
    public void A_window_opens_at_its_first_instant_and_is_over_at_its_last()
    {
        var quiz = Exam();
        (quiz.OpensAt, quiz.ClosesAt) = (s_noon, s_noon.AddHours(1));

        Assert.Equal(new StartRefused(StartRefusal.NotOpenYet, s_noon), ExamEntry.RefusalToStart(quiz, Facts(), s_noon.AddTicks(-1)));
        Assert.Null(ExamEntry.RefusalToStart(quiz, Facts(), s_noon));
        Assert.Null(ExamEntry.RefusalToStart(quiz, Facts(), s_noon.AddHours(1).AddTicks(-1)));
        Assert.Equal(new StartRefused(StartRefusal.NoLongerOpen), ExamEntry.RefusalToStart(quiz, Facts(), s_noon.AddHours(1)));
    }

    [Fact]
    public void An_exam_that_comes_before_must_be_passed_and_an_extra_attempt_is_one_more()
    {
        Assert.Equal(StartRefusal.ExamNotPassed, ExamEntry.RefusalToStart(Exam(), Facts() with { ExamsNotPassed = 1 }, s_noon)?.Reason);

        var used = Facts(attempts: [Try(s_noon.AddDays(-20)), Try(s_noon.AddDays(-10)), Try(s_noon.AddDays(-5))]);
        Assert.Equal(StartRefusal.NoAttemptsLeft, ExamEntry.RefusalToStart(Exam(), used, s_noon)?.Reason);
        Assert.Null(ExamEntry.RefusalToStart(Exam(), used with { ExtraAttempts = 1 }, s_noon));
    }
}
