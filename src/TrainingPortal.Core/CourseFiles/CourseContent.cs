using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Certifications;
using TrainingPortal.Courses;
using TrainingPortal.Practicals;
using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary>Everything that a folder of course files says, once it has no fault.</summary>
public sealed record CourseContent(
    IReadOnlyList<SourceEntry> Sources,
    IReadOnlyList<ZoneEntry> Zones,
    ProtocolBook Protocols,
    IReadOnlyList<CourseEntry> Courses,
    IReadOnlyList<PracticalEntry> Practicals,
    IReadOnlyList<ProgrammeEntry> Programmes);

/// <summary>A row of <c>protocols/sources.yaml</c>.</summary>
public sealed record SourceEntry(PlacedText Code, string Title, string Kind);

/// <summary>A row of <c>protocols/skin.yaml</c>; lengths in micrometres.</summary>
public sealed record ZoneEntry(
    PlacedText Zone,
    string Name,
    DepthRange Epidermis,
    DepthRange Dermis,
    DepthRange? Teach,
    bool Treat,
    string Note,
    IReadOnlyList<PlacedText> Sources);

/// <summary>A course's folder.</summary>
public sealed record CourseEntry(
    string Slug,
    string Title,
    string Summary,
    decimal Hours,
    IReadOnlyList<string> Objectives,
    IReadOnlyList<ModuleEntry> Modules,
    IReadOnlyList<FigureEntry> Figures,
    IReadOnlyList<CaseEntry> Cases,
    IReadOnlyList<ItemEntry> Items,
    IReadOnlyList<QuizEntry> Quizzes);

/// <summary>A module of <c>course.yaml</c> with the lessons of its folder, in the order of their names.</summary>
public sealed record ModuleEntry(
    PlacedText Folder,
    string Title,
    PlacedText Domain,
    string Summary,
    IReadOnlyList<LessonEntry> Lessons);

/// <summary>A lesson, its Markdown already rendered.</summary>
public sealed record LessonEntry(
    FilePlace Place,
    string Slug,
    string Title,
    int Minutes,
    DateOnly Verified,
    IReadOnlyList<PlacedText> Sources,
    string Html,
    IReadOnlyList<LessonEmbed> Embeds,
    IReadOnlyList<string> Figures,
    IReadOnlyList<LessonStatement> Statements);

/// <summary>A file of <c>cases/</c>.</summary>
public sealed record CaseEntry(PlacedText Name, ConsultationCase Case, IReadOnlyList<PlacedText> Sources);

/// <summary>A drawing.</summary>
/// <param name="Path">Module folder and file name, such as <c>01-depth/face-map.svg</c>.</param>
/// <param name="Svg">The drawing as it is served.</param>
public sealed record FigureEntry(string Path, string Svg);

/// <summary>A question of <c>questions/&lt;domain&gt;.yaml</c>.</summary>
public sealed record ItemEntry(
    PlacedText Code,
    string Domain,
    ItemUse Use,
    PlacedText? Module,
    CognitiveLevel Level,
    bool Critical,
    string Objective,
    string Stem,
    Interaction Interaction,
    IReadOnlyList<PlacedText> Sources,
    string? Jurisdiction,
    IReadOnlyList<string> Tags,
    PlacedText? Twin,
    PlacedText? Lesson)
{
    /// <summary>The options of a choice; none for any other type.</summary>
    public IReadOnlyList<ItemOption> Options => Interaction is ChoiceInteraction choice ? choice.Options : [];

    /// <summary>Every word by which a blueprint may choose the item.</summary>
    public IReadOnlySet<string> AllTags() => ItemTags.Of(Interaction, Level, Critical, Tags);
}

/// <summary>A knowledge check or an exam of <c>quizzes.yaml</c>.</summary>
public sealed record QuizEntry(
    PlacedText Slug,
    QuizKind Kind,
    string Title,
    PlacedText? Module,
    int? Minutes,
    int PassPercent,
    AttemptRule Attempts,
    StartWindow Window,
    IReadOnlyList<PlacedText> Requires,
    ReviewPolicy Review,
    int? SetSize,
    KeptUpRule? KeptUp,
    IReadOnlyList<BlueprintEntry> Blueprint);

/// <summary>How often an exam may be tried: most attempts within so many days, and hours to wait after a failed one.</summary>
public readonly record struct AttemptRule(int? Most, int? InDays, int WaitHours);

/// <summary>When attempts may start, in UTC; each end is optional.</summary>
public readonly record struct StartWindow(DateTime? Opens, DateTime? Closes);

/// <summary>A row of a blueprint.</summary>
/// <param name="Pilots">Unscored items that are tried out beside the others.</param>
/// <param name="Tags">A <see cref="TagExpression"/>, or none.</param>
public sealed record BlueprintEntry(PlacedText Domain, int Items, int Pilots, int? GatePercent, string? Tags);

/// <summary>A file of <c>practicals/</c>.</summary>
/// <param name="Statements">Its texts with what was filled in still marked, for the check of bare numbers.</param>
public sealed record PracticalEntry(
    PlacedText Slug,
    string Title,
    PlacedText Course,
    string Setup,
    IReadOnlyList<PracticalStep> Steps,
    int PassPercent,
    int? Minutes,
    int TwicePercent,
    IReadOnlyList<PlacedText> Sources,
    IReadOnlyList<PlacedText> Statements);

/// <summary>A file of <c>programs/</c>.</summary>
public sealed record ProgrammeEntry(
    string Slug,
    string Title,
    string Level,
    IReadOnlyList<PlacedText> Courses,
    IReadOnlyList<PlacedText> Exams,
    IReadOnlyList<PlacedText> Practicals,
    int ValidityMonths,
    ExpiryEntry Expiry,
    int RenewalWindowDays,
    IReadOnlyList<int> ReminderDays,
    string TimeZone,
    IReadOnlyList<PartEntry> Parts,
    IReadOnlyList<Cover> Covers,
    string Scope)
{
    /// <summary>The courses whose checks count by themselves: all, unless an exam of one of them closes them.</summary>
    public IReadOnlyList<PlacedText> OwnCourses(IEnumerable<CourseEntry> courses) =>
        courses.Any(course => Courses.Any(member => member.Text == course.Slug) && course.Quizzes.Any(quiz => Exams.Any(exam => exam.Text == quiz.Slug.Text))) ? [] : Courses;

    /// <summary>Writes what the file says of the certificate into a programme; which courses count by themselves is told by the courses.</summary>
    public void WriteTo(Programme programme)
    {
        programme.Title = Title;
        programme.Level = Level;
        programme.ValidityMonths = ValidityMonths;
        programme.Expiry = Expiry.Rule;
        programme.FixedDay = Expiry.FixedDay;
        programme.LeastMonths = Expiry.LeastMonths;
        programme.RenewalWindowDays = RenewalWindowDays;
        programme.ReminderDays = ReminderDays;
        programme.TimeZone = TimeZone;
        programme.Exams = [.. Exams.Select(exam => exam.Text)];
        programme.Practicals = [.. Practicals.Select(practical => practical.Text)];
        programme.Parts = [.. Parts.Select(part => new ProgrammePart(part.Slug.Text, part.Name, part.Months, part.Kind))];
        programme.Covers = Covers;
        programme.Scope = Scope;
    }
}

/// <param name="FixedDay">Month and day, or none.</param>
public sealed record ExpiryEntry(ExpiryRule Rule, string? FixedDay, int LeastMonths);

/// <summary>A part of a programme that is repeated more often than the whole.</summary>
public sealed record PartEntry(PlacedText Slug, string Name, int Months, RequirementKind Kind);
