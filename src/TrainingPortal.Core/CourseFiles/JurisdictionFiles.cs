using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary><c>protocols/jurisdictions.yaml</c> and <c>protocols/continuing-education.yaml</c>.</summary>
internal static class JurisdictionFiles
{
    public const string PlacesPath = FolderLayout.Protocols + "/jurisdictions.yaml";
    public const string EducationPath = FolderLayout.Protocols + "/continuing-education.yaml";

    public static List<Jurisdiction> ReadPlaces(ProtocolRows rows)
    {
        var codes = new List<PlacedText>();
        var places = rows.Read(PlacesPath, "places", ReadPlace);
        Repeated.Name(codes, StringComparer.Ordinal, rows.Faults, "The place");
        return places;

        Jurisdiction ReadPlace(YamlFields fields)
        {
            var code = fields.TextAt("place", TextLimits.Jurisdiction);
            PlaceCodes.NameFault(code, rows.Faults);
            codes.Add(code);
            var name = fields.Text("name", TextLimits.ZoneName);
            var answer = fields.Choice(
                "answer", ("allowed", JurisdictionAnswer.Allowed), ("not-allowed", JurisdictionAnswer.NotAllowed), ("unknown", JurisdictionAnswer.Unknown));
            var permission = answer == JurisdictionAnswer.Allowed ? ReadPermission(fields, rows.Faults) : Permission.None;
            return new Jurisdiction(
                code.Text,
                name,
                answer ?? JurisdictionAnswer.Unknown,
                permission.Tier,
                permission.TierName,
                permission.Depth,
                permission.Most,
                permission.BeyondSupervised,
                permission.Supervision,
                permission.Supervisor,
                fields.Text("rule", TextLimits.Rule),
                fields.Text("citation", TextLimits.Title),
                fields.OptionalDay("effective"),
                fields.OptionalText("note", TextLimits.Rule)?.Text,
                rows.Origin(fields, RowBasis.Source, quality: true));
        }
    }

    public static List<EducationCycle> ReadEducation(ProtocolRows rows, IReadOnlyList<Jurisdiction> places)
    {
        var codes = new List<PlacedText>();
        var cycles = rows.Read(EducationPath, "cycles", ReadCycle);
        Repeated.Name(codes, StringComparer.Ordinal, rows.Faults, "The place");
        return cycles;

        EducationCycle ReadCycle(YamlFields fields)
        {
            var code = fields.TextAt("place", TextLimits.Jurisdiction);
            PlaceCodes.NameFault(code, rows.Faults);
            codes.Add(code);
            var name = fields.OptionalText("name", TextLimits.ZoneName)?.Text ?? places.FirstOrDefault(place => place.Place == code.Text)?.Name;
            if (name is null)
            {
                rows.Faults.Add(code.Place, $"'{code.Text}' is not in {PlacesPath}, so the row needs 'name'.");
            }

            return new EducationCycle(
                code.Text,
                name ?? "",
                fields.OptionalWholeNumber("years", 1, 10),
                fields.OptionalWholeNumber("hours", 0, 1000),
                fields.Text("detail", TextLimits.Summary),
                rows.Origin(fields, RowBasis.Source, quality: true));
        }
    }

    private static Permission ReadPermission(YamlFields fields, FaultList faults)
    {
        var depth = fields.Choice("depth", ("stated", PlaceDepth.Stated), ("none-stated", PlaceDepth.NoneStated), ("not-found", PlaceDepth.NotFound));
        var most = ProtocolRows.Limit(fields.OptionalMap("max"));
        var beyond = fields.OptionalText("beyond", TextLimits.ZoneCode);
        if (beyond is { Text: not ("supervised" or "no") })
        {
            faults.Add(beyond.Place, $"'beyond' must be supervised or no, and here is '{beyond.Text}'.");
        }

        if (depth is not null && (depth == PlaceDepth.Stated) != (most is not null && beyond is not null))
        {
            faults.Add(fields.PlaceOf("depth"), "A stated depth has 'max' and 'beyond', and no other has.");
        }

        var supervision = fields.Choice(
            "supervision",
            ("never", Supervision.Never),
            ("always", Supervision.Always),
            ("prescription-device", Supervision.PrescriptionDevice),
            ("class-ii-device", Supervision.ClassTwoDevice));
        var supervisor = fields.OptionalText("supervisor", TextLimits.ZoneName);
        if (supervision is not (null or Supervision.Never) && supervisor is null)
        {
            faults.Add(fields.PlaceOf("supervision"), "Where somebody supervises, 'supervisor' says who.");
        }

        return new Permission(
            fields.Choice("tier", ("basic", LicenceTier.Basic), ("upper", LicenceTier.Upper)),
            fields.Text("tier-name", TextLimits.ZoneName),
            depth,
            most,
            beyond?.Text == "supervised",
            supervision,
            supervisor?.Text);
    }

    private sealed record Permission(
        LicenceTier? Tier, string? TierName, PlaceDepth? Depth, DepthLimit? Most, bool BeyondSupervised, Supervision? Supervision, string? Supervisor)
    {
        public static Permission None { get; } = new(null, null, null, null, false, null, null);
    }
}
