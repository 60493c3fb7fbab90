namespace TrainingPortal.Accounts;

/// <summary>The roles a person may hold, several at once. Whoever has an account is a trainee.</summary>
public static class Roles
{
    public const string Trainee = "Trainee";
    public const string Instructor = "Instructor";
    public const string Reviewer = "Reviewer";
    public const string Assessor = "Assessor";
    public const string Employer = "Employer";
    public const string Administrator = "Administrator";

    public static IReadOnlyList<string> All { get; } = [Trainee, Instructor, Reviewer, Assessor, Employer, Administrator];

    /// <summary>Those that are given and taken; a trainee is everybody, for good.</summary>
    public static IReadOnlyList<string> Given { get; } = [Instructor, Reviewer, Assessor, Employer, Administrator];
}
