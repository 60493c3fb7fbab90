using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// The depths that the protocols give for zones that an item asks for: <see cref="DepthRule"/> with the item's chart, place
/// and device, so that an item's key follows the rows.
/// </summary>
internal sealed class DepthZones(ProtocolBook book, FaultList faults)
{
    /// <param name="fields">A map with <c>indication</c>, <c>place</c>, <c>device</c>, <c>zones</c> and optionally <c>chart</c>, <c>licence</c> and <c>supervisor</c>.</param>
    public (string Chart, IReadOnlyList<DepthZone> Zones) Read(YamlFields fields)
    {
        var named = fields.OptionalText("chart", TextLimits.ZoneCode);
        var chart = named is null ? book.Charts.FirstOrDefault(row => row.Kind == ChartKind.School) : book.Charts.FirstOrDefault(row => row.Code == named.Text);
        var indication = fields.TextAt("indication", TextLimits.ZoneCode);
        var place = fields.TextAt("place", TextLimits.Jurisdiction);
        var device = fields.TextAt("device", TextLimits.ZoneCode);
        var licence = fields.Has("licence") ? fields.Choice("licence", ("basic", LicenceTier.Basic), ("upper", LicenceTier.Upper)) ?? LicenceTier.Basic : Default();
        var supervised = fields.OptionalFlag("supervisor");
        var codes = fields.Texts("zones", TextLimits.ZoneCode);
        if (chart is null)
        {
            faults.Add(named?.Place ?? fields.Place, $"There is no chart '{named?.Text}'; there are {string.Join(", ", book.Charts.Select(row => row.Code))}.");
            return ("", []);
        }

        Known(indication, "indication", book.Indications.Select(row => row.Code));
        Known(place, "place", book.Jurisdictions.Select(row => row.Place));
        Known(device, "device", book.Devices.Select(row => row.Code));
        Repeated.Name(codes, StringComparer.Ordinal, faults, "The zone");
        var zones = new List<DepthZone>();
        foreach (var code in codes.Where(code => Known(code, "zone", book.Zones.Select(zone => zone.Code))))
        {
            var answer = DepthRule.Decide(book, chart, new DepthQuestion(code.Text, indication.Text, place.Text, licence, supervised, device.Text, DepthMapInteraction.Deepest));
            zones.Add(Zone(code, answer, chart));
        }

        return (chart.Title, zones);

        LicenceTier Default()
        {
            _ = fields.OptionalText("licence", TextLimits.ZoneCode);
            return LicenceTier.Basic;
        }
    }

    private DepthZone Zone(PlacedText code, DepthAnswer answer, DepthChart chart)
    {
        var name = book.Zones.First(zone => zone.Code == code.Text).Name;
        if (answer.Most is not { } most)
        {
            foreach (var refused in answer.Refused.Where(refused => refused.Reason is DepthRefusal.ScopeUnknown or DepthRefusal.NoRow))
            {
                faults.Add(code.Place, refused.Reason == DepthRefusal.NoRow
                    ? $"The chart '{chart.Title}' has no row for this indication in the zone '{code.Text}'; an item cannot ask for it."
                    : $"What the law of {refused.SetBy} allows is not known; an item cannot ask for it.");
            }

            return new DepthZone(code.Text, name, null, null, string.Join(' ', answer.Refused.Select(Reason)));
        }

        var safe = DepthCap.Strictest(answer.Caps.Where(cap => cap.Kind is CapKind.Jurisdiction or CapKind.DeviceLabel)).Limit;
        var taught = answer.Caps.First(cap => cap.Kind == CapKind.Indication);
        var to = most.Limit.Includes ? most.Limit.Micrometres : most.Limit.Micrometres - 1;
        var limits = answer.Caps.Where(cap => cap.Kind is CapKind.Jurisdiction or CapKind.DeviceLabel).Select(cap => $"{cap.SetBy}: {(cap.Limit.Includes ? "up to" : "less than")} {ProtocolReferences.Millimetres(cap.Limit.Micrometres)} mm.");
        return new DepthZone(
            code.Text,
            name,
            new DepthRange(answer.From, to),
            safe,
            $"{chart.Title}: {ProtocolReferences.Millimetres(answer.From)} to {ProtocolReferences.Millimetres(taught.Limit.Micrometres)} mm. {string.Join(' ', limits)}");
    }

    private static string Reason(DepthRefused refused) => refused.Reason switch
    {
        DepthRefusal.ZoneForbidden => $"{refused.SetBy}: nobody needles here.",
        DepthRefusal.ZoneForbiddenByLabel => $"The label of {refused.SetBy} rules this zone out.",
        DepthRefusal.Refer => $"{refused.SetBy}: refer; this is not an esthetician's decision.",
        DepthRefusal.MedicalOnly => $"{refused.SetBy}: for medical providers.",
        DepthRefusal.NotInScope => $"The law of {refused.SetBy} does not allow it with this licence.",
        DepthRefusal.SupervisorMissing => $"The law of {refused.SetBy} asks for a supervisor, and none is there.",
        DepthRefusal.BelowUsefulDepth => $"What helps here begins deeper than {refused.SetBy} allows.",
        DepthRefusal.UnknownZone or DepthRefusal.UnknownIndication or DepthRefusal.UnknownDevice or DepthRefusal.NoRow or DepthRefusal.ScopeUnknown => $"There is no rule for {refused.SetBy}.",
    };

    private bool Known(PlacedText code, string what, IEnumerable<string> codes)
    {
        var known = codes.ToList();
        if (code.Text.Length > 0 && !known.Contains(code.Text))
        {
            faults.Add(code.Place, $"There is no {what} '{code.Text}'; there are {string.Join(", ", known)}.");
        }

        return known.Contains(code.Text);
    }
}
