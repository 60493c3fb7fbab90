using System.Text.RegularExpressions;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// Which files belong where. Whatever nothing would read is a fault, so that a misspelt name cannot make a lesson
/// vanish.
/// </summary>
internal static partial class FolderLayout
{
    public const string Protocols = "protocols";
    public const string Programmes = "programs";
    public const string Practicals = "practicals";
    public const string Questions = "questions";
    public const string Cases = "cases";

    /// <summary>Lower-case letters, digits and hyphens, as names of files, folders, quizzes, items and domains.</summary>
    public static bool IsName(string text) => NamePattern().IsMatch(text);

    /// <summary>Two digits, a hyphen and a name, as folders of modules and files of lessons have.</summary>
    public static bool IsNumberedName(string text) => NumberedNamePattern().IsMatch(text);

    /// <summary>The folders that are courses.</summary>
    public static IReadOnlyList<string> Courses(CourseFileSet files) =>
        [.. files.Paths
            .Where(path => path.Contains('/', StringComparison.Ordinal))
            .Select(path => path[..path.IndexOf('/', StringComparison.Ordinal)])
            .Where(folder => folder is not (Protocols or Programmes or Practicals))
            .Distinct()];

    /// <summary>The folders of a course that hold lessons.</summary>
    public static IReadOnlyList<string> ModuleFolders(CourseFileSet files, string course) =>
        [.. files.Paths
            .Select(path => path.Split('/'))
            .Where(parts => parts.Length == 3 && parts[0] == course && IsNumberedName(parts[1]))
            .Select(parts => parts[1])
            .Distinct()];

    public static void Check(CourseFileSet files, FaultList faults)
    {
        foreach (var path in files.Paths)
        {
            if (path == "README.md")
            {
                continue;
            }

            var parts = path.Split('/');
            if (parts.FirstOrDefault(part => !IsName(Path.GetFileNameWithoutExtension(part)) || (part != parts[^1] && part.Contains('.', StringComparison.Ordinal))) is { } wrong)
            {
                faults.Add(path, $"'{wrong}' is no name for a file or folder here; use lower-case letters, digits and hyphens.");
            }
            else if (parts.Any(part => part.Length > TextLimits.Name) || parts[^1].Length + parts[^Math.Min(2, parts.Length)].Length + 1 > TextLimits.FigurePath)
            {
                faults.Add(path, $"The name is too long; {TextLimits.Name} letters at most for each file and folder.");
            }
            else if (Misplaced(parts) is { } message)
            {
                faults.Add(path, message);
            }
        }
    }

    private static string? Misplaced(string[] parts) => parts switch
    {
        [Protocols, var name] when ProtocolFiles.Names.Contains(name) => null,
        [Protocols, "charts" or "figures", var name] when IsYaml(name) => null,
        [Protocols, ..] => $"Nothing reads this file; protocols/ holds {string.Join(", ", ProtocolFiles.Names)}, charts/ and figures/.",
        [Programmes, var name] when IsYaml(name) => null,
        [Programmes, ..] => "Nothing reads this file; programs/ holds one .yaml file a certification.",
        [Practicals, var name] when IsYaml(name) => null,
        [Practicals, ..] => "Nothing reads this file; practicals/ holds one .yaml file a practical.",
        [_] => "Nothing reads this file; beside the README there are only folders.",
        [_, "course.yaml" or "quizzes.yaml"] => null,
        [_, Questions, var name] when IsYaml(name) => null,
        [_, Cases, var name] when IsYaml(name) => null,
        [_, Cases, ..] => "Nothing reads this file; cases/ holds one .yaml file a consultation case.",
        [_, Questions, ..] => "Nothing reads this file; questions/ holds one .yaml file a domain.",
        [_, _] => "Nothing reads this file; a course has course.yaml, quizzes.yaml, questions/, cases/ and folders of lessons.",
        [_, var module, ..] when !IsNumberedName(module) => $"'{module}' is no folder of a course; lessons lie in folders such as 01-washing, items in questions/.",
        [_, _, var name] when name.EndsWith(".svg", StringComparison.Ordinal) => null,
        [_, _, var name] when name.EndsWith(".md", StringComparison.Ordinal) => IsNumberedName(Path.GetFileNameWithoutExtension(name))
            ? null
            : "The file name of a lesson starts with two digits and a hyphen, such as 01-why.md; they say its place.",
        _ => "Nothing reads this file; a folder of lessons holds .md and .svg files and no folders.",
    };

    private static bool IsYaml(string name) => name.EndsWith(".yaml", StringComparison.Ordinal);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberedNamePattern();
}
