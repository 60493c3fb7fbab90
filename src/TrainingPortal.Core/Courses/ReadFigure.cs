using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Courses;

/// <summary>A figure's drawing; figures are no secret.</summary>
public sealed class ReadFigure(IDbContextFactory<PortalDbContext> databases)
{
    /// <returns>The SVG, or null where there is none.</returns>
    public async Task<string?> RunAsync(string courseSlug, string path, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Figures
            .Where(figure => figure.Path == path && database.Courses.Any(course => course.Id == figure.CourseId && course.Slug == courseSlug))
            .Select(figure => figure.Svg)
            .FirstOrDefaultAsync(cancellation);
    }
}
