using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

public enum SaveMarkRefusal
{
    NotFound,

    /// <summary>The marking was signed off or broken off.</summary>
    Closed,

    /// <summary>Another page saved something else at this step since this page was shown.</summary>
    StalePage,

    /// <summary>Longer than <see cref="PracticalMark.NoteLength"/>.</summary>
    NoteTooLong,
}

/// <summary>A mark as its form posts it.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Verdict">None: only the note is saved, and the verdict stays as it is.</param>
/// <param name="Revision">The step's revision as the page was shown.</param>
public sealed record PostedMark(int Step, StepVerdict? Verdict, string? Note, int Revision);

/// <summary>Saves what was marked at one step; when it returns, it is in the database.</summary>
public sealed class SaveMark(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="actor">The assessor whose marking it must be.</param>
    /// <returns>The step's new revision, or why nothing was saved.</returns>
    public async Task<Outcome<int, SaveMarkRefusal>> RunAsync(Actor actor, Guid markingId, PostedMark posted, CancellationToken cancellation)
    {
        actor.Demand(Act.MarkPracticals);
        var now = clock.GetUtcNow().UtcDateTime;
        var note = string.IsNullOrWhiteSpace(posted.Note) ? null : posted.Note.Trim();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var marking = await database.MarkingsUnder(actor)
            .AsNoTracking()
            .Include(row => row.Marks.Where(mark => mark.Step == posted.Step))
            .FirstOrDefaultAsync(row => row.Id == markingId && row.AssessorId == actor.PersonId, cancellation);
        if (marking is null || posted.Step < 1 || posted.Step > marking.Steps.Count)
        {
            return SaveMarkRefusal.NotFound;
        }

        if (marking.Result != PracticalResult.Open)
        {
            return SaveMarkRefusal.Closed;
        }

        if (note?.Length > PracticalMark.NoteLength)
        {
            return SaveMarkRefusal.NoteTooLong;
        }

        // The same again (a double click, a page sent twice) is saved already, whatever page it came from.
        var saved = marking.Marks.FirstOrDefault();
        var verdict = posted.Verdict ?? saved?.Verdict;
        if (Same(saved))
        {
            return saved?.Revision ?? 0;
        }

        if (posted.Revision != (saved?.Revision ?? 0))
        {
            return SaveMarkRefusal.StalePage;
        }

        // The marking's row is taken first: a sign-off at the same moment comes wholly before this mark or wholly after it.
        await using var turn = await database.BeginWriteAsync(cancellation);
        var open = await database.PracticalMarkings
            .Where(row => row.Id == markingId && row.Result == PracticalResult.Open)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Revision, row => row.Revision + 1), cancellation);
        if (open == 0)
        {
            return SaveMarkRefusal.Closed;
        }

        if (saved is null)
        {
            database.PracticalMarks.Add(new PracticalMark(markingId, posted.Step, verdict, note, now));
        }
        else
        {
            database.PracticalMarks.Attach(saved);
            saved.Write(verdict, note, now);
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
            await turn.CommitAsync(cancellation);
            return posted.Revision + 1;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Something was first: the same mark (the other post of a double click), or another one.
            await turn.DisposeAsync();
            var first = await database.PracticalMarks.AsNoTracking().FirstOrDefaultAsync(row => row.MarkingId == markingId && row.Step == posted.Step, cancellation);
            return first is not null && Same(first) ? first.Revision : SaveMarkRefusal.StalePage;
        }

        bool Same(PracticalMark? mark) => mark?.Verdict == verdict && mark?.Note == note;
    }
}
