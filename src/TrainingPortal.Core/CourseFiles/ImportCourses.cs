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
        catch (DbUpdateException lost) when (lost is DbUpdateConcurrencyException || UniqueIndex.Refused(lost))
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

        var stored = await StoredContent.LoadAsync(database, cancellation);
        var conflicts = ImportConflicts.In(read.Content, stored);
        if (conflicts.Count > 0)
        {
            return ImportReport.Refused(conflicts);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var items = new ItemImport(database, stored, now);
        new ContentImport(database, stored, items, now, hash).Write(read.Content);
        await database.SaveChangesAsync(cancellation);
        return new ImportReport(
            [],
            true,
            read.Content.Courses.Count,
            read.Content.Courses.Sum(course => course.Modules.Sum(module => module.Lessons.Count)),
            items.Added,
            items.VersionsAdded,
            items.Retired);
    }
}
