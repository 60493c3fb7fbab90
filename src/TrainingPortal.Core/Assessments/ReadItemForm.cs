using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>What the pages of a course's question bank offer to choose from.</summary>
/// <param name="Domains">In the order of the course's modules, each with the module's title.</param>
/// <param name="Sources">Every source that an item may cite, by code.</param>
public sealed record ItemForm(string CourseTitle, IReadOnlyList<DomainChoice> Domains, IReadOnlyList<SourceChoice> Sources)
{
    /// <summary>The title of a domain; its own name where no module of the course has it any more.</summary>
    public string TitleOf(string domain) => Domains.FirstOrDefault(choice => choice.Domain == domain)?.Title ?? domain;
}

public sealed record DomainChoice(string Domain, string Title);

public sealed record SourceChoice(string Code, string Title);

/// <summary>The domains and sources that an item of a course may have.</summary>
public sealed class ReadItemForm(IDbContextFactory<PortalDbContext> databases)
{
    // S10 follows S9, and S2b follows S2.
    private static readonly StringComparer ByNumber = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering);

    /// <returns>Null where there is no such course.</returns>
    public async Task<ItemForm?> RunAsync(Actor actor, string courseSlug, CancellationToken cancellation)
    {
        actor.Demand(Act.SeeResults);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var course = await database.Courses.Where(row => row.Slug == courseSlug).Select(row => new { row.Id, row.Title }).FirstOrDefaultAsync(cancellation);
        if (course is null)
        {
            return null;
        }

        var domains = await database.Modules
            .Where(module => module.CourseId == course.Id && !module.Retired)
            .OrderBy(module => module.Position)
            .Select(module => new { module.Domain, module.Title })
            .ToListAsync(cancellation);
        var sources = await database.Sources.Select(source => new SourceChoice(source.Code, source.Title)).ToListAsync(cancellation);

        return new ItemForm(course.Title, [.. domains.GroupBy(row => row.Domain).Select(group => new DomainChoice(group.Key, QuizScope.DomainTitle([.. group.Select(row => row.Title)], course.Title)))], [.. sources.OrderBy(source => source.Code, ByNumber)]);
    }
}
