using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Persistence;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Seeding;

/// <summary>The programme of the people that <c>demo</c> makes: one that an exam alone earns, since nobody signs practicals for them.</summary>
internal static class DemoProgramme
{
    /// <exception cref="StartRefusedException">There is none.</exception>
    public static async Task<Programme> ReadAsync(PortalDbContext database, CancellationToken cancellation) =>
        (await database.Programmes.AsNoTracking().OrderBy(row => row.Slug).ToListAsync(cancellation)).Find(row => row is { Exams.Count: 1, Practicals.Count: 0, OwnCourses.Count: 0 })
        ?? throw new StartRefusedException("No programme is earned by one exam alone; import one, then make demo people.");
}
