using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Adds an item to a course's bank; attempts that start from now on may draw it. No import of course files touches it.</summary>
public sealed class AddItem(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="formId">Made when the form was opened: sending it twice adds one item.</param>
    /// <returns>The item's code.</returns>
    public async Task<Outcome<string, ItemRefusal>> RunAsync(Actor actor, string courseSlug, Guid formId, ItemDraft draft, CancellationToken cancellation)
    {
        actor.Demand(Act.WriteItems);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var course = await database.Courses.Where(row => row.Slug == courseSlug).FirstOrDefaultAsync(cancellation);
        if (course is null)
        {
            return ItemRefusal.NotFound;
        }

        if (await ItemChecks.RefusalAsync(database, course.Id, draft, cancellation) is { } refusal)
        {
            return refusal;
        }

        // Named after the form, so that a second click meets the unique index and not a second number.
        var code = $"{draft.Domain}-p-{formId.ToString("N")[^12..]}";
        var item = new Item
        {
            Id = Guid.CreateVersion7(now),
            CourseId = course.Id,
            Code = code,
            Domain = draft.Domain,
            Use = draft.Use,
            Origin = ItemOrigin.Portal,
            CurrentVersion = 1,
        };
        item.Versions.Add(draft.ToVersion(item.Id, 1, actor.PersonId, now));
        database.Items.Add(item);
        course.BankStamp = Guid.NewGuid();
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "item added", code));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            // The first of two clicks added it.
        }

        return code;
    }
}
