using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary><c>protocols/devices.yaml</c>.</summary>
internal static class DeviceFile
{
    public const string FilePath = FolderLayout.Protocols + "/devices.yaml";

    public static List<Device> Read(ProtocolRows rows, IReadOnlyCollection<string> zones)
    {
        var codes = new List<PlacedText>();
        var devices = rows.Read(FilePath, "devices", ReadDevice);
        Repeated.Name(codes, StringComparer.Ordinal, rows.Faults, "The device");
        return devices;

        Device ReadDevice(YamlFields fields)
        {
            var code = fields.Name("device", TextLimits.ZoneCode);
            codes.Add(code);
            var name = fields.Text("name", TextLimits.ZoneName);
            var deviceClass = fields.Word("class", "I", "II", "III");
            var prescription = fields.Word("prescription", "yes", "no", "assumed");
            var never = fields.Texts("never", TextLimits.ZoneCode, mayBeEmpty: true);
            foreach (var zone in never)
            {
                rows.Known(zone, zones, "zone");
            }

            return new Device(
                code.Text,
                name,
                deviceClass,
                prescription != "no",
                prescription == "assumed",
                ProtocolRows.Micrometres(fields, "dial-mm"),
                ProtocolRows.Limit(fields.Map("evaluated-mm")) ?? default,
                [.. never.Select(zone => zone.Text)],
                fields.OptionalText("note", TextLimits.Summary)?.Text,
                rows.Origin(fields, RowBasis.Source, quality: true));
        }
    }
}
