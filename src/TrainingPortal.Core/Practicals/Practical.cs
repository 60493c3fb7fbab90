namespace TrainingPortal.Practicals;

/// <summary>An assessor's checklist: what a candidate does before somebody's eyes, step by step, and what passes.</summary>
public sealed class Practical
{
    public Guid Id { get; init; }

    /// <summary>Unique in the portal; part of its address.</summary>
    public required string Slug { get; init; }

    /// <summary>The course that it belongs to: whoever is enrolled there is asked for it.</summary>
    public Guid CourseId { get; set; }

    public required string Title { get; set; }

    /// <summary>What the candidate brings and what is set up, in a sentence or two.</summary>
    public required string Setup { get; set; }

    /// <summary>In the order in which they are done; a marking keeps its own copy.</summary>
    public IReadOnlyList<PracticalStep> Steps { get; set; } = [];

    /// <summary>Per cent of the steps that are not critical.</summary>
    public int PassPercent { get; set; }

    /// <summary>The time that the candidate has; none: no limit. It is shown and ends nothing.</summary>
    public int? Minutes { get; set; }

    /// <summary>Per cent of the markings for which a second assessor is asked.</summary>
    public int TwicePercent { get; set; }

    /// <summary>Codes of the sources that the steps rest on.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    /// <summary>No longer in the course files.</summary>
    public bool Retired { get; set; }
}

/// <summary>One line of a checklist.</summary>
/// <param name="Code">Unique in the checklist; the same step keeps it from version to version.</param>
/// <param name="Text">What the assessor sees done.</param>
/// <param name="Critical">Missing it fails the practical, whatever else was done.</param>
public sealed record PracticalStep(string Code, string Text, bool Critical);
