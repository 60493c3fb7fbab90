using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Extra time or attempts that somebody was given, and whether it was taken back; instants are UTC.</summary>
public sealed record AccommodationLine(Guid Id, int Minutes, int Attempts, string Reason, string? GivenBy, DateTime GivenAt, DateTime? WithdrawnAt, string? WithdrawnBy, string? WithdrawnReason);

/// <param name="Minutes">The exam's own; none: no time limit.</param>
/// <param name="MostAttempts">The exam's own; none: no limit.</param>
/// <param name="OpenAttemptId">The attempt that they sit at the moment: nothing given now changes it.</param>
/// <param name="Lines">Oldest first.</param>
public sealed record PersonAccommodations(
    string ExamTitle,
    string Name,
    string Email,
    int? Minutes,
    int? MostAttempts,
    int? AttemptDays,
    Guid? OpenAttemptId,
    IReadOnlyList<AccommodationLine> Lines);

/// <summary>What one person was given for an exam in their present cycle.</summary>
public sealed class ReadPersonAccommodations(IDbContextFactory<PortalDbContext> databases)
{
    // Nobody is given as much.
    private const int MostLines = 200;

    /// <returns>Null where the person's cycle has no such exam.</returns>
    public async Task<PersonAccommodations?> RunAsync(Actor actor, string examSlug, Guid enrollmentId, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var exam = await database.Exams().AsNoTracking().FirstOrDefaultAsync(quiz => quiz.Slug == examSlug, cancellation);
        if (exam is null)
        {
            return null;
        }

        var person = await ReadAccommodations.Cycles(database, actor, exam.CourseId)
            .Where(cycle => cycle.Id == enrollmentId)
            .Join(database.Users, cycle => cycle.PersonId, user => user.Id, (cycle, user) => new
            {
                user.Name,
                user.Email,
                OpenAttemptId = database.Attempts.Where(attempt => attempt.PersonId == user.Id && attempt.QuizId == exam.Id && attempt.ClosedAt == null).Select(attempt => (Guid?)attempt.Id).FirstOrDefault(),
            })
            .FirstOrDefaultAsync(cancellation);
        if (person is null)
        {
            return null;
        }

        var lines = await database.Accommodations
            .Where(row => row.EnrollmentId == enrollmentId && row.QuizId == exam.Id)
            .OrderBy(row => row.GivenAt)
            .ThenBy(row => row.Id)
            .Take(MostLines)
            .Select(row => new AccommodationLine(
                row.Id,
                row.ExtraMinutes,
                row.ExtraAttempts,
                row.Reason,
                database.Users.Where(user => user.Id == row.GivenById).Select(user => user.Name).FirstOrDefault(),
                row.GivenAt,
                row.WithdrawnAt,
                database.Users.Where(user => user.Id == row.WithdrawnById).Select(user => user.Name).FirstOrDefault(),
                row.WithdrawnReason))
            .ToListAsync(cancellation);
        return new PersonAccommodations(exam.Title, person.Name, person.Email ?? "", exam.Minutes, exam.MostAttempts, exam.AttemptDays, person.OpenAttemptId, lines);
    }
}
