using System.Text.Json.Serialization;

namespace TrainingPortal.Assessments.Interactions;

/// <summary>The types of items, by the names that course files and tag expressions use.</summary>
public enum InteractionKind
{
    Choice,
    TrueFalse,
    Number,
    Order,
    Match,
    Zones,
    DepthMap,
    WashOut,
    Consultation,
}

/// <summary>
/// What an item lets a person do, with its key: a value that is written with a version of the item and never changes. Each
/// type reads what its form posts and scores it by one stated rule.
/// </summary>
[JsonDerivedType(typeof(ChoiceInteraction), "choice")]
[JsonDerivedType(typeof(TrueFalseInteraction), "true-false")]
[JsonDerivedType(typeof(NumberInteraction), "number")]
[JsonDerivedType(typeof(OrderInteraction), "order")]
[JsonDerivedType(typeof(MatchInteraction), "match")]
[JsonDerivedType(typeof(ZonesInteraction), "zones")]
[JsonDerivedType(typeof(DepthMapInteraction), "depth-map")]
[JsonDerivedType(typeof(WashOutInteraction), "wash-out")]
[JsonDerivedType(typeof(ConsultationInteraction), "consultation")]
public abstract record Interaction
{
    [JsonIgnore]
    public abstract InteractionKind Kind { get; }

    /// <summary>How many parts each attempt shuffles: options, steps, reasons; none where the order says nothing.</summary>
    [JsonIgnore]
    public virtual int Shuffled => 0;

    /// <summary>A response that earns every point.</summary>
    [JsonIgnore]
    public abstract Response Key { get; }

    /// <summary>Every text that only a review may show: why an answer is right or wrong.</summary>
    [JsonIgnore]
    public abstract IEnumerable<string> Rationales { get; }

    /// <summary>Every text that the question's page shows beside the stem.</summary>
    [JsonIgnore]
    public abstract IEnumerable<string> Texts { get; }

    /// <summary>Reads what a form posted.</summary>
    /// <param name="fields">The values of the answer's fields in the order of the page.</param>
    /// <param name="order">For each place on the page, the index of the part that stands there; as long as <see cref="Shuffled"/>.</param>
    /// <param name="saved">What is saved so far; a consultation adds to it.</param>
    public abstract Reading Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, Response? saved);

    /// <summary>What the question's page shows.</summary>
    /// <param name="order">As for <see cref="Read"/>.</param>
    /// <param name="saved">What is saved, or none.</param>
    public abstract Face Show(IReadOnlyList<int> order, Response? saved);

    /// <summary>Points from 0 to <see cref="Score.Full"/>; the order of the parts on the page does not matter.</summary>
    /// <param name="response">One that <see cref="Read"/> gave.</param>
    public abstract Score Score(Response response);

    /// <summary>False: saved, and still to be finished.</summary>
    public virtual bool IsComplete(Response response) => true;
}

/// <summary>Why a posted answer is not one.</summary>
public enum ReadingFault
{
    /// <summary>A part that the question does not have, or too many or too few of them.</summary>
    NotOffered,

    NotANumber,

    NotADay,

    /// <summary>Every question of the consultation's budget is asked.</summary>
    BudgetSpent,
}

/// <summary>What a post says: a response, nothing at all, or something that is no answer.</summary>
/// <param name="Response">None where nothing was answered, or the answer cannot be read.</param>
/// <param name="Fault">Why it cannot be read.</param>
public readonly record struct Reading(Response? Response, ReadingFault? Fault)
{
    public static Reading Blank => default;

    public static implicit operator Reading(Response response) => new(response, null);

    public static implicit operator Reading(ReadingFault fault) => new(null, fault);
}

/// <summary>What a response is worth.</summary>
/// <param name="Points">From 0 to <see cref="Full"/>.</param>
/// <param name="Dangerous">A critical item answered so is missed.</param>
public readonly record struct Score(int Points, bool Dangerous)
{
    /// <summary>The points of one item: a point of the exam in sixtieths, so that halves to sixths are whole numbers.</summary>
    public const int Full = 60;

    /// <summary>So many of so many parts, rounded down; only full marks are free of danger.</summary>
    public static Score Of(int right, int parts) => new(Math.Max(0, right) * Full / parts, right < parts);

    public static Score AllOrNothing(bool right) => new(right ? Full : 0, !right);
}
