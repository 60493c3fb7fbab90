using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Writes the next version of an item that was added in the portal. Attempts under way keep the version they drew.</summary>
public sealed class ReviseItem(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="version">The version that the form showed.</param>
    /// <returns>The new version's number; the shown one's where nothing was changed.</returns>
    public async Task<Outcome<int, ItemRefusal>> RunAsync(Actor actor, string courseSlug, string code, int version, ItemDraft draft, CancellationToken cancellation)
    {
        actor.Demand(Act.WriteItems);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var item = await database.Items.FirstOrDefaultAsync(
            row => row.Code == code && database.Courses.Any(course => course.Id == row.CourseId && course.Slug == courseSlug),
            cancellation);
        if (item is null)
        {
            return ItemRefusal.NotFound;
        }

        if (item.Origin == ItemOrigin.CourseFiles)
        {
            return ItemRefusal.KeptInCourseFiles;
        }

        if (await ItemChecks.RefusalAsync(database, item.CourseId, draft with { Domain = item.Domain }, cancellation) is { } refusal)
        {
            return refusal;
        }

        var current = await database.ItemVersions.AsNoTracking().FirstAsync(row => row.ItemId == item.Id && row.Number == item.CurrentVersion, cancellation);
        if (item.Use == draft.Use && draft.SaysTheSameAs(current))
        {
            // Nothing was changed, or the first of two clicks changed it.
            return item.CurrentVersion;
        }

        if (item.CurrentVersion != version)
        {
            return ItemRefusal.ChangedMeanwhile;
        }

        (await database.Courses.FirstAsync(course => course.Id == item.CourseId, cancellation)).BankStamp = Guid.NewGuid();
        item.CurrentVersion++;
        item.Revision++;
        item.Use = draft.Use;
        database.ItemVersions.Add(draft.ToVersion(item.Id, item.CurrentVersion, actor.PersonId, now));
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "item revised", $"{code} version {item.CurrentVersion}"));
        try
        {
            await database.SaveChangesAsync(cancellation);
            return item.CurrentVersion;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            return ItemRefusal.ChangedMeanwhile;
        }
    }
}
