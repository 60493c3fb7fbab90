namespace TrainingPortal.Protocols;

/// <summary>
/// Everything that the files of <c>courses/protocols/</c> say, as one value: what the rules of this area decide by. Lengths
/// are micrometres (1,000 to the millimetre), so that they are whole numbers.
/// </summary>
public sealed record ProtocolBook(
    IReadOnlyList<Zone> Zones,
    IReadOnlyList<Indication> Indications,
    IReadOnlyList<DepthChart> Charts,
    IReadOnlyList<Device> Devices,
    IReadOnlyList<WaitTime> Waits,
    IReadOnlyList<Contraindication> Contraindications,
    IReadOnlyList<Jurisdiction> Jurisdictions,
    IReadOnlyList<EducationCycle> EducationCycles,
    IReadOnlyList<CitedFigure> Figures,
    IReadOnlyList<GlossaryTerm> Glossary)
{
    /// <summary>A portal whose course files hold no protocols: every question is answered with a refusal.</summary>
    public static ProtocolBook Empty { get; } = new([], [], [], [], [], [], [], [], [], []);
}

/// <summary>What a row rests on.</summary>
public enum RowBasis
{
    /// <summary>What its sources say.</summary>
    Source,

    /// <summary>The course's own cautious rule, chosen with its sources in view.</summary>
    Course,
}

/// <summary>How near to the rule or the study itself the sources of a row are.</summary>
public enum RowQuality
{
    Primary,
    Secondary,
    Unverified,
}

/// <summary>Where a row comes from.</summary>
/// <param name="Sources">Codes of <see cref="Source"/>.</param>
/// <param name="Verified">The day on which the row was last compared with its sources.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="Quality">How near its sources are; none where the sources' own kinds say it.</param>
public sealed record RowOrigin(IReadOnlyList<string> Sources, DateOnly Verified, RowBasis Basis, RowQuality? Quality);

/// <summary>A greatest depth.</summary>
/// <param name="Micrometres">From 0.</param>
/// <param name="Includes">True: this depth itself is within the limit.</param>
public readonly record struct DepthLimit(int Micrometres, bool Includes) : IComparable<DepthLimit>
{
    public static bool operator <(DepthLimit left, DepthLimit right) => left.CompareTo(right) < 0;

    public static bool operator >(DepthLimit left, DepthLimit right) => left.CompareTo(right) > 0;

    public static bool operator <=(DepthLimit left, DepthLimit right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DepthLimit left, DepthLimit right) => left.CompareTo(right) >= 0;

    public bool Allows(int micrometres) => Includes ? micrometres <= Micrometres : micrometres < Micrometres;

    /// <summary>The stricter limit is the smaller one; of two at the same depth, the one that leaves that depth out.</summary>
    public int CompareTo(DepthLimit other) => (Micrometres, Includes).CompareTo((other.Micrometres, other.Includes));
}

/// <summary>From and to, both included, in micrometres.</summary>
public readonly record struct DepthRange(int From, int To);

/// <summary>A part of the body.</summary>
/// <param name="Code">Such as <c>forehead</c>.</param>
/// <param name="Name">As a person reads it.</param>
/// <param name="PartOf">The next larger zone; none for the whole.</param>
public sealed record Zone(string Code, string Name, string? PartOf);

/// <summary>What needling is asked for, such as <c>fine-lines</c>.</summary>
public sealed record Indication(string Code, string Name);

public enum ChartKind
{
    /// <summary>What the courses teach and the exam keys.</summary>
    School,

    /// <summary>A chart that sellers or clinics publish.</summary>
    Trade,

    /// <summary>What a device's label says.</summary>
    Label,
}

/// <summary>Depths by zone and indication, as one school, trade page or label gives them.</summary>
public sealed record DepthChart(string Code, string Title, ChartKind Kind, string Note, IReadOnlyList<DepthRow> Rows);

public enum DepthRowAnswer
{
    Treat,

    /// <summary>Not an esthetician's decision: refer.</summary>
    Refer,

    /// <summary>Nobody needles here.</summary>
    Never,
}

/// <summary>Who usually works at this depth, where the place has no stricter rule.</summary>
public enum UsualScope
{
    EstheticianWhereAllowed,
    UpperTier,
    Medical,
    Nobody,
}

/// <summary>One row of a chart.</summary>
/// <param name="Range">Only where the answer is <see cref="DepthRowAnswer.Treat"/>.</param>
/// <param name="Seen">The spread over the sources, in words.</param>
/// <param name="Disagreement">Where sources disagree, in words.</param>
public sealed record DepthRow(
    string Zone,
    string Indication,
    DepthRowAnswer Answer,
    DepthRange? Range,
    UsualScope Scope,
    string? Seen,
    string? Disagreement,
    RowOrigin Origin);

/// <summary>A device and what its label limits.</summary>
/// <param name="Class">Its FDA class, in Roman figures.</param>
/// <param name="Prescription">True also where prescription use is only assumed.</param>
/// <param name="PrescriptionAssumed">No source says that it is for prescription use; it is treated as if it were.</param>
/// <param name="Dial">The greatest setting.</param>
/// <param name="Evaluated">The greatest depth at which safety and effect were evaluated.</param>
/// <param name="Never">Zones that the label rules out.</param>
public sealed record Device(
    string Code,
    string Name,
    string Class,
    bool Prescription,
    bool PrescriptionAssumed,
    int Dial,
    DepthLimit Evaluated,
    IReadOnlyList<string> Never,
    string? Note,
    RowOrigin Origin);

