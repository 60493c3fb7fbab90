using TrainingPortal.Practicals;

namespace TrainingPortal.CourseFiles;

/// <summary><c>practicals/&lt;slug&gt;.yaml</c>: an assessor's checklist.</summary>
internal static class PracticalFile
{
    private const int MostMinutes = 480;
    private const int MostPercent = 100;

    /// <summary>Null, and a fault, where the file cannot be read as YAML.</summary>
    public static PracticalEntry? Read(CourseFileSet files, string path, ProtocolReferences references, FaultList faults)
    {
        if (files.Text(path, faults) is not { } text || YamlTree.Read(text, path, faults) is not { } file)
        {
            return null;
        }

        var codes = new List<PlacedText>();
        var statements = new List<PlacedText>();
        var practical = new PracticalEntry(
            new PlacedText(Path.GetFileNameWithoutExtension(path), new FilePlace(path, 1)),
            Filled(file, "title", TextLimits.Title),
            file.TextAt("course", TextLimits.Name),
            Filled(file, "setup", TextLimits.Setup),
            [.. file.Maps("steps").Select(ReadStep)],
            file.WholeNumber("pass-percent", 0, MostPercent),
            file.OptionalWholeNumber("minutes", 1, MostMinutes),
            file.WholeNumber("twice-percent", 0, MostPercent),
            SourceCodes.Read(file, faults),
            statements);
        file.End();
        Repeated.Name(codes, StringComparer.Ordinal, faults, "In this practical the step");
        return practical;

        PracticalStep ReadStep(YamlFields fields)
        {
            var code = fields.Name("code", TextLimits.Name);
            codes.Add(code);
            var step = new PracticalStep(code.Text, Filled(fields, "text", TextLimits.ItemObjective), fields.OptionalFlag("critical"));
            fields.End();
            return step;
        }

        string Filled(YamlFields fields, string key, int longest)
        {
            var filled = references.Fill(fields.TextAt(key, longest), faults);
            statements.Add(filled);
            return ProtocolReferences.Plain(filled.Text);
        }
    }
}
