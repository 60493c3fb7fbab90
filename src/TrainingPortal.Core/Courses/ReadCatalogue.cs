using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Courses;

public sealed record CatalogueCourse(string Slug, string Title, string Summary, decimal Hours, IReadOnlyList<string> Objectives, int Lessons);

/// <summary>The courses that can be taken, for everyone.</summary>
public sealed class ReadCatalogue(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<IReadOnlyList<CatalogueCourse>> RunAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Courses
            .Where(course => !course.Retired)
            .OrderBy(course => course.Position)
            .ThenBy(course => course.Title)
            .Select(course => new CatalogueCourse(
                course.Slug,
                course.Title,
                course.Summary,
                course.Hours,
                course.Objectives,
                course.Modules.Where(module => !module.Retired).SelectMany(module => module.Lessons).Count(lesson => !lesson.Retired)))
            .ToListAsync(cancellation);
    }
}
