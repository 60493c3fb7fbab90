using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Reads what <see cref="PracticeDraw"/> decides on, and what a person may practise at all.</summary>
internal static class PracticeFactsQuery
{
    /// <summary>Items of the practice that may be asked: of modules of which the person read a lesson, in whatever cycle.</summary>
    public static IQueryable<Item> OpenItems(PortalDbContext database, Quiz practice, Guid personId)
    {
        var read = database.Enrollments.Where(row => row.PersonId == personId).SelectMany(row => row.LessonsRead);
        return database.ItemsDrawnBy(practice).Where(item => database.Modules.Any(module => module.CourseId == item.CourseId
            && (item.ModuleFolder == null ? module.Domain == item.Domain : module.Folder == item.ModuleFolder)
            && module.Lessons.Any(lesson => read.Any(row => row.LessonId == lesson.Id))));
    }

    /// <summary>False: the draw would find nothing.</summary>
    public static async Task<bool> AnyAsync(PortalDbContext database, Quiz practice, Guid personId, CancellationToken cancellation) =>
        await OpenItems(database, practice, personId).AnyAsync(cancellation)
        || await database.ItemsDrawnBy(practice).AnyAsync(item => database.PracticeCards.Any(card => card.PersonId == personId && card.ItemId == item.Id), cancellation);

    public static async Task<PracticeFacts> ReadAsync(PortalDbContext database, Quiz practice, Guid personId, DateTime now, CancellationToken cancellation)
    {
        var zone = await database.Courses.Where(course => course.Id == practice.CourseId).Select(course => course.TimeZone).FirstAsync(cancellation);
        var items = database.ItemsDrawnBy(practice);
        var cards = await database.PracticeCards
            .AsNoTracking()
            .Where(card => card.PersonId == personId && items.Any(item => item.Id == card.ItemId))
            .ToDictionaryAsync(card => card.ItemId, cancellation);
        var open = await OpenItems(database, practice, personId).Select(item => item.Id).ToHashSetAsync(cancellation);
        var courses = database.CoursesClosedBy(practice);
        var exam = await database.AttemptsOf(personId)
            .Where(attempt => attempt.Kind == QuizKind.Exam && attempt.ClosedAt != null && attempt.Result != AttemptResult.Voided
                && database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && courses.Any(course => course.Id == quiz.CourseId)))
            .OrderByDescending(attempt => attempt.ClosedAt)
            .Select(attempt => new { attempt.ClosedAt, attempt.Domains })
            .FirstOrDefaultAsync(cancellation);
        return new PracticeFacts(
            LocalDay.Of(now, zone),
            cards,
            open,
            exam is null ? new HashSet<string>() : exam.Domains.Where(domain => domain.Points < domain.Of).Select(domain => domain.Domain).ToHashSet(StringComparer.Ordinal),
            exam is null ? null : LocalDay.Of(exam.ClosedAt!.Value, zone));
    }
}
