using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>One closed exam attempt as an instructor sees it.</summary>
public sealed record ExamResultLine(string Name, string Email, DateTime ClosedAt, AttemptResult Result, int Points, int Of, int ItemWorth, IReadOnlyList<DomainScore> Domains);

/// <param name="Slug">The exam's.</param>
/// <param name="Attempts">Closed ones, without those that an invigilator voided.</param>
/// <param name="Voided">Listed with the others, and counted nowhere else.</param>
public sealed record ExamResults(string Slug, string Title, int Attempts, int Passed, int Voided, CriticalShare Criticals, IReadOnlyList<ExamResultLine> Lines);

/// <summary>Who of the instructor's own people sat the exam of a course, or of its programme, and how it went, newest first.</summary>
public sealed class ReadExamResults(IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 50;

    /// <returns>Null where the course has no exam.</returns>
    public async Task<ExamResults?> RunAsync(Actor actor, string courseSlug, int page, CancellationToken cancellation)
    {
        actor.Demand(Act.SeeResults);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var exam = await database.Quizzes.AsNoTracking().FirstOrDefaultAsync(
            quiz => quiz.Kind == QuizKind.Exam && !quiz.Retired && database.Courses.Any(course => course.Id == quiz.CourseId
                && (course.Slug == courseSlug || database.Courses.Any(asked => asked.Slug == courseSlug && asked.ProgrammeSlug != null && asked.ProgrammeSlug == course.ProgrammeSlug))),
            cancellation);
        if (exam is null)
        {
            return null;
        }

        var people = database.PeopleOf(actor);
        var closed = database.Attempts.Where(attempt => attempt.QuizId == exam.Id && attempt.ClosedAt != null && people.Any(person => person.Id == attempt.PersonId));
        var counts = await closed.GroupBy(attempt => attempt.Result).Select(group => new { Result = group.Key, Count = group.Count() }).ToListAsync(cancellation);
        var voided = counts.Where(row => row.Result == AttemptResult.Voided).Sum(row => row.Count);
        var lines = await closed
            .OrderByDescending(attempt => attempt.ClosedAt)
            .Skip((Math.Max(page, 1) - 1) * PageSize)
            .Take(PageSize)
            .Join(
                database.Users,
                attempt => attempt.PersonId,
                person => person.Id,
                (attempt, person) => new ExamResultLine(person.Name, person.Email!, attempt.ClosedAt!.Value, attempt.Result!.Value, attempt.Points!.Value, attempt.Of!.Value, attempt.ItemWorth, attempt.Domains))
            .ToListAsync(cancellation);
        return new ExamResults(
            exam.Slug,
            exam.Title,
            counts.Sum(row => row.Count) - voided,
            counts.Where(row => row.Result == AttemptResult.Passed).Sum(row => row.Count),
            voided,
            await ReadCriticalShare.OfAsync(database, exam.Id, cancellation),
            lines);
    }
}
