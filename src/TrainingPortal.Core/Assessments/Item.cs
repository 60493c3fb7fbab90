using TrainingPortal.Assessments.Interactions;

namespace TrainingPortal.Assessments;

/// <summary>Which pool an item belongs to; they never mix.</summary>
public enum ItemUse
{
    Check,
    Exam,

    /// <summary>Tried out in exams, where it counts for nothing, until its figures show that it is good.</summary>
    Pilot,
}

/// <summary>Where an item was written.</summary>
public enum ItemOrigin
{
    /// <summary>In the course's files; an import may bring a new version or retire it.</summary>
    CourseFiles,

    /// <summary>In the portal; no import touches it.</summary>
    Portal,
}

/// <summary>What an item asks of a person.</summary>
public enum CognitiveLevel
{
    Recall,
    Application,
}

/// <summary>A question in a course's bank. What it says is in its versions, which are added and never changed.</summary>
public sealed class Item
{
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>Unique in the course, such as <c>depth-014</c>.</summary>
    public required string Code { get; init; }

    public required string Domain { get; init; }

    public ItemUse Use { get; set; }

    /// <summary>The folder of the module whose knowledge check draws the item; none: every check of its domain may.</summary>
    public string? ModuleFolder { get; set; }

    public ItemOrigin Origin { get; init; }

    /// <summary>No longer drawn; attempts that drew it keep it.</summary>
    public bool Retired { get; set; }

    /// <summary>The number of the version that is drawn from now on.</summary>
    public int CurrentVersion { get; set; }

    /// <summary>Counts the changes: two people who change one item at once do not overwrite each other.</summary>
    public int Revision { get; set; }

    public List<ItemVersion> Versions { get; } = [];
}

/// <summary>One wording of an item. Never changed once written: attempts refer to it.</summary>
public sealed class ItemVersion
{
    public Guid Id { get; init; }

    public Guid ItemId { get; init; }

    /// <summary>From 1.</summary>
    public int Number { get; init; }

    public CognitiveLevel Level { get; init; }

    /// <summary>One wrong answer fails the exam, whatever the score.</summary>
    public bool Critical { get; init; }

    public required string Objective { get; init; }

    public required string Stem { get; init; }

    /// <summary>What is asked for, with the key and the reasons.</summary>
    public required Interaction Interaction { get; init; }

    /// <summary>Codes of the sources.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The place whose law decides, such as <c>US-UT</c>; none where no law does.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>Words by which blueprints choose items, beside those that follow from the item itself.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The code of the item that gives a second chance where this critical one is missed.</summary>
    public string? Twin { get; init; }

    /// <summary>The address of the lesson that whoever misses the item should read again, such as <c>depth/zones</c>; none: its module.</summary>
    public string? Lesson { get; init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>The instructor who wrote it; none for course files.</summary>
    public Guid? CreatedById { get; init; }

    /// <summary>The options of a choice; none for any other type.</summary>
    public IReadOnlyList<ItemOption> Options => Interaction is ChoiceInteraction choice ? choice.Options : [];

    /// <summary>Every word by which a blueprint may choose the version.</summary>
    public IReadOnlySet<string> AllTags() => ItemTags.Of(Interaction, Level, Critical, Tags);
}
