namespace TrainingPortal.Web.Pages.Invigilate;

/// <summary>How a field of a form is tied to its hint and to what is wrong with it.</summary>
internal static class Fields
{
    public static string? Invalid(IReadOnlyList<(string Field, string Sentence)> errors, string field) => IsAtFault(errors, field) ? "true" : null;

    public static string Described(IReadOnlyList<(string Field, string Sentence)> errors, string field) =>
        IsAtFault(errors, field) ? $"{field}-hint {field}-error" : $"{field}-hint";

    private static bool IsAtFault(IReadOnlyList<(string Field, string Sentence)> errors, string field) => errors.Any(error => error.Field == field);
}
