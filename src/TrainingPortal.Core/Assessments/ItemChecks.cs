using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary><see cref="ItemRules"/> with what they need to know of the course.</summary>
internal static class ItemChecks
{
    public static async Task<ItemRefusal?> RefusalAsync(PortalDbContext database, Guid courseId, ItemDraft draft, CancellationToken cancellation)
    {
        var domains = await database.Modules.Where(module => module.CourseId == courseId && !module.Retired).Select(module => module.Domain).ToListAsync(cancellation);
        var sources = await database.Sources.Where(source => draft.Sources.Contains(source.Code)).Select(source => source.Code).ToListAsync(cancellation);
        return ItemRules.Refusal(draft, domains, sources);
    }
}
