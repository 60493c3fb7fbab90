namespace TrainingPortal.Courses;

/// <summary>A course as it is served: the last version of its files that had no fault.</summary>
public sealed class Course
{
    public Guid Id { get; init; }

    /// <summary>The folder's name; part of its address.</summary>
    public required string Slug { get; init; }

    public required string Title { get; set; }

    public required string Summary { get; set; }

    /// <summary>Hours of learning that the course is planned for.</summary>
    public decimal Hours { get; set; }

    public IReadOnlyList<string> Objectives { get; set; } = [];

    /// <summary>
    /// The slug of the programme that the course is part of; none where it stands alone. Who enrols in one course of a
    /// programme enrols in all of it.
    /// </summary>
    public string? ProgrammeSlug { get; set; }

    /// <summary>IANA name of the zone in which the programme counts its days; none where it stands alone: UTC.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Its place in the programme, from 0.</summary>
    public int Position { get; set; }

    /// <summary>No longer in the files; kept, since progress refers to it.</summary>
    public bool Retired { get; set; }

    /// <summary>SHA-256 of everything that was read, in hex: the same files are not imported twice.</summary>
    public required string ContentHash { get; set; }

    /// <summary>Another one whenever an item of the course changes: what was read of its bank under this stamp still holds.</summary>
    public Guid BankStamp { get; set; }

    public List<CourseModule> Modules { get; } = [];

    public List<Figure> Figures { get; } = [];

    public List<StoredCase> Cases { get; } = [];
}

/// <summary>Part of a course, closed by a knowledge check.</summary>
public sealed class CourseModule
{
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>The folder's name within the course.</summary>
    public required string Folder { get; init; }

    public int Position { get; set; }

    public required string Title { get; set; }

    public required string Summary { get; set; }

    /// <summary>The name by which items and blueprints mean this module's subject.</summary>
    public required string Domain { get; set; }

    /// <summary>No longer in the course's files; kept, since progress refers to its lessons.</summary>
    public bool Retired { get; set; }

    public List<Lesson> Lessons { get; } = [];
}

/// <summary>A page of a module.</summary>
public sealed class Lesson
{
    public Guid Id { get; init; }

    public Guid ModuleId { get; init; }

    /// <summary>The file's name without its number; part of its address and unique in the course.</summary>
    public required string Slug { get; init; }

    public int Position { get; set; }

    public required string Title { get; set; }

    /// <summary>Minutes that reading takes.</summary>
    public int Minutes { get; set; }

    /// <summary>The body, made from Markdown with HTML disabled; <see cref="LessonPart"/> takes it apart.</summary>
    public required string Html { get; set; }

    /// <summary>The day on which the lesson was last compared with its sources.</summary>
    public DateOnly Verified { get; set; }

    /// <summary>Codes of the sources shown at the foot.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    /// <summary>No longer in the course's files; kept, since progress refers to it.</summary>
    public bool Retired { get; set; }
}

/// <summary>A drawing that lessons show, checked at import to run and load nothing.</summary>
public sealed class Figure
{
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>Module folder and file name, such as <c>01-depth/face-map.svg</c>.</summary>
    public required string Path { get; init; }

    public required string Svg { get; set; }
}
