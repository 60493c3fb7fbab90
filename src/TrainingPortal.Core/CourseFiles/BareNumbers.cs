using System.Text.RegularExpressions;

namespace TrainingPortal.CourseFiles;

/// <summary>Numbers with a unit that nobody vouches for: neither filled in from a protocol nor cited.</summary>
internal static partial class BareNumbers
{
    /// <summary>The first such number of a text whose references are filled in and marked, or null.</summary>
    public static string? First(string text) =>
        Pattern().Match(ProtocolReferences.WithoutFilled(text)) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(
        @"(?<![\w.])\d+(?:[.,]\d+)?(?:[\s\u00A0-]*(?:mm|days?|weeks?|months?)\b|[\s\u00A0]*(?:%|per\s?cent\b|°\s?C\b))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
