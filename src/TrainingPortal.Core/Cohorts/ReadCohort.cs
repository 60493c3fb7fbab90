using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

/// <param name="Programme">Its title, or its slug where it is no longer in the course files.</param>
/// <param name="Lessons">Of all courses of the programme.</param>
/// <param name="Counts">How many stand where; every standing has its number.</param>
/// <param name="People">The rows of the page.</param>
/// <param name="Shown">How many rows there are on all pages.</param>
public sealed record CohortPage(
    Guid Id,
    string Name,
    string Organisation,
    string Programme,
    DateOnly? TargetDay,
    int Lessons,
    IReadOnlyDictionary<Standing, int> Counts,
    IReadOnlyList<CohortPerson> People,
    int Shown)
{
    public int Total => Counts.Values.Sum();
}

/// <summary>A member, or an address whose invitation is open.</summary>
/// <param name="InvitationId">None for a member.</param>
/// <param name="Name">Empty where only the address is known.</param>
/// <param name="LessonsRead">In the newest cycles.</param>
/// <param name="InvitedAt">UTC: when the newest mail was written; none for a member.</param>
/// <param name="Expired">The invitation's link no longer works.</param>
public sealed record CohortPerson(Guid? InvitationId, string Name, string Email, JudgedStanding Judged, int LessonsRead, DateTime? InvitedAt, bool Expired);

/// <summary>A cohort of one of the actor's organisations, with where each of its people stands.</summary>
public sealed class ReadCohort(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <param name="only">Only who stands there, or none for all.</param>
    /// <param name="page">From 1.</param>
    /// <returns>Null where there is no such cohort for this actor.</returns>
    public async Task<CohortPage?> RunAsync(Actor actor, Guid cohortId, Standing? only, int page, CancellationToken cancellation)
    {
        actor.Demand(Act.RunCohorts);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var cohort = await database.CohortsOf(actor)
            .Where(row => row.Id == cohortId)
            .Select(row => new
            {
                row.Name,
                row.ProgrammeSlug,
                row.TargetDay,
                Organisation = database.Organisations.Where(organisation => organisation.Id == row.OrganisationId).Select(organisation => organisation.Name).First(),
                Programme = database.Programmes.Where(programme => programme.Slug == row.ProgrammeSlug).Select(programme => programme.Title).FirstOrDefault(),
                Lessons = database.Courses.Where(course => course.ProgrammeSlug == row.ProgrammeSlug && !course.Retired)
                    .SelectMany(course => course.Modules.Where(module => !module.Retired))
                    .SelectMany(module => module.Lessons)
                    .Count(lesson => !lesson.Retired),
            })
            .FirstOrDefaultAsync(cancellation);
        if (cohort is null)
        {
            return null;
        }

        // A cohort is bounded (Cohort.MostPeople), so that all of it is read by a fixed number of questions and judged here.
        var people = await MembersAsync(database, cohortId, cohort.ProgrammeSlug, now, cancellation);
        people.AddRange(await database.Invitations
            .Where(row => row.CohortId == cohortId && row.AcceptedAt == null && row.WithdrawnAt == null)
            .OrderBy(row => row.Email)
            .Take(Cohort.MostPeople)
            .Select(row => new CohortPerson(row.Id, row.Name ?? "", row.Email, new JudgedStanding(Standing.Invited, null, null, null), 0, row.SentAt, row.ExpiresAt <= now))
            .ToListAsync(cancellation));
        var shown = people
            .Where(person => only is null || person.Judged.Standing == only)
            .OrderBy(person => person.Judged.Standing)
            .ThenBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase)
            .ThenBy(person => person.Email, StringComparer.Ordinal)
            .ToList();
        return new CohortPage(
            cohortId,
            cohort.Name,
            cohort.Organisation,
            cohort.Programme ?? cohort.ProgrammeSlug,
            cohort.TargetDay,
            cohort.Lessons,
            Enum.GetValues<Standing>().ToDictionary(standing => standing, standing => people.Count(person => person.Judged.Standing == standing)),
            [.. shown.Skip((Math.Max(page, 1) - 1) * PageSize).Take(PageSize)],
            shown.Count);
    }

    private static async Task<List<CohortPerson>> MembersAsync(PortalDbContext database, Guid cohortId, string programmeSlug, DateTime now, CancellationToken cancellation)
    {
        var members = await database.CohortMembers
            .Where(member => member.CohortId == cohortId)
            .Join(database.Users, member => member.PersonId, person => person.Id, (member, person) => new { person.Id, person.Name, Email = person.Email! })
            .OrderBy(person => person.Name)
            .Take(Cohort.MostPeople)
            .ToListAsync(cancellation);

        // The newest cycle of each course counts: whoever renews starts again.
        var cycles = database.Enrollments.Where(row =>
            database.CohortMembers.Any(member => member.CohortId == cohortId && member.PersonId == row.PersonId)
            && database.Courses.Any(course => course.Id == row.CourseId && course.ProgrammeSlug == programmeSlug && !course.Retired)
            && !database.Enrollments.Any(newer => newer.PersonId == row.PersonId && newer.CourseId == row.CourseId && newer.Cycle > row.Cycle));
        var read = (await cycles
            .Select(row => new
            {
                row.PersonId,
                Lessons = row.LessonsRead.Count(lesson => database.Lessons.Any(known => known.Id == lesson.LessonId && !known.Retired && database.Modules.Any(module => module.Id == known.ModuleId && !module.Retired))),
                LastAt = row.LessonsRead.Max(lesson => (DateTime?)lesson.ReadAt),
            })
            .ToListAsync(cancellation)).ToLookup(row => row.PersonId);
        var attempts = database.Attempts.Where(attempt => cycles.Any(cycle => cycle.Id == attempt.EnrollmentId));
        var tried = (await attempts
            .GroupBy(attempt => attempt.PersonId)
            .Select(group => new { PersonId = group.Key, LastStartedAt = group.Max(attempt => attempt.StartedAt), LastClosedAt = group.Max(attempt => attempt.ClosedAt) })
            .ToListAsync(cancellation)).ToDictionary(row => row.PersonId);
        var exams = (await attempts
            .Where(attempt => attempt.Kind == QuizKind.Exam)
            .Select(attempt => new { attempt.PersonId, attempt.StartedAt, attempt.ClosedAt, attempt.Result })
            .ToListAsync(cancellation)).ToLookup(row => row.PersonId, row => new ExamTry(row.StartedAt, row.ClosedAt, row.Result == AttemptResult.Passed));
        var limit = await database.Quizzes
            .Where(exam => exam.Kind == QuizKind.Exam && !exam.Retired && database.Courses.Any(course => course.Id == exam.CourseId && course.ProgrammeSlug == programmeSlug))
            .OrderBy(exam => exam.Slug)
            .Where(exam => exam.MostAttempts != null && exam.AttemptDays != null)
            .Select(exam => new AttemptLimit(exam.MostAttempts!.Value, exam.AttemptDays!.Value))
            .FirstOrDefaultAsync(cancellation);
        return
        [
            .. members.Select(person =>
            {
                var attempted = tried.GetValueOrDefault(person.Id);
                var acts = read[person.Id].Select(row => row.LastAt).Append(attempted?.LastStartedAt).Append(attempted?.LastClosedAt);
                var facts = new TraineeFacts(acts.Max(), [.. exams[person.Id]]);
                return new CohortPerson(null, person.Name, person.Email, StandingRule.Of(facts, limit, now), read[person.Id].Sum(row => row.Lessons), null, false);
            }),
        ];
    }
}
