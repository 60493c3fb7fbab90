using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Somebody who is on an exam's course, in their present cycle.</summary>
/// <param name="Minutes">Given on top of the exam's own.</param>
/// <param name="Attempts">Given on top of the exam's own.</param>
public sealed record ExamPerson(Guid EnrollmentId, string Name, string Email, int Minutes, int Attempts);

/// <param name="More">There are more than are shown.</param>
public sealed record ExamPeople(string ExamTitle, IReadOnlyList<ExamPerson> People, bool More);

/// <summary>The people on an exam's course, found by name or address, with the extra time and attempts that each was given.</summary>
public sealed class ReadAccommodations(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>People at most in an answer.</summary>
    public const int Most = 25;

    /// <param name="actor">The invigilator.</param>
    /// <param name="examSlug">The exam.</param>
    /// <param name="search">A part of the name or of the address; none for everyone, those with something given first.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>Null where there is no such exam.</returns>
    public async Task<ExamPeople?> RunAsync(Actor actor, string examSlug, string? search, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var exam = await database.Exams().Where(quiz => quiz.Slug == examSlug).Select(quiz => new { quiz.Id, quiz.CourseId, quiz.Title }).FirstOrDefaultAsync(cancellation);
        if (exam is null)
        {
            return null;
        }

        var people = Cycles(database, actor, exam.CourseId).Join(database.Users, cycle => cycle.PersonId, person => person.Id, (cycle, person) => new { cycle.Id, person.Name, Email = person.Email! });
        if (!string.IsNullOrWhiteSpace(search))
        {
            // LIKE, since it does not mind capitals on either database.
            var part = $"%{search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            people = people.Where(person => EF.Functions.Like(person.Name, part, "\\") || EF.Functions.Like(person.Email, part, "\\"));
        }

        var given = database.Accommodations.Where(row => row.QuizId == exam.Id && row.WithdrawnAt == null);
        var rows = await people
            .OrderByDescending(person => given.Any(row => row.EnrollmentId == person.Id))
            .ThenBy(person => person.Name)
            .ThenBy(person => person.Id)
            .Take(Most + 1)
            .Select(person => new ExamPerson(
                person.Id,
                person.Name,
                person.Email,
                given.Where(row => row.EnrollmentId == person.Id).Sum(row => row.ExtraMinutes),
                given.Where(row => row.EnrollmentId == person.Id).Sum(row => row.ExtraAttempts)))
            .ToListAsync(cancellation);
        return new ExamPeople(exam.Title, [.. rows.Take(Most)], rows.Count > Most);
    }

    /// <summary>The newest cycle of each person on a course.</summary>
    internal static IQueryable<Enrollment> Cycles(PortalDbContext database, Actor actor, Guid courseId) =>
        database.EnrollmentsUnder(actor).Where(row => row.CourseId == courseId
            && !database.Enrollments.Any(newer => newer.PersonId == row.PersonId && newer.CourseId == courseId && newer.Cycle > row.Cycle));
}
