namespace TrainingPortal.Protocols;

/// <summary>Where a fact comes from: a law, a label, a study, or a weaker page that is named as such.</summary>
public sealed class Source
{
    /// <summary>The code by which lessons and items cite it, such as <c>S8</c>.</summary>
    public required string Code { get; init; }

    public required string Title { get; set; }

    /// <summary>How far it may be trusted: <c>primary</c>, <c>secondary</c>, <c>vendor</c> or <c>trade</c>.</summary>
    public required string Kind { get; set; }
}
