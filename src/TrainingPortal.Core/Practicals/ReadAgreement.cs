using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Persistence;

namespace TrainingPortal.Practicals;

/// <summary>Two assessors saw the same performance and did not agree on a critical step or on the result.</summary>
/// <param name="Steps">The critical steps that they do not agree on.</param>
/// <param name="StartedAt">UTC.</param>
public sealed record Disagreement(string Candidate, string First, string Second, DateTime StartedAt, PracticalResult FirstResult, PracticalResult SecondResult, IReadOnlyList<string> Steps);

/// <param name="Signed">First markings that were signed off.</param>
/// <param name="Asked">Of them, those that asked for a second assessor.</param>
/// <param name="Twice">Of those, the ones that a second assessor signed too; the newest <see cref="ReadAgreement.MostPairs"/> are counted.</param>
/// <param name="Disagreements">Newest first.</param>
public sealed record AgreementReport(
    string Slug, string Title, int TwicePercent, int Signed, int Asked, int Twice, IReadOnlyList<StepAgreement> Steps, IReadOnlyList<Disagreement> Disagreements, IReadOnlyList<MarkedTwice> Pairs)
{
    /// <summary>What the figures were made of, one line a pair and step; nobody is named.</summary>
    public string Csv()
    {
        var lines = new StringBuilder("pair,step,critical,first,second\r\n");
        foreach (var (index, pair) in Pairs.Index())
        {
            foreach (var (place, step) in pair.Steps.Index())
            {
                lines.Append(CultureInfo.InvariantCulture, $"{index + 1},{step.Code},{(step.Critical ? "yes" : "no")},{Word(pair.First[place + 1])},{Word(pair.Second[place + 1])}\r\n");
            }
        }

        return lines.ToString();
    }

    private static string Word(StepVerdict verdict) => verdict switch
    {
        StepVerdict.Done => "done",
        StepVerdict.NotDone => "not-done",
        StepVerdict.NotSeen => "not-seen",
    };
}

/// <summary>How far two assessors agree, over the performances of the actor's own people that were marked and signed twice.</summary>
public sealed class ReadAgreement(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Pairs at most that are counted, the newest.</summary>
    public const int MostPairs = 1000;

    /// <returns>Null where there is no such practical.</returns>
    public async Task<AgreementReport?> RunAsync(Actor actor, string slug, CancellationToken cancellation)
    {
        actor.Demand(Act.SeeAgreement);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var practical = await database.Practicals.Where(row => row.Slug == slug).Select(row => new { row.Id, row.Title, row.TwicePercent }).FirstOrDefaultAsync(cancellation);
        if (practical is null)
        {
            return null;
        }

        var people = database.PeopleOf(actor);
        var signed = database.PracticalMarkings.Where(row => row.PracticalId == practical.Id
            && (row.Result == PracticalResult.Passed || row.Result == PracticalResult.Failed) && people.Any(person => person.Id == row.CandidateId));
        var firsts = signed.Where(row => row.DoubleOf == null);
        var pairs = firsts.Join(signed, first => first.Id, second => second.DoubleOf, (first, second) => new { First = first, Second = second });
        var rows = await pairs
            .OrderByDescending(pair => pair.First.StartedAt)
            .ThenByDescending(pair => pair.First.Id)
            .Take(MostPairs)
            .Select(pair => new
            {
                pair.First.Steps,
                pair.First.StartedAt,
                FirstResult = pair.First.Result,
                SecondResult = pair.Second.Result,
                FirstMarks = pair.First.Marks.Select(mark => new Marked(mark.Step, mark.Verdict)).ToList(),
                SecondMarks = pair.Second.Marks.Select(mark => new Marked(mark.Step, mark.Verdict)).ToList(),
                Candidate = database.Users.Where(person => person.Id == pair.First.CandidateId).Select(person => person.Name).First(),
                First = database.Users.Where(person => person.Id == pair.First.AssessorId).Select(person => person.Name).First(),
                Second = database.Users.Where(person => person.Id == pair.Second.AssessorId).Select(person => person.Name).First(),
            })
            .AsSplitQuery()
            .ToListAsync(cancellation);
        var twice = rows.Select(row => (Row: row, Pair: new MarkedTwice(row.Steps, Verdicts(row.FirstMarks), Verdicts(row.SecondMarks)))).ToList();
        return new AgreementReport(
            slug,
            practical.Title,
            practical.TwicePercent,
            await firsts.CountAsync(cancellation),
            await firsts.CountAsync(row => row.AsksForSecond, cancellation),
            await pairs.CountAsync(cancellation),
            StepAgreement.Of(twice.Select(row => row.Pair)),
            [.. twice
                .Select(row => (row.Row, Steps: row.Pair.Disagreements().Select(place => row.Pair.Steps[place - 1]).Where(step => step.Critical).Select(step => step.Text).ToList()))
                .Where(row => row.Steps.Count > 0 || row.Row.FirstResult != row.Row.SecondResult)
                .Select(row => new Disagreement(row.Row.Candidate, row.Row.First, row.Row.Second, row.Row.StartedAt, row.Row.FirstResult, row.Row.SecondResult, row.Steps))],
            [.. twice.Select(row => row.Pair).Reverse()]);
    }

    // A signed marking has a verdict at every step.
    private static Dictionary<int, StepVerdict> Verdicts(IReadOnlyList<Marked> marks) => marks.ToDictionary(mark => mark.Step, mark => mark.Verdict!.Value);

    private sealed record Marked(int Step, StepVerdict? Verdict);
}
