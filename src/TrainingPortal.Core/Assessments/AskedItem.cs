namespace TrainingPortal.Assessments;

/// <summary>One question of a paper, frozen at the draw.</summary>
/// <param name="Slot">From 1.</param>
/// <param name="ItemVersionId">The version that was drawn.</param>
/// <param name="Domain">As it was at the draw.</param>
/// <param name="Order">For each place on the page, the index of the part in the version.</param>
/// <param name="Scored">False: a pilot item, which counts for nothing and looks like the others, or a twin.</param>
/// <param name="Critical">Missing it fails the exam, unless its twin is answered safely.</param>
/// <param name="TwinOf">The slot of the missed critical item that this one gives another chance for; none for the paper's own.</param>
public sealed record AskedItem(int Slot, Guid ItemVersionId, string Domain, IReadOnlyList<int> Order, bool Scored, bool Critical, int? TwinOf = null);

/// <summary>The paper of an attempt, beside the attempt's own row, which every save touches.</summary>
public sealed class AttemptPaper
{
    public Guid AttemptId { get; init; }

    /// <summary>In the order of the pages.</summary>
    public required IReadOnlyList<AskedItem> Items { get; set; }
}
