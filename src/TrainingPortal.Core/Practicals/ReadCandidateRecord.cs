using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

/// <summary>A marking in a candidate's history; instants are UTC.</summary>
/// <param name="Hidden">The actor marks the same performance and has not signed yet: the result is not told.</param>
/// <param name="Missed">Of a sealed one, what was not done or not seen.</param>
public sealed record RecordLine(
    Guid Id, string Title, int Number, bool Second, string Assessor, DateTime StartedAt, DateTime? SignedOffAt, PracticalResult Result, string? Reason, bool Hidden, int Done, int Of, IReadOnlyList<MissedStep> Missed);

/// <param name="Lines">Newest first.</param>
/// <param name="More">There are more than are shown.</param>
public sealed record CandidateRecord(Guid PersonId, string Name, string Email, IReadOnlyList<RecordLine> Lines, bool More);

/// <summary>Every marking of one candidate, retakes, second ones and broken-off ones with it.</summary>
public sealed class ReadCandidateRecord(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Markings at most in an answer.</summary>
    public const int Most = 200;

    /// <returns>Null where the person is none of the assessor's.</returns>
    public async Task<CandidateRecord?> RunAsync(Actor actor, Guid personId, CancellationToken cancellation)
    {
        actor.Demand(Act.MarkPracticals);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var person = await database.CandidatesUnder(actor).Where(row => row.Id == personId).Select(row => new { row.Name, row.Email }).FirstOrDefaultAsync(cancellation);
        if (person is null)
        {
            return null;
        }

        var hidden = database.HiddenFrom(actor);
        var rows = await database.PracticalMarkings
            .AsNoTracking()
            .Where(row => row.CandidateId == personId)
            .OrderByDescending(row => row.StartedAt)
            .ThenByDescending(row => row.Id)
            .Take(Most + 1)
            .Select(row => new
            {
                Marking = row,
                row.Marks,
                Title = database.Practicals.Where(practical => practical.Id == row.PracticalId).Select(practical => practical.Title).First(),
                Assessor = database.Users.Where(assessor => assessor.Id == row.AssessorId).Select(assessor => assessor.Name).First(),
                Hidden = hidden.Any(other => other.Id == row.Id),
            })
            .ToListAsync(cancellation);
        return new CandidateRecord(personId, person.Name, person.Email ?? "", [.. rows.Take(Most).Select(row => Line(row.Marking, row.Marks, row.Title, row.Assessor, row.Hidden))], rows.Count > Most);
    }

    private static RecordLine Line(PracticalMarking marking, IReadOnlyList<PracticalMark> marks, string title, string assessor, bool hidden)
    {
        var score = MarkingRule.Judge(marking.Steps, marking.PassPercent, marks.ToDictionary(mark => mark.Step, mark => mark.Verdict));
        var told = !hidden && marking.Result is PracticalResult.Passed or PracticalResult.Failed;
        return new RecordLine(
            marking.Id,
            title,
            marking.Number,
            marking.DoubleOf is not null,
            assessor,
            marking.StartedAt,
            marking.SignedOffAt,
            hidden ? PracticalResult.Open : marking.Result,
            hidden ? null : marking.Reason,
            hidden,
            told ? score.Done : 0,
            told ? score.Of : 0,
            told ? MissedStep.Of(marking.Steps, marks) : []);
    }
}
