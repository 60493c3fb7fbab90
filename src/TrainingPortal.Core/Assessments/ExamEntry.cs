namespace TrainingPortal.Assessments;

/// <summary>Why an attempt cannot be started.</summary>
public enum StartRefusal
{
    QuizNotFound,
    NotEnrolled,
    LessonsUnread,
    ChecksNotPassed,
    AlreadyPassed,
    WaitAfterFailure,
    NoAttemptsLeft,
    TooFewItems,
}

/// <summary>What decides whether a person may start, read from the database.</summary>
public sealed record StartFacts(int LessonsUnread, int ChecksNotPassed, IReadOnlyList<ClosedAttempt> Attempts);

/// <summary>An earlier attempt in the same cycle; instants are UTC.</summary>
public sealed record ClosedAttempt(DateTime StartedAt, DateTime ClosedAt, AttemptResult Result);

/// <summary>A refusal, with the instant (UTC) from which it no longer holds, where time alone lifts it.</summary>
public sealed record StartRefused(StartRefusal Reason, DateTime? Until = null);

/// <summary>May this person start this quiz now? A pure rule: facts and time in, refusal or null out.</summary>
public static class ExamEntry
{
    public static StartRefused? RefusalToStart(Quiz quiz, StartFacts facts, DateTime now)
    {
        if (quiz.Kind == QuizKind.Check)
        {
            return null;
        }

        if (facts.Attempts.Any(attempt => attempt.Result == AttemptResult.Passed))
        {
            return new StartRefused(StartRefusal.AlreadyPassed);
        }

        if (facts.LessonsUnread > 0)
        {
            return new StartRefused(StartRefusal.LessonsUnread);
        }

        if (facts.ChecksNotPassed > 0)
        {
            return new StartRefused(StartRefusal.ChecksNotPassed);
        }

        if (quiz.MostAttempts is { } most && quiz.AttemptDays is { } days)
        {
            var recent = facts.Attempts.Where(attempt => attempt.StartedAt.AddDays(days) > now).OrderBy(attempt => attempt.StartedAt).ToList();
            if (recent.Count >= most)
            {
                return new StartRefused(StartRefusal.NoAttemptsLeft, recent[^most].StartedAt.AddDays(days));
            }
        }

        var waitUntil = facts.Attempts.Select(attempt => attempt.ClosedAt.AddHours(quiz.WaitHours)).DefaultIfEmpty().Max();
        return now < waitUntil ? new StartRefused(StartRefusal.WaitAfterFailure, waitUntil) : null;
    }
}
