using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Assessments;

/// <summary>
/// What a person answered to one question of an attempt, with what it is worth. Written when the answer is first saved, and
/// for what was left open when the attempt closes, so that a closed attempt has one for every question.
/// </summary>
public sealed class Answer
{
    private Answer()
    {
    }

    public Answer(Guid attemptId, AskedItem asked, Response? response, ItemVersion question, Certainty? certainty, DateTime now)
        : this(attemptId, asked)
    {
        Write(response, question, certainty, now);
    }

    private Answer(Guid attemptId, AskedItem asked)
    {
        AttemptId = attemptId;
        Slot = asked.Slot;
        ItemVersionId = asked.ItemVersionId;
    }

    public Guid AttemptId { get; private init; }

    /// <summary>The question, from 1.</summary>
    public int Slot { get; private init; }

    public Guid ItemVersionId { get; private init; }

    /// <summary>None: left open until the attempt closed.</summary>
    public Response? Response { get; private set; }

    /// <summary>False: part of the answer is still missing.</summary>
    public bool Complete { get; private set; }

    /// <summary>From 0 to <see cref="Score.Full"/>; never sent to the person while the attempt is open.</summary>
    public int Points { get; private set; }

    /// <summary>All points.</summary>
    public bool Correct { get; private set; }

    /// <summary>A critical item answered so is missed.</summary>
    public bool Dangerous { get; private set; }

    /// <summary>How sure the person was; only in practice.</summary>
    public Certainty? Certainty { get; private set; }

    /// <summary>UTC; none where it was left open.</summary>
    public DateTime? AnsweredAt { get; private set; }

    /// <summary>Answers saved so far; posted with the page, so that a stale page is told from a fresh one.</summary>
    public int Revision { get; private set; }

    /// <summary>A question that was left open.</summary>
    internal static Answer Open(Guid attemptId, AskedItem asked) => new(attemptId, asked) { Dangerous = true };

    /// <summary>Another answer takes this one's place.</summary>
    internal void Write(Response? response, ItemVersion question, Certainty? certainty, DateTime now)
    {
        var score = response is { } given ? question.Interaction.Score(given) : new Score(0, true);
        Response = response;
        Complete = response is { } whole && question.Interaction.IsComplete(whole);
        (Points, Dangerous) = (score.Points, score.Dangerous);
        Correct = score.Points == Score.Full;
        Certainty = certainty;
        AnsweredAt = now;
        Revision++;
    }
}

/// <summary>How sure a person is of an answer in practice.</summary>
public enum Certainty
{
    Low = 1,
    Middle = 2,
    High = 3,
}
