using Microsoft.EntityFrameworkCore;
using TrainingPortal.Courses;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>
/// What a quiz reaches: a knowledge check its own course, an exam and practice every course of its course's programme.
/// </summary>
internal static class QuizScope
{
    /// <summary>The courses that must be complete before the quiz, and whose items it may draw.</summary>
    public static IQueryable<Course> CoursesClosedBy(this PortalDbContext database, Quiz quiz) => quiz.Kind switch
    {
        QuizKind.Check => database.Courses.Where(course => course.Id == quiz.CourseId),
        QuizKind.Exam or QuizKind.Practice => database.Courses.Where(course => course.Id == quiz.CourseId
            || database.Courses.Any(own => own.Id == quiz.CourseId && own.ProgrammeSlug != null && own.ProgrammeSlug == course.ProgrammeSlug)),
    };

    /// <summary>The items that may be drawn, pilots with them.</summary>
    public static IQueryable<Item> ItemsDrawnBy(this PortalDbContext database, Quiz quiz)
    {
        var courses = database.CoursesClosedBy(quiz);
        var items = database.Items.Where(item => !item.Retired && courses.Any(course => course.Id == item.CourseId));
        return quiz.Kind switch
        {
            QuizKind.Check => items.Where(item => item.Use == ItemUse.Check && (item.ModuleFolder == null || item.ModuleFolder == quiz.ModuleFolder)),
            QuizKind.Exam => items.Where(item => item.Use == ItemUse.Exam || item.Use == ItemUse.Pilot),

            // The keys of exam items are never shown, so practice has the items of the checks.
            QuizKind.Practice => items.Where(item => item.Use == ItemUse.Check),
        };
    }

    /// <summary>
    /// What people call the domains that the quiz draws from: the module that has a domain to itself, or else the course.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, string>> DomainTitlesAsync(this PortalDbContext database, Quiz quiz, CancellationToken cancellation)
    {
        var courses = database.CoursesClosedBy(quiz);
        var modules = await database.Modules
            .Where(module => !module.Retired)
            .Join(courses, module => module.CourseId, course => course.Id, (module, course) => new { module.Domain, module.Title, Course = course.Title, CoursePosition = course.Position, module.Position })
            .OrderBy(row => row.CoursePosition)
            .ThenBy(row => row.Position)
            .ToListAsync(cancellation);
        return modules.GroupBy(row => row.Domain).ToDictionary(group => group.Key, group => DomainTitle([.. group.Select(row => row.Title)], group.First().Course));
    }

    /// <param name="modules">The titles of the modules that have the domain.</param>
    /// <param name="course">The title of the course of the first of them.</param>
    public static string DomainTitle(IReadOnlyList<string> modules, string course) => modules is [var only] ? only : course;
}
