namespace TrainingPortal.Assessments.Interactions;

/// <summary>What a question's page shows of an item, with the answer that is saved; no key and no reason is in it.</summary>
public abstract record Face;

/// <param name="Options">In the order of the page.</param>
/// <param name="Multiple">More than one may be chosen; how many are right is not told.</param>
/// <param name="Chosen">Places on the page.</param>
public sealed record ChoiceFace(IReadOnlyList<string> Options, bool Multiple, IReadOnlySet<int> Chosen) : Face;

/// <param name="Reasons">In the order of the page.</param>
/// <param name="Reason">A place on the page.</param>
public sealed record TrueFalseFace(IReadOnlyList<string> Reasons, bool? Said, int? Reason) : Face;

/// <param name="Number">As it was given.</param>
/// <param name="Unit">The place of its unit.</param>
public sealed record NumberFace(IReadOnlyList<string> Units, decimal? Number, int Unit) : Face;

/// <param name="Steps">In the order of the page.</param>
/// <param name="Positions">For each of them the position from 1 that it was given; none while it is open.</param>
public sealed record OrderFace(IReadOnlyList<string> Steps, IReadOnlyList<int?> Positions) : Face;

/// <param name="Counterparts">In the order of the page.</param>
/// <param name="Given">For each term the place of its counterpart; none while it is open.</param>
public sealed record MatchFace(IReadOnlyList<string> Terms, IReadOnlyList<string> Counterparts, IReadOnlyList<int?> Given) : Face;

/// <summary>A zone by its code and name.</summary>
public sealed record FaceZone(string Code, string Name);

public sealed record ZonesFace(IReadOnlyList<FaceZone> Zones, IReadOnlySet<int> Picked) : Face;

/// <param name="Depths">For each zone micrometres, 0 for leaving it out; none while it is open.</param>
public sealed record DepthMapFace(string Chart, IReadOnlyList<FaceZone> Zones, IReadOnlyList<int?> Depths) : Face;

public sealed record WashOutFace(DateOnly On, IReadOnlyList<string> History, WashOutDecision? Decision, DateOnly? Day) : Face;

/// <param name="Answer">None until it is asked.</param>
public sealed record FaceStep(string Ask, bool Check, string? Answer);

/// <param name="Steps">In the author's order.</param>
/// <param name="Asked">Indexes of steps in the order in which they were asked.</param>
/// <param name="Depths">For each zone micrometres; none while it is open.</param>
public sealed record ConsultationFace(
    string Client,
    DateOnly On,
    int Budget,
    IReadOnlyList<FaceStep> Steps,
    IReadOnlyList<int> Asked,
    IReadOnlyList<FaceZone> Zones,
    ConsultationDecision? Decision,
    IReadOnlyList<int?> Depths,
    DateOnly? Day) : Face;
