using System.Data;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// Brings the database to what a folder of course files says, in one save, or changes nothing. The same files a second
/// time cost one query. Items written in the portal are left alone.
/// </summary>
public sealed class ImportCourses(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    public async Task<ImportReport> RunAsync(string folder, CancellationToken cancellation)
    {
        var files = CourseFileSet.Load(folder);
        try
        {
            return await ImportAsync(files, cancellation);
        }
        catch (Exception lost) when (Deadlock.Lost(lost))
        {
            // Another portal on this database started at the same moment and was first; most likely nothing is left to do.
            return await ImportAsync(files, cancellation);
        }
    }

    private async Task<ImportReport> ImportAsync(CourseFileSet files, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var hash = files.Hash();
        var served = await database.Courses.Select(course => course.ContentHash).ToListAsync(cancellation);
        if (served.Count > 0 && served.TrueForAll(other => other == hash))
        {
            return ImportReport.Unchanged;
        }

        var read = CourseFolder.Read(files);
        if (!read.Succeeded)
        {
            return ImportReport.Refused(read.Faults);
        }

        // Several portals may start at once: what is read must still hold when it is written, or one of them would see the
        // other's courses without their quizzes (Two_portals_that_start_at_once_import_the_files_once).
        await using var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        var stored = await StoredContent.LoadAsync(database, cancellation);
        var conflicts = ImportConflicts.In(read.Content, stored);
        if (conflicts.Count > 0)
        {
            return ImportReport.Refused(conflicts);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var items = new ItemImport(database, stored, now);
        new ContentImport(database, stored, items, now, hash).Write(read.Content);
        var changed = database.ChangeTracker.HasChanges();
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new ImportReport(
            [],
            changed,
            read.Content.Courses.Count,
            read.Content.Courses.Sum(course => course.Modules.Sum(module => module.Lessons.Count)),
            items.Added,
            items.VersionsAdded,
            items.Retired);
    }
}