public enum SpanUnit
{
    Days,
    Months,
}

/// <summary>So many days, or calendar months.</summary>
public readonly record struct WaitSpan(int Count, SpanUnit Unit)
{
    public DateOnly After(DateOnly day) => Unit == SpanUnit.Days ? day.AddDays(Count) : day.AddMonths(Count);

    public DateOnly Before(DateOnly day) => Unit == SpanUnit.Days ? day.AddDays(-Count) : day.AddMonths(-Count);
}

/// <summary>Something in writing, or a fact that somebody looked at, that a wait depends on.</summary>
public enum Clearance
{
    PrescriberOk,
    InjectorOk,
    SurgeonOk,
    Clearance,
    FullyResolved,
    ProphylaxisPlan,
    Refer,
}

/// <summary>How long needling waits after an event.</summary>
/// <param name="Wait">From the day of the event; the first day on which needling may happen is that day plus this.</param>
/// <param name="ShorterWith">With this in writing, <paramref name="Shorter"/> applies instead.</param>
/// <param name="After">How long the event itself must wait after needling.</param>
/// <param name="Also">What must be true besides on the day.</param>
/// <param name="NeverWhile">While this lasts there is no day at all, in words.</param>
public sealed record WaitTime(
    string Event,
    string Name,
    WaitSpan Wait,
    Clearance? ShorterWith,
    WaitSpan? Shorter,
    WaitSpan? After,
    IReadOnlyList<Clearance> Also,
    string? NeverWhile,
    string? Seen,
    RowOrigin Origin);

public enum ContraindicationKind
{
    Absolute,
    Relative,

    /// <summary>Over after a wait: a row of <see cref="WaitTime"/> says how long.</summary>
    Timed,
}

public enum ContraindicationAction
{
    Decline,
    Refer,

    /// <summary>Written clearance first.</summary>
    Clearance,

    /// <summary>Treat, but otherwise.</summary>
    Modify,
}

/// <summary>A reason not to needle, to wait, or to ask first.</summary>
public sealed record Contraindication(
    string Code,
    string Name,
    ContraindicationKind Kind,
    string Rule,
    ContraindicationAction Action,
    string? WaitEvent,
    RowOrigin Origin);

public enum JurisdictionAnswer
{
    Allowed,
    NotAllowed,

    /// <summary>What the law is could not be settled.</summary>
    Unknown,
}

/// <summary>An esthetician's licence.</summary>
public enum LicenceTier
{
    /// <summary>The ordinary licence.</summary>
    Basic,

    /// <summary>Master, advanced or advanced practice, as the place calls it.</summary>
    Upper,
}

/// <summary>What is known of a greatest depth in a place.</summary>
public enum PlaceDepth
{
    Stated,

    /// <summary>The rule itself has no figure.</summary>
    NoneStated,

    /// <summary>There may be one; it was not found.</summary>
    NotFound,
}

public enum Supervision
{
    Never,
    Always,

    /// <summary>With a device for prescription use.</summary>
    PrescriptionDevice,

    /// <summary>With an FDA Class II device.</summary>
    ClassTwoDevice,
}

/// <summary>What an esthetician may do in a place, under its own law.</summary>
/// <param name="Place">ISO 3166 code, such as <c>US-UT</c>.</param>
/// <param name="Tier">The least licence; only where needling is allowed.</param>
/// <param name="Most">Only where <paramref name="Depth"/> is <see cref="PlaceDepth.Stated"/>.</param>
/// <param name="BeyondSupervised">True: beyond the greatest depth under supervision; false: not at all.</param>
/// <param name="Rule">In our own words, complete enough to be quoted.</param>
/// <param name="Effective">The day from which the rule holds; none where no source gives it.</param>
public sealed record Jurisdiction(
    string Place,
    string Name,
    JurisdictionAnswer Answer,
    LicenceTier? Tier,
    string? TierName,
    PlaceDepth? Depth,
    DepthLimit? Most,
    bool BeyondSupervised,
    Supervision? Supervision,
    string? Supervisor,
    string Rule,
    string Citation,
    DateOnly? Effective,
    string? Note,
    RowOrigin Origin);

/// <summary>How often a place's licence is renewed, and with how many hours of continuing education.</summary>
/// <param name="Years">None where no source gives a number.</param>
/// <param name="Hours">None where sources conflict or nothing was found; <paramref name="Detail"/> says which.</param>
public sealed record EducationCycle(string Place, string Name, int? Years, int? Hours, string Detail, RowOrigin Origin);

/// <summary>A figure that lessons and items name by its key, so that it is written down once.</summary>
/// <param name="Text">As it is filled in, with its unit.</param>
public sealed record CitedFigure(string Key, string Text, string Meaning, RowOrigin Origin);

/// <summary>A word of the trade. Measures of reading level leave it out.</summary>
/// <param name="Also">Other forms of the same word.</param>
public sealed record GlossaryTerm(string Term, IReadOnlyList<string> Also, string Meaning, IReadOnlyList<string> Sources);
