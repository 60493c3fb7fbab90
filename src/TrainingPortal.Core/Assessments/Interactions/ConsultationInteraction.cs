using System.Globalization;

namespace TrainingPortal.Assessments.Interactions;

/// <summary>How a consultation ends.</summary>
public enum ConsultationDecision
{
    /// <summary>Today, in these zones, so deep.</summary>
    Treat,

    /// <summary>Not before a day.</summary>
    Defer,

    Refer,
}

/// <summary>Something that the trainee may ask, or a check that they may order.</summary>
/// <param name="Check">True: a check, such as a look at the skin; false: a question to the client.</param>
/// <param name="Deciding">No right decision can be reached without it.</param>
/// <param name="Why">For the review: what it finds, or why it was not needed.</param>
public sealed record ConsultationStep(string Ask, string Answer, bool Check, bool Deciding, string Why);

/// <summary>
/// A client who volunteers nothing. The trainee asks and orders checks within a budget, and decides; what was asked cannot be
/// unasked. Missing a deciding step is itself the error: no points. Otherwise all points for the right decision, with its day
/// where it defers; treating earns each zone's share, and nothing where one zone is unsafe.
/// </summary>
/// <param name="Client">Who comes, what they want, what they say unasked.</param>
/// <param name="On">The day of the consultation.</param>
/// <param name="Budget">Questions and checks at most.</param>
/// <param name="Zones">The zones that treating offers.</param>
/// <param name="Earliest">Only where the right decision is to defer.</param>
public sealed record ConsultationInteraction(
    string Client,
    DateOnly On,
    int Budget,
    IReadOnlyList<ConsultationStep> Steps,
    IReadOnlyList<DepthZone> Zones,
    ConsultationDecision Right,
    DateOnly? Earliest,
    string Why) : Interaction
{
    public const int MostSteps = 30;

    private const int Open = -1;
    private const string AskPrefix = "ask:";

    public override InteractionKind Kind => InteractionKind.Consultation;

    public override Response Key => new ConsultationPath(
        [.. Steps.Index().Where(step => step.Item.Deciding).Select(step => step.Index)],
        Right,
        [.. Zones.Select(zone => Right == ConsultationDecision.Treat ? zone.Range?.From ?? 0 : Open)],
        Earliest).ToResponse();

    public override IEnumerable<string> Rationales => Steps.Select(step => step.Why).Concat(Zones.Select(zone => zone.Why)).Append(Why);

    public override IEnumerable<string> Texts => Steps.SelectMany(step => new[] { step.Ask, step.Answer }).Prepend(Client);

    /// <summary>
    /// Fields: <c>treat</c>, <c>defer</c> or <c>refer</c> if one is chosen; millimetres for each zone and the day (ISO 8601), empty
    /// where open; and <c>ask:</c> with the index of a step, if its button was pressed.
    /// </summary>
    public override Reading Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, Response? saved)
    {
        var asks = fields.Where(field => field.StartsWith(AskPrefix, StringComparison.Ordinal)).ToList();
        var decisions = fields.Where(field => field is "treat" or "defer" or "refer").ToList();
        var rest = fields.Where(field => !asks.Contains(field) && !decisions.Contains(field)).ToList();
        if (asks.Count > 1 || decisions.Count > 1 || (rest.Count != 0 && rest.Count != Zones.Count + 1))
        {
            return ReadingFault.NotOffered;
        }

        var path = saved is { } before ? Path(before) : new ConsultationPath([], null, [.. Zones.Select(_ => Open)], null);
        if (asks is [var ask])
        {
            if (Fields.Index(ask[AskPrefix.Length..], Steps.Count) is not { } step)
            {
                return ReadingFault.NotOffered;
            }

            if (!path.Asked.Contains(step))
            {
                if (path.Asked.Count >= Budget)
                {
                    return ReadingFault.BudgetSpent;
                }

                path = path with { Asked = [.. path.Asked, step] };
            }
        }

        if (decisions is [var decision])
        {
            path = path with { Decision = decision switch { "treat" => ConsultationDecision.Treat, "defer" => ConsultationDecision.Defer, _ => ConsultationDecision.Refer } };
        }

        if (rest.Count > 0)
        {
            var depths = rest.Take(Zones.Count).Select(Depth).ToList();
            if (depths.Contains(null))
            {
                return ReadingFault.NotANumber;
            }

            DateOnly day = default;
            if (rest[^1].Length > 0 && !DateOnly.TryParseExact(rest[^1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            {
                return ReadingFault.NotADay;
            }

            path = path with { Depths = [.. depths.Select(depth => depth!.Value)], Day = rest[^1].Length > 0 ? day : null };
        }

        return path.Asked.Count == 0 && path.Decision is null && path.Day is null && path.Depths.All(depth => depth == Open) ? Reading.Blank : path.ToResponse();
    }

    public override Face Show(IReadOnlyList<int> order, Response? saved)
    {
        var path = saved is { } response ? Path(response) : new ConsultationPath([], null, [.. Zones.Select(_ => Open)], null);
        return new ConsultationFace(
            Client,
            On,
            Budget,
            [.. Steps.Index().Select(step => new FaceStep(step.Item.Ask, step.Item.Check, path.Asked.Contains(step.Index) ? step.Item.Answer : null))],
            path.Asked,
            [.. Zones.Select(zone => new FaceZone(zone.Code, zone.Name))],
            path.Decision,
            [.. path.Depths.Select(depth => depth == Open ? (int?)null : depth)],
            path.Day);
    }

    public override bool IsComplete(Response response)
    {
        var path = Path(response);
        return path.Decision is { } decision && decision switch
        {
            ConsultationDecision.Treat => path.Depths.Any(depth => depth > 0),
            ConsultationDecision.Defer => path.Day is not null,
            ConsultationDecision.Refer => true,
        };
    }

    public override Score Score(Response response)
    {
        var path = Path(response);
        if (Steps.Index().Any(step => step.Item.Deciding && !path.Asked.Contains(step.Index)) || path.Decision != Right)
        {
            return Interactions.Score.AllOrNothing(false);
        }

        if (Right != ConsultationDecision.Treat)
        {
            return Interactions.Score.AllOrNothing(Right == ConsultationDecision.Refer || path.Day == Earliest);
        }

        var verdicts = Judge(path);
        return verdicts.Contains(DepthVerdict.Unsafe)
            ? Interactions.Score.AllOrNothing(false)
            : Interactions.Score.Of(verdicts.Count(verdict => verdict == DepthVerdict.Right), Zones.Count) with { Dangerous = false };
    }

    /// <summary>What was asked, in order, and decided.</summary>
    public ConsultationPath Path(Response response)
    {
        var values = response.Values;
        var decision = values[values[0] + 1];
        return new ConsultationPath(
            [.. values.Skip(1).Take(values[0])],
            decision == Open ? null : (ConsultationDecision)decision,
            [.. values.Skip(values[0] + 2).Take(Zones.Count)],
            values[^1] == Open ? null : DateOnly.FromDayNumber(values[^1]));
    }

    /// <summary>The verdict on each zone; one that is open is left out.</summary>
    public IReadOnlyList<DepthVerdict> Judge(ConsultationPath path) => [.. path.Depths.Zip(Zones, (depth, zone) => zone.Judge(Math.Max(depth, 0)))];

    public bool Equals(ConsultationInteraction? other) =>
        other is not null
        && (Client, On, Budget, Right, Earliest, Why) == (other.Client, other.On, other.Budget, other.Right, other.Earliest, other.Why)
        && Steps.SequenceEqual(other.Steps)
        && Zones.SequenceEqual(other.Zones);

    public override int GetHashCode() => On.GetHashCode();

    private static int? Depth(string field) =>
        string.IsNullOrWhiteSpace(field) ? Open : Fields.Thousandths(field) is { } depth and >= 0 and <= DepthMapInteraction.Deepest ? depth : null;
}

/// <summary>The way through a consultation.</summary>
/// <param name="Asked">Indexes of the steps in the order in which they were asked.</param>
/// <param name="Decision">None while it is open.</param>
/// <param name="Depths">For each zone micrometres, or -1 where nothing is set.</param>
/// <param name="Day">The day to defer to, or none.</param>
public sealed record ConsultationPath(IReadOnlyList<int> Asked, ConsultationDecision? Decision, IReadOnlyList<int> Depths, DateOnly? Day)
{
    public Response ToResponse() => Response.Of([Asked.Count, .. Asked, Decision is { } decision ? (int)decision : -1, .. Depths, Day?.DayNumber ?? -1]);
}
