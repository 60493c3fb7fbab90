using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary><c>protocols/zones.yaml</c> and <c>protocols/charts/&lt;name&gt;.yaml</c>.</summary>
internal static class ChartFiles
{
    public const string Folder = FolderLayout.Protocols + "/charts";
    public const string ZonesPath = FolderLayout.Protocols + "/zones.yaml";

    public static (List<Zone> Zones, List<Indication> Indications) ReadZones(ProtocolRows rows)
    {
        if (rows.Open(ZonesPath) is not { } file)
        {
            return ([], []);
        }

        var names = new List<PlacedText>();
        var zones = rows.List(file, "zones", ReadZone);
        var indications = rows.List(file, "indications", fields => new Indication(fields.Name("indication", TextLimits.ZoneCode).Text, fields.Text("name", TextLimits.ZoneName)));
        file.End();
        Repeated.Name(names, StringComparer.Ordinal, rows.Faults, "The zone");
        return (zones, indications);

        // The larger zone comes first, so that no zone can be part of itself by way of others.
        Zone ReadZone(YamlFields fields)
        {
            var code = fields.Name("zone", TextLimits.ZoneCode);
            var name = fields.Text("name", TextLimits.ZoneName);
            var larger = fields.OptionalText("part-of", TextLimits.ZoneCode);
            if (larger is not null && !names.Exists(zone => zone.Text == larger.Text))
            {
                rows.Faults.Add(larger.Place, $"No zone above has the name '{larger.Text}'; a larger zone comes before its parts.");
            }

            names.Add(code);
            return new Zone(code.Text, name, larger?.Text);
        }
    }

    public static DepthChart? ReadChart(ProtocolRows rows, string path, IReadOnlyCollection<string> zones, IReadOnlyCollection<string> indications)
    {
        if (rows.Open(path) is not { } file)
        {
            return null;
        }

        var pairs = new List<PlacedText>();
        var chart = new DepthChart(
            Path.GetFileNameWithoutExtension(path),
            file.Text("title", TextLimits.Title),
            file.Choice("kind", ("school", ChartKind.School), ("trade", ChartKind.Trade), ("label", ChartKind.Label)) ?? ChartKind.Trade,
            file.Text("note", TextLimits.Summary),
            rows.List(file, "rows", ReadRow));
        file.End();
        Repeated.Name(pairs, StringComparer.Ordinal, rows.Faults, "The row for");
        return chart;

        DepthRow ReadRow(YamlFields fields)
        {
            var zone = fields.Name("zone", TextLimits.ZoneCode);
            var indication = fields.Name("indication", TextLimits.ZoneCode);
            rows.Known(zone, zones, "zone");
            rows.Known(indication, indications, "indication");
            pairs.Add(new PlacedText($"{zone.Text} and {indication.Text}", zone.Place));
            var answer = fields.Choice("answer", ("treat", DepthRowAnswer.Treat), ("refer", DepthRowAnswer.Refer), ("never", DepthRowAnswer.Never)) ?? DepthRowAnswer.Never;
            var range = rows.Range(fields.OptionalMap("range-mm"), upTo: true);
            if (answer == DepthRowAnswer.Treat != fields.Has("range-mm"))
            {
                rows.Faults.Add(fields.PlaceOf("answer"), "A row that is treated has 'range-mm', and no other row has.");
            }

            return new DepthRow(
                zone.Text,
                indication.Text,
                answer,
                range,
                fields.Choice(
                    "scope",
                    ("esthetician-where-allowed", UsualScope.EstheticianWhereAllowed),
                    ("upper-tier", UsualScope.UpperTier),
                    ("medical", UsualScope.Medical),
                    ("nobody", UsualScope.Nobody)) ?? UsualScope.Nobody,
                fields.OptionalText("seen", TextLimits.Summary)?.Text,
                fields.OptionalText("disagreement", TextLimits.Summary)?.Text,
                rows.Origin(fields));
        }
    }
}
