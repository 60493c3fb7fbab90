using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>
/// Starts an attempt, or leads back to the one that is open: a double click, a second tab and a second device all end in
/// the same attempt.
/// </summary>
public sealed class StartAttempt(IDbContextFactory<PortalDbContext> databases, ItemBank bank, TimeProvider clock)
{
    /// <returns>The attempt's id, or why there is none.</returns>
    public async Task<(Guid? AttemptId, StartRefused? Refused)> RunAsync(Actor actor, string quizSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var quiz = await StartFactsQuery.QuizAsync(database, quizSlug, cancellation);
        if (quiz is null)
        {
            return (null, new StartRefused(StartRefusal.QuizNotFound));
        }

        var open = await StartFactsQuery.OpenAttemptAsync(database, actor.PersonId, quiz.Id, cancellation);
        if (open is not null && !open.IsOverdue(now))
        {
            return (open.Id, null);
        }

        if (open is not null && !await AttemptClosing.CloseAsync(databases, open.Id, now, cancellation))
        {
            return (open.Id, null);
        }

        var scope = await StartFactsQuery.ScopeAsync(database, quiz, actor.PersonId, cancellation);
        if (scope.EnrollmentId is not { } enrollmentId)
        {
            return (null, new StartRefused(StartRefusal.NotEnrolled));
        }

        var facts = await StartFactsQuery.ReadAsync(database, quiz, actor.PersonId, enrollmentId, scope, cancellation);
        if (ExamEntry.RefusalToStart(quiz, facts, now) is { } refused)
        {
            return (null, refused);
        }

        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        if (await KeptUpQuery.ReadAsync(database, quiz, actor.PersonId, now, cancellation) is { Earned: true, Rule: var rule })
        {
            quiz.Shorten(rule);
        }

        if (await DrawAsync(database, quiz, actor.PersonId, scope, seed, now, cancellation) is not { } paper)
        {
            return (null, new StartRefused(quiz.Kind == QuizKind.Practice ? StartRefusal.NothingToPractise : StartRefusal.TooFewItems));
        }

        var attempt = new Attempt(actor.PersonId, enrollmentId, quiz, paper, seed, now, facts.ExtraMinutes);
        database.Attempts.Add(attempt);
        try
        {
            await using var turn = await database.BeginWriteAsync(cancellation);
            await database.SaveChangesAsync(cancellation);
            await turn.CommitAsync(cancellation);
            return (attempt.Id, null);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            // The other click was first; its attempt is this one.
            var first = await database.Attempts
                .Where(row => row.PersonId == actor.PersonId && row.QuizId == quiz.Id && row.ClosedAt == null)
                .Select(row => (Guid?)row.Id)
                .FirstOrDefaultAsync(cancellation);
            return first is null ? await RunAsync(actor, quizSlug, cancellation) : (first, null);
        }
    }

    private async Task<IReadOnlyList<AskedItem>?> DrawAsync(PortalDbContext database, Quiz quiz, Guid personId, StartScope scope, int seed, DateTime now, CancellationToken cancellation)
    {
        var drawable = await bank.DrawableAsync(database, quiz, scope.BankStamps, cancellation);
        return quiz.Kind == QuizKind.Practice
            ? PracticeDraw.Draw(quiz.SetSize ?? 0, drawable, await PracticeFactsQuery.ReadAsync(database, quiz, personId, now, cancellation), seed)
            : Paper.Draw(quiz.Blueprint, drawable, await StartFactsQuery.SeenAsync(database, personId, quiz, cancellation), seed);
    }
}
