using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

/// <summary>One of a candidate's own times at a practical; instants are UTC.</summary>
/// <param name="Missed">Of a signed one, what was not done or not seen.</param>
public sealed record OwnMarking(int Number, string Assessor, DateTime StartedAt, DateTime? SignedOffAt, PracticalResult Result, string? Reason, int Done, int Of, IReadOnlyList<MissedStep> Missed);

/// <summary>A practical that a person is asked for, or was marked at.</summary>
/// <param name="PassedAt">UTC; the newest pass, or none.</param>
/// <param name="Markings">Newest first.</param>
public sealed record OwnPractical(string Title, string Course, string Setup, int PassPercent, int? Minutes, IReadOnlyList<PracticalStep> Steps, DateTime? PassedAt, IReadOnlyList<OwnMarking> Markings);

/// <summary>The practicals of the courses that a person is enrolled in, and how they went. Second markings are the assessors' own matter.</summary>
public sealed class ReadOwnPracticals(IDbContextFactory<PortalDbContext> databases)
{
    // Nobody repeats a practical as often.
    private const int MostMarkings = 200;

    public async Task<IReadOnlyList<OwnPractical>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        actor.Demand(Act.Learn);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var own = database.PracticalMarkings.Where(row => row.CandidateId == actor.PersonId && row.DoubleOf == null);
        var practicals = await database.Practicals
            .AsNoTracking()
            .Where(practical => own.Any(row => row.PracticalId == practical.Id)
                || (!practical.Retired && database.Enrollments.Any(cycle => cycle.PersonId == actor.PersonId && cycle.CourseId == practical.CourseId)))
            .OrderBy(practical => practical.Title)
            .Select(practical => new { Practical = practical, Course = database.Courses.Where(course => course.Id == practical.CourseId).Select(course => course.Title).First() })
            .ToListAsync(cancellation);
        if (practicals.Count == 0)
        {
            return [];
        }

        var markings = (await own
            .AsNoTracking()
            .OrderByDescending(row => row.StartedAt)
            .Take(MostMarkings)
            .Select(row => new { Marking = row, row.Marks, Assessor = database.Users.Where(person => person.Id == row.AssessorId).Select(person => person.Name).First() })
            .ToListAsync(cancellation))
            .ToLookup(row => row.Marking.PracticalId, row => Told(row.Marking, row.Marks, row.Assessor));
        return [.. practicals.Select(row => new OwnPractical(
            row.Practical.Title,
            row.Course,
            row.Practical.Setup,
            row.Practical.PassPercent,
            row.Practical.Minutes,
            row.Practical.Steps,
            markings[row.Practical.Id].FirstOrDefault(marking => marking.Result == PracticalResult.Passed)?.SignedOffAt,
            [.. markings[row.Practical.Id]]))];
    }

    // Nothing of an open one is told: it may still change.
    private static OwnMarking Told(PracticalMarking marking, IReadOnlyList<PracticalMark> marks, string assessor)
    {
        var signed = marking.Result is PracticalResult.Passed or PracticalResult.Failed;
        var score = MarkingRule.Judge(marking.Steps, marking.PassPercent, marks.ToDictionary(mark => mark.Step, mark => mark.Verdict));
        return new OwnMarking(
            marking.Number,
            assessor,
            marking.StartedAt,
            marking.SignedOffAt,
            marking.Result,
            marking.Reason,
            signed ? score.Done : 0,
            signed ? score.Of : 0,
            signed ? MissedStep.Of(marking.Steps, marks) : []);
    }
}
