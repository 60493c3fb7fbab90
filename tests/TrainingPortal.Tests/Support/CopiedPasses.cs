using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Tests.Support;

/// <summary>
/// Passes without the sitting, for tests that need hundreds: each is a copy of one that a trainee earned by the real use
/// cases, with a person, a cycle and an instant of its own.
/// </summary>
internal sealed class CopiedPasses
{
    private readonly Attempt pass;
    private readonly Guid courseId;

    private CopiedPasses(Attempt pass, Guid courseId)
    {
        this.pass = pass;
        this.courseId = courseId;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="attemptId">The pass to copy.</param>
    public static async Task<CopiedPasses> OfAsync(PortalDbContext database, Guid attemptId)
    {
        var pass = await database.Attempts.AsNoTracking().FirstAsync(row => row.Id == attemptId, Cancellation);
        Assert.Equal(AttemptResult.Passed, pass.Result);
        return new CopiedPasses(pass, await database.Enrollments.Where(row => row.Id == pass.EnrollmentId).Select(row => row.CourseId).FirstAsync(Cancellation));
    }

    /// <summary>Adds a trainee with a first cycle on the course; whoever asks saves it.</summary>
    public Enrollment AddTrainee(PortalDbContext database, string email, DateTime now, string language = "en", string? timeZone = null)
    {
        var person = new PortalUser
        {
            Id = Guid.CreateVersion7(now),
            Name = email.Split('@')[0],
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            EmailConfirmed = true,
            Language = language,
            TimeZone = timeZone,
            CreatedAt = now,
        };
        var enrollment = new Enrollment(person.Id, courseId, cycle: 1, now);
        database.Users.Add(person);
        database.Enrollments.Add(enrollment);
        return enrollment;
    }

    /// <summary>Adds a pass that earns a certificate; whoever asks saves it.</summary>
    /// <param name="quizId">The exam; none: the one that was copied.</param>
    public void AddPass(PortalDbContext database, Guid personId, Guid enrollmentId, DateTime passedAt, Guid? quizId = null)
    {
        var copy = database.Entry((Attempt)database.Entry(pass).CurrentValues.ToObject());
        copy.Property(row => row.Id).CurrentValue = Guid.CreateVersion7(passedAt);
        copy.Property(row => row.PersonId).CurrentValue = personId;
        copy.Property(row => row.EnrollmentId).CurrentValue = enrollmentId;
        copy.Property(row => row.QuizId).CurrentValue = quizId ?? pass.QuizId;
        copy.Property(row => row.StartedAt).CurrentValue = passedAt.AddMinutes(-20);
        copy.Property(row => row.LastSeenAt).CurrentValue = passedAt;
        copy.Property(row => row.DeadlineAt).CurrentValue = passedAt.AddMinutes(10);
        copy.Property(row => row.ClosedAt).CurrentValue = passedAt;
        copy.Property(row => row.AwaitsAward).CurrentValue = true;
        copy.State = EntityState.Added;
    }
}
