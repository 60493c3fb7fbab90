namespace TrainingPortal.CourseFiles;

/// <summary>
/// The longest text that a column takes, in UTF-16 units. The mappings in <c>Persistence</c> say it again for the
/// database; <c>TextLimitsTests</c> fails where the two differ.
/// </summary>
public static class TextLimits
{
    public const int Name = 100;
    public const int SourceCode = 20;
    public const int SourceTitle = 500;
    public const int ZoneCode = 60;
    public const int ZoneName = 100;
    public const int ZoneNote = 500;
    public const int Title = 200;
    public const int Summary = 1000;
    public const int Domain = 60;
    public const int ItemCode = 60;
    public const int ItemObjective = 500;
    public const int ItemStem = 2000;
    public const int ItemTag = 40;
    public const int ItemLesson = 200;
    public const int Jurisdiction = 20;
    public const int Setup = 2000;
    public const int ProgrammeLevel = 60;
    public const int TimeZone = 60;
    public const int Scope = 1000;
    public const int FigurePath = 200;

    /// <summary>A rule of law in our own words.</summary>
    public const int Rule = 2000;

    /// <summary>Texts in a column of any length.</summary>
    public const int None = int.MaxValue;
}
