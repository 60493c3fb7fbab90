using System.Text.RegularExpressions;

namespace TrainingPortal.Tests.Support;

/// <summary>The program's own source, for what only the source can tell.</summary>
internal static class SourceFiles
{
    public static IReadOnlyList<string> Razor() => Under("src/TrainingPortal", "*.razor");

    public static IReadOnlyList<string> Under(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(RepositoryFolder.Path(folder.Split('/')), pattern, SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The first group of every match in a file.</summary>
    public static IEnumerable<string> Matches(string file, string expression) =>
        Regex.Matches(File.ReadAllText(file), expression).Select(match => match.Groups[1].Value);
}

/// <summary>Compares pages byte for byte, but for the tokens that every page draws anew.</summary>
internal static partial class SameBytes
{
    public static string Masked(PortalPage page) => Token().Replace(page.Text, "");

    // The skip link names the address that was asked for, which whoever asked knows.
    [GeneratedRegex("class=\"skip-link\" href=\"[^\"]*\"|name=\"__RequestVerificationToken\" value=\"[^\"]*\"|<!--Blazor-Server-Component-State:[^>]*-->")]
    private static partial Regex Token();
}
