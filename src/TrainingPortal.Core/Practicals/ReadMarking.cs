using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

/// <param name="Place">From 1.</param>
/// <param name="Revision">Posted with the step's form.</param>
public sealed record SheetStep(int Place, string Text, bool Critical, StepVerdict? Verdict, string? Note, int Revision);

/// <summary>A marking as its assessor works on it, or as others of the organisation read it once it is sealed.</summary>
/// <param name="Own">It is the actor's.</param>
/// <param name="Second">A second marking, which decides nothing.</param>
/// <param name="AsksForSecond">A second assessor is asked for, and none has come yet.</param>
/// <param name="Now">UTC; when it was read.</param>
public sealed record MarkingSheet(
    Guid Id,
    string Slug,
    string Title,
    string Setup,
    Guid CandidateId,
    string Candidate,
    string Assessor,
    int Number,
    bool Own,
    bool Second,
    bool AsksForSecond,
    DateTime StartedAt,
    DateTime? TimeOverAt,
    DateTime? SignedOffAt,
    PracticalResult Result,
    string? Reason,
    int PassPercent,
    int? Minutes,
    int Revision,
    IReadOnlyList<SheetStep> Steps,
    MarkingScore Score,
    DateTime Now);

/// <summary>One marking with every step.</summary>
public sealed class ReadMarking(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>Null where there is none that the actor may see: another's that is open, or whose partner the actor has open.</returns>
    public async Task<MarkingSheet?> RunAsync(Actor actor, Guid markingId, CancellationToken cancellation)
    {
        actor.Demand(Act.MarkPracticals);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var hidden = database.HiddenFrom(actor);
        var marking = await database.MarkingsUnder(actor)
            .AsNoTracking()
            .Include(row => row.Marks)
            .FirstOrDefaultAsync(
                row => row.Id == markingId && (row.AssessorId == actor.PersonId || (row.Result != PracticalResult.Open && !hidden.Any(other => other.Id == row.Id))),
                cancellation);
        if (marking is null)
        {
            return null;
        }

        var practical = await database.Practicals.Where(row => row.Id == marking.PracticalId).Select(row => new { row.Slug, row.Title, row.Setup }).FirstAsync(cancellation);
        var names = await database.Users
            .Where(person => person.Id == marking.CandidateId || person.Id == marking.AssessorId)
            .ToDictionaryAsync(person => person.Id, person => person.Name, cancellation);
        var asks = marking is { AsksForSecond: true, Result: PracticalResult.Open }
            && !await database.PracticalMarkings.AnyAsync(second => second.DoubleOf == marking.Id && second.Result != PracticalResult.BrokenOff, cancellation);
        var marks = marking.Marks.ToDictionary(mark => mark.Step);
        return new MarkingSheet(
            marking.Id,
            practical.Slug,
            practical.Title,
            practical.Setup,
            marking.CandidateId,
            names[marking.CandidateId],
            names[marking.AssessorId],
            marking.Number,
            marking.AssessorId == actor.PersonId,
            marking.DoubleOf is not null,
            asks,
            marking.StartedAt,
            marking.TimeOverAt,
            marking.SignedOffAt,
            marking.Result,
            marking.Reason,
            marking.PassPercent,
            marking.Minutes,
            marking.Revision,
            [.. marking.Steps.Select((step, index) => Step(step, index + 1, marks.GetValueOrDefault(index + 1)))],
            marking.Score(),
            clock.GetUtcNow().UtcDateTime);
    }

    private static SheetStep Step(PracticalStep step, int place, PracticalMark? mark) =>
        new(place, step.Text, step.Critical, mark?.Verdict, mark?.Note, mark?.Revision ?? 0);
}
