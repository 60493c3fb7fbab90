using Microsoft.EntityFrameworkCore;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Courses;
using TrainingPortal.Persistence;
using TrainingPortal.Practicals;
using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary>What the database holds before an import, each table read once, tracked, by the names that files use.</summary>
internal sealed record StoredContent(
    IReadOnlyDictionary<string, Source> Sources,
    IReadOnlyDictionary<string, SkinZone> Zones,
    ProtocolEdition? Protocols,
    IReadOnlyDictionary<string, Course> Courses,
    IReadOnlyDictionary<string, Quiz> Quizzes,
    IReadOnlyDictionary<string, Practical> Practicals,
    IReadOnlyDictionary<string, Programme> Programmes,
    ILookup<Guid, Item> Items)
{
    public static async Task<StoredContent> LoadAsync(PortalDbContext database, CancellationToken cancellation)
    {
        var courses = await database.Courses.ToDictionaryAsync(course => course.Slug, cancellation);

        // Loaded for the context, which puts each row under its owner.
        await database.Modules.LoadAsync(cancellation);
        await database.Lessons.LoadAsync(cancellation);
        await database.Figures.LoadAsync(cancellation);
        await database.Cases.LoadAsync(cancellation);
        var items = await database.Items.ToListAsync(cancellation);
        await database.Items
            .Where(item => item.Origin == ItemOrigin.CourseFiles)
            .SelectMany(item => item.Versions.Where(version => version.Number == item.CurrentVersion))
            .LoadAsync(cancellation);
        return new StoredContent(
            await database.Sources.ToDictionaryAsync(source => source.Code, cancellation),
            await database.SkinZones.ToDictionaryAsync(zone => zone.Zone, cancellation),
            await database.ProtocolEditions.OrderByDescending(edition => edition.Number).FirstOrDefaultAsync(cancellation),
            courses,
            await database.Quizzes.ToDictionaryAsync(quiz => quiz.Slug, cancellation),
            await database.Practicals.ToDictionaryAsync(practical => practical.Slug, cancellation),
            await database.Programmes.ToDictionaryAsync(programme => programme.Slug, cancellation),
            items.ToLookup(item => item.CourseId));
    }
}
