using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

/// <summary>Somebody who may be marked.</summary>
/// <param name="Times">First markings so far, broken-off ones with them.</param>
/// <param name="PassedAt">UTC; the newest pass, or none.</param>
/// <param name="OpenId">The marking that is under way.</param>
/// <param name="OpenWith">Whose it is.</param>
/// <param name="OpenIsOwn">It is the actor's.</param>
/// <param name="MayBeSecond">It asks for a second assessor, and the actor may be that.</param>
/// <param name="OwnSecondId">The actor's own second marking of this candidate that is open.</param>
public sealed record CandidateLine(
    Guid PersonId, string Name, string Email, int Times, DateTime? PassedAt, Guid? OpenId, string? OpenWith, bool OpenIsOwn, bool MayBeSecond, Guid? OwnSecondId);

/// <param name="Total">Of all pages.</param>
public sealed record PracticalCandidates(string Slug, string Title, string Setup, int? Minutes, int PassPercent, IReadOnlyList<PracticalStep> Steps, IReadOnlyList<CandidateLine> People, int Total);

/// <summary>Who waits for a practical among the people of the assessor's organisations; with a search, any of them.</summary>
public sealed class ReadCandidates(IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 50;

    /// <param name="search">A part of the name or of the address; none for those who are enrolled in the practical's course and have not passed it.</param>
    /// <param name="page">From 1.</param>
    /// <returns>Null where there is no such practical.</returns>
    public async Task<PracticalCandidates?> RunAsync(Actor actor, string slug, string? search, int page, CancellationToken cancellation)
    {
        actor.Demand(Act.MarkPracticals);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var practical = await database.Practicals.AsNoTracking().FirstOrDefaultAsync(row => row.Slug == slug && !row.Retired, cancellation);
        if (practical is null)
        {
            return null;
        }

        var hidden = database.HiddenFrom(actor);
        var firsts = database.PracticalMarkings.Where(marking => marking.PracticalId == practical.Id && marking.DoubleOf == null);
        var passes = firsts.Where(marking => marking.Result == PracticalResult.Passed && !hidden.Any(other => other.Id == marking.Id));
        var people = database.CandidatesUnder(actor);
        if (string.IsNullOrWhiteSpace(search))
        {
            people = people.Where(person => database.Enrollments.Any(cycle => cycle.PersonId == person.Id && cycle.CourseId == practical.CourseId)
                && !passes.Any(marking => marking.CandidateId == person.Id));
        }
        else
        {
            // LIKE, since it does not mind capitals on either database.
            var part = $"%{search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            people = people.Where(person => EF.Functions.Like(person.Name, part, "\\") || EF.Functions.Like(person.Email, part, "\\"));
        }

        var open = firsts.Where(marking => marking.Result == PracticalResult.Open);
        var asked = database.WaitingForSecond(actor);
        var ownSeconds = database.PracticalMarkings.Where(marking =>
            marking.PracticalId == practical.Id && marking.DoubleOf != null && marking.Result == PracticalResult.Open && marking.AssessorId == actor.PersonId);
        var total = await people.CountAsync(cancellation);
        var lines = await people
            .OrderBy(person => person.Name)
            .ThenBy(person => person.Id)
            .Skip((Math.Max(page, 1) - 1) * PageSize)
            .Take(PageSize)
            .Select(person => new CandidateLine(
                person.Id,
                person.Name,
                person.Email!,
                firsts.Count(marking => marking.CandidateId == person.Id),
                passes.Where(marking => marking.CandidateId == person.Id).Max(marking => marking.SignedOffAt),
                open.Where(marking => marking.CandidateId == person.Id).Select(marking => (Guid?)marking.Id).FirstOrDefault(),
                open.Where(marking => marking.CandidateId == person.Id)
                    .Select(marking => database.Users.Where(assessor => assessor.Id == marking.AssessorId).Select(assessor => assessor.Name).FirstOrDefault())
                    .FirstOrDefault(),
                open.Any(marking => marking.CandidateId == person.Id && marking.AssessorId == actor.PersonId),
                asked.Any(marking => marking.CandidateId == person.Id && marking.PracticalId == practical.Id),
                ownSeconds.Where(marking => marking.CandidateId == person.Id).Select(marking => (Guid?)marking.Id).FirstOrDefault()))
            .ToListAsync(cancellation);
        return new PracticalCandidates(practical.Slug, practical.Title, practical.Setup, practical.Minutes, practical.PassPercent, practical.Steps, lines, total);
    }
}
