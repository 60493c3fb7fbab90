namespace TrainingPortal.Assessments;

/// <summary>Why an attempt cannot be started.</summary>
public enum StartRefusal
{
    QuizNotFound,
    NotEnrolled,
    LessonsUnread,
    ChecksNotPassed,

    /// <summary>Another exam must be passed first.</summary>
    ExamNotPassed,

    AlreadyPassed,
    NotOpenYet,
    NoLongerOpen,
    WaitAfterFailure,
    NoAttemptsLeft,
    TooFewItems,

    /// <summary>No lesson was read whose questions could be practised, and nothing was missed in a check.</summary>
    NothingToPractise,
}

/// <summary>What decides whether a person may start, read from the database.</summary>
/// <param name="ExamsNotPassed">Exams that the quiz requires and the person has not passed.</param>
/// <param name="ExtraAttempts">Given to this person for this cycle.</param>
/// <param name="Attempts">Closed ones of the cycle, voided ones left out.</param>
/// <param name="ExtraMinutes">Given to this person for this cycle.</param>
/// <param name="ToPractise">Asked of practice only: there is something to draw.</param>
public sealed record StartFacts(int LessonsUnread, int ChecksNotPassed, int ExamsNotPassed, int ExtraAttempts, IReadOnlyList<ClosedAttempt> Attempts, int ExtraMinutes = 0, bool ToPractise = true);

/// <summary>An earlier attempt in the same cycle; instants are UTC.</summary>
public sealed record ClosedAttempt(DateTime StartedAt, DateTime ClosedAt, AttemptResult Result);

/// <summary>A refusal, with the instant (UTC) from which it no longer holds, where time alone lifts it.</summary>
public sealed record StartRefused(StartRefusal Reason, DateTime? Until = null);

/// <summary>May this person start this quiz now? Pure rules: facts and time in, refusal or null out; the first that refuses counts.</summary>
public static class ExamEntry
{
    private delegate StartRefused? Rule(Quiz quiz, StartFacts facts, DateTime now);

    private static readonly IReadOnlyList<Rule> Rules = [Passed, Window, Lessons, Checks, Exams, AttemptLimit, Waiting];

    public static StartRefused? RefusalToStart(Quiz quiz, StartFacts facts, DateTime now) => quiz.Kind switch
    {
        QuizKind.Check => null,
        QuizKind.Practice => facts.ToPractise ? null : new StartRefused(StartRefusal.NothingToPractise),
        QuizKind.Exam => Rules.Select(rule => rule(quiz, facts, now)).FirstOrDefault(refused => refused is not null),
    };

    private static StartRefused? Passed(Quiz quiz, StartFacts facts, DateTime now) =>
        facts.Attempts.Any(attempt => attempt.Result == AttemptResult.Passed) ? new StartRefused(StartRefusal.AlreadyPassed) : null;

    private static StartRefused? Window(Quiz quiz, StartFacts facts, DateTime now) =>
        now < quiz.OpensAt ? new StartRefused(StartRefusal.NotOpenYet, quiz.OpensAt)
        : now >= quiz.ClosesAt ? new StartRefused(StartRefusal.NoLongerOpen)
        : null;

    private static StartRefused? Lessons(Quiz quiz, StartFacts facts, DateTime now) =>
        facts.LessonsUnread > 0 ? new StartRefused(StartRefusal.LessonsUnread) : null;

    private static StartRefused? Checks(Quiz quiz, StartFacts facts, DateTime now) =>
        facts.ChecksNotPassed > 0 ? new StartRefused(StartRefusal.ChecksNotPassed) : null;

    private static StartRefused? Exams(Quiz quiz, StartFacts facts, DateTime now) =>
        facts.ExamsNotPassed > 0 ? new StartRefused(StartRefusal.ExamNotPassed) : null;

    private static StartRefused? AttemptLimit(Quiz quiz, StartFacts facts, DateTime now)
    {
        if (quiz.MostAttempts + facts.ExtraAttempts is not { } most || quiz.AttemptDays is not { } days)
        {
            return null;
        }

        var recent = facts.Attempts.Where(attempt => attempt.StartedAt.AddDays(days) > now).OrderBy(attempt => attempt.StartedAt).ToList();
        return recent.Count >= most ? new StartRefused(StartRefusal.NoAttemptsLeft, recent[^most].StartedAt.AddDays(days)) : null;
    }

    private static StartRefused? Waiting(Quiz quiz, StartFacts facts, DateTime now)
    {
        var waitUntil = facts.Attempts.Select(attempt => attempt.ClosedAt.AddHours(quiz.WaitHours)).DefaultIfEmpty().Max();
        return now < waitUntil ? new StartRefused(StartRefusal.WaitAfterFailure, waitUntil) : null;
    }
}
