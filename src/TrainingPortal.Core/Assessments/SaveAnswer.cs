using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

public enum SaveAnswerRefusal
{
    NotFound,

    /// <summary>The attempt was submitted, or its time is over.</summary>
    Closed,

    /// <summary>The invigilator has stopped the clock.</summary>
    Paused,

    /// <summary>The paper was handed in, and only the questions that followed it are open.</summary>
    HandedIn,

    /// <summary>Another page saved a different answer to this question since this page was shown.</summary>
    StalePage,

    /// <summary>Parts that the question does not have.</summary>
    NotOffered,

    NotANumber,
    NotADay,

    /// <summary>Every question of the consultation's budget is asked.</summary>
    BudgetSpent,
}

/// <summary>An answer as its form posts it.</summary>
/// <param name="Slot">The question, from 1.</param>
/// <param name="Fields">The values of the answer's fields in the order of the page.</param>
/// <param name="Revision">The question's revision as the page was shown.</param>
/// <param name="Certainty">Only in practice.</param>
public sealed record PostedAnswer(int Slot, IReadOnlyList<string> Fields, int Revision, Certainty? Certainty = null);

/// <summary>Saves the answer to one question; when it returns, the answer is in the database.</summary>
public sealed class SaveAnswer(IDbContextFactory<PortalDbContext> databases, ItemBank bank, TimeProvider clock)
{
    // Joined by the whole key of the answer: what EF Core makes of a first answer in a select numbers everybody's answers.
    private readonly Func<PortalDbContext, Guid, Guid, int, CancellationToken, Task<AnsweredAttempt?>> attemptOf = EF.CompileAsyncQuery(
        (PortalDbContext database, Guid attemptId, Guid personId, int slot, CancellationToken cancellation) => database.Attempts
            .AsNoTracking()
            .Where(row => row.Id == attemptId && row.PersonId == personId)
            .LeftJoin(
                database.Answers.Where(answer => answer.Slot == slot),
                row => row.Id,
                answer => answer.AttemptId,
                (row, answer) => new AnsweredAttempt(row.ClosedAt, row.DeadlineAt, row.PausedAt, row.TwinsFrom, row.Kind, row.Paper.Items, answer))
            .FirstOrDefault());

    /// <param name="actor">The person whose attempt it must be.</param>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="posted">What the page sent; an answer with nothing in it changes nothing.</param>
    /// <param name="cancellation">Ends the wait, not the save.</param>
    /// <returns>The question's new revision, or why nothing was saved.</returns>
    public async Task<Outcome<int, SaveAnswerRefusal>> RunAsync(Actor actor, Guid attemptId, PostedAnswer posted, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var attempt = await attemptOf(database, attemptId, actor.PersonId, posted.Slot, cancellation);
        if (attempt?.Items.FirstOrDefault(item => item.Slot == posted.Slot) is not { } asked)
        {
            return SaveAnswerRefusal.NotFound;
        }

        if (attempt.ClosedAt is not null || (attempt.PausedAt is null && now >= attempt.DeadlineAt))
        {
            return SaveAnswerRefusal.Closed;
        }

        if (posted.Slot < attempt.TwinsFrom)
        {
            return SaveAnswerRefusal.HandedIn;
        }

        var question = await bank.VersionAsync(asked.ItemVersionId, cancellation);
        var reading = question.Interaction.Read(posted.Fields, asked.Order, attempt.Answer?.Response);
        if (reading.Fault is { } fault)
        {
            return Refusal(fault);
        }

        // The same answer again (a double click, a page sent twice) is saved already, whatever page it came from.
        var certainty = attempt.Kind == QuizKind.Practice ? posted.Certainty : null;
        if (reading.Response is not { } response || (attempt.Answer?.Response == response && attempt.Answer.Certainty == certainty))
        {
            return attempt.Answer?.Revision ?? 0;
        }

        return await WriteAsync(database, attemptId, asked, attempt.Answer, posted, question, response, certainty, now, cancellation);
    }

    private static async Task<Outcome<int, SaveAnswerRefusal>> WriteAsync(
        PortalDbContext database, Guid attemptId, AskedItem asked, Answer? saved, PostedAnswer posted, ItemVersion question, Response response, Certainty? certainty, DateTime now, CancellationToken cancellation)
    {
        if (posted.Revision != (saved?.Revision ?? 0))
        {
            return SaveAnswerRefusal.StalePage;
        }

        // The attempt's row is taken first: a submit at the same moment comes wholly before this answer or wholly after it.
        await using var turn = await database.BeginWriteAsync(cancellation);
        var open = await database.Attempts
            .Where(row => row.Id == attemptId && row.ClosedAt == null && row.PausedAt == null && !(row.TwinsFrom > asked.Slot))
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.LastSeenAt, now).SetProperty(row => row.Revision, row => row.Revision + 1), cancellation);
        if (open == 0)
        {
            var state = await database.Attempts.Where(row => row.Id == attemptId).Select(row => new { row.ClosedAt, row.PausedAt }).FirstAsync(cancellation);
            return state.ClosedAt is not null ? SaveAnswerRefusal.Closed : state.PausedAt is not null ? SaveAnswerRefusal.Paused : SaveAnswerRefusal.HandedIn;
        }

        if (saved is null)
        {
            database.Answers.Add(new Answer(attemptId, asked, response, question, certainty, now));
        }
        else
        {
            database.Answers.Attach(saved);
            saved.Write(response, question, certainty, now);
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
            await turn.CommitAsync(cancellation);
            return posted.Revision + 1;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Something was first: the same answer (the other post of a double click), or another one.
            await turn.DisposeAsync();
            var first = await database.Answers.AsNoTracking().FirstAsync(row => row.AttemptId == attemptId && row.Slot == asked.Slot, cancellation);
            return first.Response == response && first.Certainty == certainty ? first.Revision : SaveAnswerRefusal.StalePage;
        }
    }

    private static SaveAnswerRefusal Refusal(ReadingFault fault) => fault switch
    {
        ReadingFault.NotOffered => SaveAnswerRefusal.NotOffered,
        ReadingFault.NotANumber => SaveAnswerRefusal.NotANumber,
        ReadingFault.NotADay => SaveAnswerRefusal.NotADay,
        ReadingFault.BudgetSpent => SaveAnswerRefusal.BudgetSpent,
    };

    private sealed record AnsweredAttempt(
        DateTime? ClosedAt, DateTime? DeadlineAt, DateTime? PausedAt, int? TwinsFrom, QuizKind Kind, IReadOnlyList<AskedItem> Items, Answer? Answer);
}
