using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;
using TrainingPortal.Protocols;

namespace TrainingPortal.Courses;

/// <summary>What has not been compared with its sources for a year, oldest first.</summary>
/// <param name="Lessons">At most <see cref="ReadStaleContent.Most"/>.</param>
/// <param name="Rules">Rows of protocols, at most as many.</param>
/// <param name="NextDue">The day on which the next lesson or row will be due; none where there is nothing else.</param>
public sealed record StaleContent(IReadOnlyList<StaleLesson> Lessons, IReadOnlyList<StaleRule> Rules, DateOnly? NextDue);

public sealed record StaleLesson(string CourseSlug, string CourseTitle, string Slug, string Title, DateOnly Verified);

/// <param name="Name">The row, as a person reads it.</param>
public sealed record StaleRule(string Name, DateOnly Verified);

/// <summary>Lessons and rules that somebody should compare with their sources again.</summary>
public sealed class ReadStaleContent(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public const int Most = 100;

    /// <summary>Laws and labels change within this time; the course's own rule.</summary>
    private const int FreshMonths = 12;

    public async Task<StaleContent> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.SeeResults);
        var limit = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddMonths(-FreshMonths);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var current = database.Courses
            .Where(course => !course.Retired)
            .SelectMany(course => course.Modules.Where(module => !module.Retired), (course, module) => new { course, module })
            .SelectMany(row => row.module.Lessons.Where(lesson => !lesson.Retired), (row, lesson) => new { row.course, lesson });
        var lessons = await current
            .Where(row => row.lesson.Verified <= limit)
            .OrderBy(row => row.lesson.Verified)
            .ThenBy(row => row.lesson.Title)
            .Take(Most)
            .Select(row => new StaleLesson(row.course.Slug, row.course.Title, row.lesson.Slug, row.lesson.Title, row.lesson.Verified))
            .ToListAsync(cancellation);
        var oldestFresh = await current.Where(row => row.lesson.Verified > limit).MinAsync(row => (DateOnly?)row.lesson.Verified, cancellation);
        var book = await ReadProtocols.InForceAsync(database, cancellation);
        var rules = Rules(book).OrderBy(rule => rule.Verified).ToList();
        var nextRule = rules.Where(rule => rule.Verified > limit).Select(rule => (DateOnly?)rule.Verified).FirstOrDefault();
        var next = new[] { oldestFresh, nextRule }.Where(day => day is not null).Min();
        return new StaleContent(lessons, [.. rules.Where(rule => rule.Verified <= limit).Take(Most)], next?.AddMonths(FreshMonths));
    }

    private static IEnumerable<StaleRule> Rules(ProtocolBook book) =>
        book.Charts.SelectMany(chart => chart.Rows.Select(row => new StaleRule($"{chart.Title}: {row.Zone}, {row.Indication}", row.Origin.Verified)))
            .Concat(book.Devices.Select(row => new StaleRule(row.Name, row.Origin.Verified)))
            .Concat(book.Waits.Select(row => new StaleRule(row.Name, row.Origin.Verified)))
            .Concat(book.Contraindications.Select(row => new StaleRule(row.Name, row.Origin.Verified)))
            .Concat(book.Jurisdictions.Select(row => new StaleRule(row.Name, row.Origin.Verified)))
            .Concat(book.EducationCycles.Select(row => new StaleRule(row.Name, row.Origin.Verified)))
            .Concat(book.Figures.Select(row => new StaleRule(row.Meaning, row.Origin.Verified)));
}
