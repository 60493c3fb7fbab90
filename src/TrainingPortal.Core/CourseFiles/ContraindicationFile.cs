using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary><c>protocols/contraindications.yaml</c>.</summary>
internal static class ContraindicationFile
{
    public const string FilePath = FolderLayout.Protocols + "/contraindications.yaml";

    public static List<Contraindication> Read(ProtocolRows rows, IReadOnlyCollection<string> events)
    {
        var codes = new List<PlacedText>();
        var read = rows.Read(FilePath, "contraindications", ReadRow);
        Repeated.Name(codes, StringComparer.Ordinal, rows.Faults, "The contraindication");
        return read;

        Contraindication ReadRow(YamlFields fields)
        {
            var code = fields.Name("code", TextLimits.ZoneCode);
            codes.Add(code);
            var kind = fields.Choice(
                "kind", ("absolute", ContraindicationKind.Absolute), ("relative", ContraindicationKind.Relative), ("timed", ContraindicationKind.Timed));
            var wait = fields.OptionalText("wait", TextLimits.ZoneCode);
            if (wait is not null)
            {
                rows.Known(wait, events, "event in wait-times.yaml");
            }

            if (kind == ContraindicationKind.Timed != wait is not null)
            {
                rows.Faults.Add(fields.PlaceOf("kind"), "A timed contraindication names its event as 'wait', and no other does.");
            }

            return new Contraindication(
                code.Text,
                fields.Text("name", TextLimits.Title),
                kind ?? ContraindicationKind.Absolute,
                fields.Text("rule", TextLimits.Summary),
                fields.Choice(
                    "action",
                    ("decline", ContraindicationAction.Decline),
                    ("refer", ContraindicationAction.Refer),
                    ("clearance", ContraindicationAction.Clearance),
                    ("modify", ContraindicationAction.Modify)) ?? ContraindicationAction.Decline,
                wait?.Text,
                rows.Origin(fields, quality: true));
        }
    }
}
