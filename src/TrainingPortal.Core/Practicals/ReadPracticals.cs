using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

/// <param name="Waiting">The actor's candidates who are enrolled in its course and have not passed it.</param>
public sealed record PracticalLine(string Slug, string Title, string Course, int Steps, int Critical, int? Minutes, int Waiting);

/// <summary>A marking that is under way.</summary>
/// <param name="StartedAt">UTC.</param>
public sealed record OpenMarkingLine(Guid Id, string Practical, string Candidate, string Assessor, DateTime StartedAt, bool Second);

/// <param name="Own">What the actor has open.</param>
/// <param name="Asked">What a second assessor is asked for.</param>
public sealed record PracticalDesk(IReadOnlyList<PracticalLine> Practicals, IReadOnlyList<OpenMarkingLine> Own, IReadOnlyList<OpenMarkingLine> Asked);

/// <summary>The practicals, how many wait for each, and what is under way.</summary>
public sealed class ReadPracticals(IDbContextFactory<PortalDbContext> databases)
{
    // Nobody has as many open at once.
    private const int MostOpen = 100;

    public async Task<PracticalDesk> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.SeeAgreement);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var candidates = database.CandidatesUnder(actor);
        var hidden = database.HiddenFrom(actor);
        var rows = await database.Practicals
            .Where(practical => !practical.Retired)
            .OrderBy(practical => practical.Title)
            .Select(practical => new
            {
                practical.Slug,
                practical.Title,
                Course = database.Courses.Where(course => course.Id == practical.CourseId).Select(course => course.Title).First(),
                practical.Steps,
                practical.Minutes,
                Waiting = candidates.Count(person => database.Enrollments.Any(cycle => cycle.PersonId == person.Id && cycle.CourseId == practical.CourseId)
                    && !database.PracticalMarkings.Any(marking => marking.CandidateId == person.Id && marking.PracticalId == practical.Id && marking.Result == PracticalResult.Passed
                        && marking.DoubleOf == null && !hidden.Any(other => other.Id == marking.Id))),
            })
            .ToListAsync(cancellation);
        var marks = Permissions.Allow(actor, Act.MarkPracticals);
        var own = database.MarkingsUnder(actor).Where(marking => marking.AssessorId == actor.PersonId && marking.Result == PracticalResult.Open);
        return new PracticalDesk(
            [.. rows.Select(row => new PracticalLine(row.Slug, row.Title, row.Course, row.Steps.Count, row.Steps.Count(step => step.Critical), row.Minutes, row.Waiting))],
            marks ? await LinesAsync(database, own, cancellation) : [],
            marks ? await LinesAsync(database, database.WaitingForSecond(actor), cancellation) : []);
    }

    private static async Task<IReadOnlyList<OpenMarkingLine>> LinesAsync(PortalDbContext database, IQueryable<PracticalMarking> markings, CancellationToken cancellation) =>
        await markings
            .OrderBy(marking => marking.StartedAt)
            .ThenBy(marking => marking.Id)
            .Take(MostOpen)
            .Select(marking => new OpenMarkingLine(
                marking.Id,
                database.Practicals.Where(practical => practical.Id == marking.PracticalId).Select(practical => practical.Title).First(),
                database.Users.Where(person => person.Id == marking.CandidateId).Select(person => person.Name).First(),
                database.Users.Where(person => person.Id == marking.AssessorId).Select(person => person.Name).First(),
                marking.StartedAt,
                marking.DoubleOf != null))
            .ToListAsync(cancellation);
}
