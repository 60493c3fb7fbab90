namespace TrainingPortal.CourseFiles;

/// <summary><c>course.yaml</c>: what a course is called and which modules it has.</summary>
internal sealed record CourseYaml(
    string Title,
    string Summary,
    decimal Hours,
    IReadOnlyList<string> Objectives,
    IReadOnlyList<ModuleYaml> Modules)
{
    /// <summary>Null, and a fault, where the file is missing or cannot be read as YAML.</summary>
    public static CourseYaml? Read(CourseFileSet files, string path, FaultList faults)
    {
        if (files.Text(path, faults) is not { } text || YamlTree.Read(text, path, faults) is not { } file)
        {
            return null;
        }

        var course = new CourseYaml(
            file.Text("title", TextLimits.Title),
            file.Text("summary", TextLimits.Summary),
            file.Number("hours", most: 1000, decimals: 2),
            [.. file.Texts("objectives", TextLimits.None).Select(objective => objective.Text)],
            [.. file.Maps("modules").Select(ReadModule)]);
        file.End();
        Repeated.Name(course.Modules.Select(module => module.Folder), StringComparer.Ordinal, faults, "The module folder");
        return course;

        ModuleYaml ReadModule(YamlFields fields)
        {
            var folder = fields.TextAt("folder", TextLimits.Name);
            if (folder.Text.Length > 0 && !FolderLayout.IsNumberedName(folder.Text))
            {
                faults.Add(folder.Place, $"'{folder.Text}' is no module folder; its name is two digits, a hyphen and a name, such as 01-washing.");
            }

            var module = new ModuleYaml(
                folder,
                fields.Text("title", TextLimits.Title),
                fields.Name("domain", TextLimits.Domain),
                fields.Text("summary", TextLimits.Summary));
            fields.End();
            return module;
        }
    }
}

internal sealed record ModuleYaml(PlacedText Folder, string Title, PlacedText Domain, string Summary);
