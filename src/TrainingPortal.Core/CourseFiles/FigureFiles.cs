using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary><c>protocols/figures/&lt;topic&gt;.yaml</c> and <c>protocols/glossary.yaml</c>.</summary>
internal static class FigureFiles
{
    public const string Folder = FolderLayout.Protocols + "/figures";
    public const string GlossaryPath = FolderLayout.Protocols + "/glossary.yaml";

    public static List<CitedFigure> Read(ProtocolRows rows, IEnumerable<string> paths)
    {
        var keys = new List<PlacedText>();
        var figures = paths.SelectMany(path => rows.Read(path, "figures", ReadFigure)).ToList();
        Repeated.Name(keys, StringComparer.Ordinal, rows.Faults, "The figure");
        return figures;

        CitedFigure ReadFigure(YamlFields fields)
        {
            var key = fields.Name("key", TextLimits.ZoneCode);
            keys.Add(key);
            return new CitedFigure(
                key.Text,
                fields.Text("text", TextLimits.ZoneName),
                fields.Text("meaning", TextLimits.Summary),
                rows.Origin(fields));
        }
    }

    public static List<GlossaryTerm> ReadGlossary(ProtocolRows rows)
    {
        var terms = new List<PlacedText>();
        var glossary = rows.Read(GlossaryPath, "terms", ReadTerm);
        Repeated.Name(terms, StringComparer.OrdinalIgnoreCase, rows.Faults, "The term");
        return glossary;

        GlossaryTerm ReadTerm(YamlFields fields)
        {
            var term = fields.TextAt("term", TextLimits.ZoneName);
            terms.Add(term);
            var also = fields.OptionalTexts("also", TextLimits.ZoneName);
            return new GlossaryTerm(term.Text, [.. also.Select(form => form.Text)], fields.Text("meaning", TextLimits.Summary), rows.Sources(fields));
        }
    }
}
