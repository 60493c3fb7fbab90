using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary><c>protocols/sources.yaml</c> and <c>protocols/skin.yaml</c>.</summary>
internal static class ProtocolFiles
{
    public const string SourcesPath = FolderLayout.Protocols + "/sources.yaml";
    public const string SkinPath = FolderLayout.Protocols + "/skin.yaml";

    private const decimal LongestMm = 10;

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

        var zones = file.Maps("zones").Select(fields => ReadZone(fields, faults)).ToList();
        file.End();
        Repeated.Name(zones.Select(zone => zone.Zone), StringComparer.Ordinal, faults, "The zone");
        return zones;
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

    private static ZoneEntry ReadZone(YamlFields fields, FaultList faults)
    {
        var zone = fields.Name("zone", TextLimits.ZoneCode);
        var name = fields.Text("name", TextLimits.ZoneName);
        var epidermis = ReadRange(fields.Map("epidermis-mm"), faults) ?? default;
        var dermis = ReadRange(fields.Map("dermis-mm"), faults) ?? default;
        var teach = ReadRange(fields.OptionalMap("teach-mm"), faults);
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

    private static LengthRange? ReadRange(YamlFields? fields, FaultList faults)
    {
        if (fields is null)
        {
            return null;
        }

        // Three decimals of a millimetre are whole micrometres.
        var from = fields.Number("from", LongestMm, decimals: 3);
        var to = fields.Number("to", LongestMm, decimals: 3);
        fields.End();
        if (to > 0 && from > to)
        {
            faults.Add(fields.PlaceOf("from"), Invariant($"'from' is {from} mm and 'to' is {to} mm; 'from' must not be greater than 'to'."));
        }

        return new LengthRange((int)(from * 1000), (int)(to * 1000));
    }
}
