using System.Text.RegularExpressions;

namespace TrainingPortal.CourseFiles;

/// <summary>The codes under which lessons, items and zones cite sources.</summary>
internal static partial class SourceCodes
{
    /// <summary>The required list <c>sources</c>; it may be empty, and then says that nothing is cited.</summary>
    public static IReadOnlyList<PlacedText> Read(YamlFields fields, FaultList faults)
    {
        var codes = fields.Texts("sources", TextLimits.SourceCode, mayBeEmpty: true);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var code in codes.Where(code => code.Text.Length > 0))
        {
            if (!seen.Add(code.Text))
            {
                faults.Add(code.Place, $"The source {code.Text} is cited twice here.");
            }
        }

        return codes;
    }

    /// <summary>A code as <c>protocols/sources.yaml</c> defines it.</summary>
    public static bool IsCode(string text) => Pattern().IsMatch(text);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
