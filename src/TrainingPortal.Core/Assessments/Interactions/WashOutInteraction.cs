using System.Globalization;

namespace TrainingPortal.Assessments.Interactions;

/// <summary>What a wash-out question can be answered with.</summary>
public enum WashOutDecision
{
    Now,
    From,
    Refer,
}

/// <summary>
/// A client's history: when may needling happen first? The response is the decision and, for <see cref="WashOutDecision.From"/>,
/// the day by its number. All points for the right decision with the exact day, none otherwise.
/// </summary>
/// <param name="On">The day of the consultation.</param>
/// <param name="History">What the client tells, a line each.</param>
/// <param name="Right">What the protocols' waits give.</param>
/// <param name="Earliest">Only with <see cref="WashOutDecision.From"/>.</param>
/// <param name="Why">Which wait decides, in words.</param>
public sealed record WashOutInteraction(DateOnly On, IReadOnlyList<string> History, WashOutDecision Right, DateOnly? Earliest, string Why) : Interaction
{
    public override InteractionKind Kind => InteractionKind.WashOut;

    public override Response Key => Response.Of(Earliest is { } day ? [(int)Right, day.DayNumber] : [(int)Right]);

    public override IEnumerable<string> Rationales => [Why];

    public override IEnumerable<string> Texts => History;

    /// <summary>Fields: <c>now</c>, <c>from</c> or <c>refer</c>, then the day (ISO 8601), which only <c>from</c> needs.</summary>
    public override Reading Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, Response? saved)
    {
        var decisions = fields.Where(field => field is "now" or "from" or "refer").ToList();
        var days = fields.Where(field => field.Length > 0).Except(decisions).ToList();
        if (decisions.Count == 0 && days.Count == 0)
        {
            return Reading.Blank;
        }

        if (decisions.Count != 1 || days.Count > 1)
        {
            return decisions.Count == 0 && days.Count == 1 ? Day(days[0]) : ReadingFault.NotOffered;
        }

        return decisions[0] switch
        {
            "now" => Response.Of([(int)WashOutDecision.Now]),
            "refer" => Response.Of([(int)WashOutDecision.Refer]),
            _ => days is [var day] ? Day(day) : Response.Of([(int)WashOutDecision.From]),
        };
    }

    public override Face Show(IReadOnlyList<int> order, Response? saved) => new WashOutFace(
        On,
        History,
        saved is { } response ? (WashOutDecision)response.Values[0] : null,
        saved is { Values: [_, var day] } ? DateOnly.FromDayNumber(day) : null);

    public override bool IsComplete(Response response) => response.Values[0] != (int)WashOutDecision.From || response.Values.Count == 2;

    public override Score Score(Response response) => Interactions.Score.AllOrNothing(response == Key);

    public bool Equals(WashOutInteraction? other) =>
        other is not null && (On, Right, Earliest, Why) == (other.On, other.Right, other.Earliest, other.Why) && History.SequenceEqual(other.History);

    public override int GetHashCode() => On.GetHashCode();

    private static Reading Day(string field) => DateOnly.TryParseExact(field, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? Response.Of([(int)WashOutDecision.From, day.DayNumber])
        : ReadingFault.NotADay;
}
