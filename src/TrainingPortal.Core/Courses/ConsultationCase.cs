namespace TrainingPortal.Courses;

/// <summary>
/// A client who volunteers nothing: the trainee asks, within a budget, and decides. Missing a deciding question is itself
/// the error, whatever is decided.
/// </summary>
/// <param name="Title">Says who comes, not what is wrong.</param>
/// <param name="Place">The place whose law applies, such as <c>US-UT</c>.</param>
/// <param name="Client">Who comes, what they want, what they say unasked.</param>
/// <param name="Budget">Questions that may be asked.</param>
/// <param name="Questions">What one would ask, in the author's order.</param>
/// <param name="Decisions">What can be decided; exactly one is right.</param>
/// <param name="Sources">Codes of the sources.</param>
public sealed record ConsultationCase(
    string Title,
    string Place,
    string Client,
    int Budget,
    IReadOnlyList<CaseQuestion> Questions,
    IReadOnlyList<CaseDecision> Decisions,
    IReadOnlyList<string> Sources);

/// <summary>A question that may be asked.</summary>
/// <param name="Deciding">No right decision can be reached without it.</param>
/// <param name="Why">For the review: what it finds, or why it was not needed.</param>
public sealed record CaseQuestion(string Code, string Ask, string Answer, bool Deciding, string Why);

/// <summary>A way to end the consultation.</summary>
public sealed record CaseDecision(string Code, string Text, bool Correct, string Why);

/// <summary>A case as it is stored with its course.</summary>
public sealed class StoredCase
{
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>The file's name; unique in the course.</summary>
    public required string Name { get; init; }

    public required ConsultationCase Case { get; set; }
}
