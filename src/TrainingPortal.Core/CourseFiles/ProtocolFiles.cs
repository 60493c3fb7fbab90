using TrainingPortal.Protocols;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary>The files of <c>protocols/</c>; <c>sources.yaml</c> and <c>skin.yaml</c> are read here.</summary>
internal static class ProtocolFiles
{
    /// <summary>The files that lie in the folder itself.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "sources.yaml",
        "skin.yaml",
        "zones.yaml",
        "devices.yaml",
        "wait-times.yaml",
        "contraindications.yaml",
        "jurisdictions.yaml",
        "continuing-education.yaml",
        "glossary.yaml",
    ];

    public const string SourcesPath = FolderLayout.Protocols + "/sources.yaml";
    public const string SkinPath = FolderLayout.Protocols + "/skin.yaml";

    /// <summary>Null where the file is missing (no fault yet) or cannot be read as YAML.</summary>
    public static IReadOnlyList<SourceEntry>? ReadSources(CourseFileSet files, FaultList faults)
    {
        if (!files.Has(SourcesPath) || files.Text(SourcesPath, faults) is not { } text || YamlTree.Read(text, SourcesPath, faults) is not { } file)
        {
            return null;
        }

        var sources = file.Maps("sources").Select(fields => ReadSource(fields, faults)).ToList();
        file.End();

        // A database may not tell S2b from S2B.
        Repeated.Name(sources.Select(source => source.Code), StringComparer.OrdinalIgnoreCase, faults, "The source code");
        return sources;
    }

    /// <summary>Null where the file is missing (no fault yet) or cannot be read as YAML.</summary>
    public static IReadOnlyList<ZoneEntry>? ReadSkin(CourseFileSet files, FaultList faults)
    {
        if (!files.Has(SkinPath) || files.Text(SkinPath, faults) is not { } text || YamlTree.Read(text, SkinPath, faults) is not { } file)
        {
            return null;
        }

        var rows = new ProtocolRows(files, faults);
        var zones = file.Maps("zones").Select(fields => ReadZone(fields, rows)).ToList();
        file.End();
        Repeated.Name(zones.Select(zone => zone.Zone), StringComparer.Ordinal, faults, "The zone");
        return zones;
    }

    /// <summary>What the other files say, and every source that they cite.</summary>
    public static (ProtocolBook Book, IReadOnlyList<PlacedText> Cited) ReadBook(CourseFileSet files, FaultList faults)
    {
        var rows = new ProtocolRows(files, faults);
        var (zones, indications) = ChartFiles.ReadZones(rows);
        var zoneCodes = zones.Select(zone => zone.Code).ToHashSet(StringComparer.Ordinal);
        var indicationCodes = indications.Select(indication => indication.Code).ToHashSet(StringComparer.Ordinal);
        var waits = WaitFile.Read(rows);
        var places = JurisdictionFiles.ReadPlaces(rows);
        var book = new ProtocolBook(
            zones,
            indications,
            [.. files.In(ChartFiles.Folder, ".yaml").Select(path => ChartFiles.ReadChart(rows, path, zoneCodes, indicationCodes)).OfType<DepthChart>()],
            DeviceFile.Read(rows, zoneCodes),
            waits,
            ContraindicationFile.Read(rows, [.. waits.Select(wait => wait.Event)]),
            places,
            JurisdictionFiles.ReadEducation(rows, places),
            FigureFiles.Read(rows, files.In(FigureFiles.Folder, ".yaml")),
            FigureFiles.ReadGlossary(rows));
        if (book.Charts.Count > 0 && book.Charts.Count(chart => chart.Kind == ChartKind.School) is var schools and not 1)
        {
            faults.Add(ChartFiles.Folder, Invariant($"{schools} charts are of 'kind: school'; exactly one is expected, the chart that this school teaches."));
        }

        return (book, rows.Cited);
    }

    private static SourceEntry ReadSource(YamlFields fields, FaultList faults)
    {
        var code = fields.TextAt("code", TextLimits.SourceCode);
        if (code.Text.Length > 0 && !SourceCodes.IsCode(code.Text))
        {
            faults.Add(code.Place, $"'{code.Text}' is no source code; a code is a letter and then letters, digits or hyphens, such as S8.");
        }

        var title = fields.Text("title", TextLimits.SourceTitle);
        var kind = fields.Word("kind", "primary", "secondary", "vendor", "trade");
        fields.End();
        return new SourceEntry(code, title, kind);
    }

    private static ZoneEntry ReadZone(YamlFields fields, ProtocolRows rows)
    {
        var faults = rows.Faults;
        var zone = fields.Name("zone", TextLimits.ZoneCode);
        var name = fields.Text("name", TextLimits.ZoneName);
        var epidermis = rows.Range(fields.Map("epidermis-mm")) ?? default;
        var dermis = rows.Range(fields.Map("dermis-mm")) ?? default;
        var teach = rows.Range(fields.OptionalMap("teach-mm"));
        var treat = fields.Flag("treat");
        if (treat && !fields.Has("teach-mm"))
        {
            faults.Add(fields.PlaceOf("treat"), "A zone that is treated needs 'teach-mm', the depths that the course teaches there.");
        }
        else if (!treat && fields.Has("teach-mm") && fields.Has("treat"))
        {
            faults.Add(fields.PlaceOf("teach-mm"), "A zone that is never treated has no 'teach-mm'; take it away, or say 'treat: true'.");
        }

        var note = fields.Text("note", TextLimits.ZoneNote);
        var sources = SourceCodes.Read(fields, faults);
        fields.End();
        return new ZoneEntry(zone, name, epidermis, dermis, teach, treat, note, sources);
    }
}
