using System.Text.Json.Serialization;

namespace TrainingPortal.Certifications;

/// <summary>A certification: what must be passed, what the certificate covers, how long it is good.</summary>
public sealed class Programme
{
    public Guid Id { get; init; }

    /// <summary>Part of its address, such as <c>microneedling-competence</c>.</summary>
    public required string Slug { get; init; }

    public required string Title { get; set; }

    public required string Level { get; set; }

    /// <summary>Slugs of the exams that must be passed.</summary>
    public IReadOnlyList<string> Exams { get; set; } = [];

    /// <summary>Slugs of the practicals that an assessor must sign off.</summary>
    public IReadOnlyList<string> Practicals { get; set; } = [];

    /// <summary>
    /// Slugs of the courses whose checks count by themselves; none where an exam of the programme closes its courses, since it
    /// cannot be sat before they are complete.
    /// </summary>
    public IReadOnlyList<string> OwnCourses { get; set; } = [];

    /// <summary>How long a certificate is good; with <see cref="ExpiryRule.FixedDay"/>, at most.</summary>
    public int ValidityMonths { get; set; }

    public ExpiryRule Expiry { get; set; } = ExpiryRule.OldExpiry;

    /// <summary>The day of the year on which certificates end, as month and day such as <c>12-31</c>; with <see cref="ExpiryRule.FixedDay"/> only.</summary>
    public string? FixedDay { get; set; }

    /// <summary>Months that a certificate is good at least, which may pass over a fixed day; 0 with every other rule.</summary>
    public int LeastMonths { get; set; }

    /// <summary>Days before the last valid day from which a certificate is expiring and may be renewed.</summary>
    public int RenewalWindowDays { get; set; }

    /// <summary>Days before the last valid day on which a reminder is due, most first; 0 is the first day after it.</summary>
    public IReadOnlyList<int> ReminderDays { get; set; } = [];

    /// <summary>IANA name; the last valid day is a day in this zone.</summary>
    public required string TimeZone { get; set; }

    public IReadOnlyList<Cover> Covers { get; set; } = [];

    /// <summary>Parts that must be repeated more often than the whole, such as infection control every year.</summary>
    public IReadOnlyList<ProgrammePart> Parts { get; set; } = [];

    /// <summary>What the certificate says of a person and what not, in a sentence or two.</summary>
    public required string Scope { get; set; }

    /// <summary>Everything that earns the certificate: courses that count by themselves, then exams, then practicals.</summary>
    public IEnumerable<Requirement> Requirements =>
    [
        .. OwnCourses.Select(slug => Asked(RequirementKind.Course, slug)),
        .. Exams.Select(slug => Asked(RequirementKind.Exam, slug)),
        .. Practicals.Select(slug => Asked(RequirementKind.Practical, slug)),
    ];

    private Requirement Asked(RequirementKind kind, string slug) =>
        new(kind, slug, Parts.FirstOrDefault(part => part.Kind == kind && part.Slug == slug)?.Months);
}

/// <summary>A course, an exam or a practical of the programme that is repeated every so many months.</summary>
/// <param name="Slug">The course's, the exam's or the practical's.</param>
/// <param name="Name">As holders and employers read it.</param>
/// <param name="Kind">A course where nothing is said, as in rows from before there were others.</param>
public sealed record ProgrammePart([property: JsonPropertyName("Course")] string Slug, string Name, int Months, RequirementKind Kind = RequirementKind.Course);

/// <summary>A service that the certificate speaks of, with the greatest depth trained, in millimetres.</summary>
public sealed record Cover(string Service, decimal GreatestDepthMm);
