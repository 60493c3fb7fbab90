using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Assessments;

/// <summary>Why extra time or attempts are not given, or not taken back.</summary>
public enum AccommodationRefusal
{
    NotFound,

    /// <summary>Neither a minute nor an attempt.</summary>
    NothingGiven,

    MinutesOutOfRange,
    AttemptsOutOfRange,

    /// <summary>Too short or too long.</summary>
    ReasonMissing,

    /// <summary>The same form was sent before with something else in it.</summary>
    FormSentBefore,
}

/// <summary>
/// Gives one person more time, more attempts or both at an exam, for their present cycle, with a reason that they read. It
/// counts from their next start on.
/// </summary>
public sealed class GiveAccommodation(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="actor">Who gives it.</param>
    /// <param name="examSlug">The exam.</param>
    /// <param name="enrollmentId">The person's present cycle.</param>
    /// <param name="formId">Made when the form was opened: sending it twice gives it once.</param>
    /// <param name="minutes">From 0 to <see cref="Accommodation.MostMinutes"/>.</param>
    /// <param name="attempts">From 0 to <see cref="Accommodation.MostAttempts"/>.</param>
    /// <param name="typedReason">Read by the person.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Outcome<Guid, AccommodationRefusal>> RunAsync(
        Actor actor, string examSlug, Guid enrollmentId, Guid formId, int minutes, int attempts, string? typedReason, CancellationToken cancellation)
    {
        actor.Demand(Act.Invigilate);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var exam = await database.Exams().Where(quiz => quiz.Slug == examSlug).Select(quiz => new { quiz.Id, quiz.CourseId }).FirstOrDefaultAsync(cancellation);
        if (exam is null || !await ReadAccommodations.Cycles(database, actor, exam.CourseId).AnyAsync(cycle => cycle.Id == enrollmentId, cancellation))
        {
            return AccommodationRefusal.NotFound;
        }

        if (minutes is < 0 or > Accommodation.MostMinutes)
        {
            return AccommodationRefusal.MinutesOutOfRange;
        }

        if (attempts is < 0 or > Accommodation.MostAttempts)
        {
            return AccommodationRefusal.AttemptsOutOfRange;
        }

        if (minutes + attempts == 0)
        {
            return AccommodationRefusal.NothingGiven;
        }

        if (AttemptActing.Reason(typedReason) is not { } reason)
        {
            return AccommodationRefusal.ReasonMissing;
        }

        // Named after the form, so that a second click meets the primary key.
        database.Accommodations.Add(new Accommodation
        {
            Id = formId,
            EnrollmentId = enrollmentId,
            QuizId = exam.Id,
            ExtraMinutes = minutes,
            ExtraAttempts = attempts,
            Reason = reason,
            GivenById = actor.PersonId,
            GivenAt = now,
        });
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "accommodation given", $"{examSlug} {enrollmentId}"));
        try
        {
            await database.SaveChangesAsync(cancellation);
            return formId;
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            database.ChangeTracker.Clear();
            return await database.Accommodations.AnyAsync(
                row => row.Id == formId && row.EnrollmentId == enrollmentId && row.QuizId == exam.Id && row.ExtraMinutes == minutes && row.ExtraAttempts == attempts,
                cancellation)
                ? formId
                : AccommodationRefusal.FormSentBefore;
        }
    }
}
