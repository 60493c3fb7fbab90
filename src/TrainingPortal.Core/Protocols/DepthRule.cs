namespace TrainingPortal.Protocols;

/// <summary>Where a cap on the depth comes from.</summary>
public enum CapKind
{
    Zone,
    Indication,
    Jurisdiction,
    DeviceLabel,
    Training,
}

/// <summary>A cap with what set it.</summary>
/// <param name="SetBy">What decided, as a person reads it: the zone, the indication, the place, the device.</param>
/// <param name="Origin">Where that row comes from; none for the operator's own training.</param>
public sealed record DepthCap(CapKind Kind, DepthLimit Limit, string SetBy, RowOrigin? Origin)
{
    /// <summary>The strictest of several: adding one can never raise it.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static DepthCap Strictest(IEnumerable<DepthCap> caps) => caps.MinBy(cap => cap.Limit) ?? throw new InvalidOperationException("Nothing caps the depth.");
}

/// <summary>How deep may this person set this needle here, for this?</summary>
/// <param name="Zone">A code of <see cref="Protocols.Zone"/>.</param>
/// <param name="Indication">A code of <see cref="Protocols.Indication"/>.</param>
/// <param name="Place">The place whose law applies.</param>
/// <param name="Licence">The licence held there.</param>
/// <param name="SupervisorOnFile">Whoever the place asks for supervises, and this is documented.</param>
/// <param name="Device">A code of <see cref="Protocols.Device"/>.</param>
/// <param name="TrainedTo">The greatest depth that the operator is signed off for, in micrometres.</param>
public sealed record DepthQuestion(string Zone, string Indication, string Place, LicenceTier Licence, bool SupervisorOnFile, string Device, int TrainedTo);

public enum DepthRefusal
{
    UnknownZone,
    UnknownIndication,
    UnknownDevice,

    /// <summary>The zone, or a larger one that it is part of, is never needled.</summary>
    ZoneForbidden,

    /// <summary>The device's label rules the zone out.</summary>
    ZoneForbiddenByLabel,

    /// <summary>The chart refers this: it is not an esthetician's decision.</summary>
    Refer,

    /// <summary>The chart has no row for this indication here.</summary>
    NoRow,

    /// <summary>The chart gives this depth to medical providers, and the place's rule does not open it to this licence.</summary>
    MedicalOnly,

    /// <summary>The law of the place says no.</summary>
    NotInScope,

    /// <summary>The law asks for a supervisor, and none is on file.</summary>
    SupervisorMissing,

    /// <summary>The law of the place could not be checked.</summary>
    ScopeUnknown,

    /// <summary>What the indication needs begins deeper than the strictest cap.</summary>
    BelowUsefulDepth,
}

/// <param name="SetBy">The row that refuses, as a person reads it.</param>
/// <param name="Origin">Where it comes from; none where there is no row.</param>
public sealed record DepthRefused(DepthRefusal Reason, string SetBy, RowOrigin? Origin);

/// <summary>Either a greatest depth with the cap that decided it, or the reasons for a refusal.</summary>
/// <param name="Most">None where it is refused.</param>
/// <param name="From">Where the range that is taught begins, in micrometres.</param>
/// <param name="Caps">Every cap that was compared, in the order of <see cref="CapKind"/>.</param>
/// <param name="LeaveOut">Parts of the zone that are never needled all the same.</param>
/// <param name="Refused">Every reason; empty where it is allowed.</param>
public sealed record DepthAnswer(DepthCap? Most, int From, IReadOnlyList<DepthCap> Caps, IReadOnlyList<Zone> LeaveOut, IReadOnlyList<DepthRefused> Refused)
{
    internal static DepthAnswer No(params IReadOnlyList<DepthRefused> refused) => new(null, 0, [], [], refused);
}

/// <summary>
/// <c>allowed = min(zone, indication, jurisdiction, device label, operator's training)</c>, or a refusal; each with the row
/// that decided it.
/// </summary>
public static class DepthRule
{
    private const string Any = "any";

    public static DepthAnswer Decide(ProtocolBook book, DepthChart chart, DepthQuestion question)
    {
        var zone = book.Zones.FirstOrDefault(row => row.Code == question.Zone);
        var indication = book.Indications.FirstOrDefault(row => row.Code == question.Indication);
        var device = book.Devices.FirstOrDefault(row => row.Code == question.Device);
        if (zone is null || indication is null || device is null)
        {
            return DepthAnswer.No(Unknown(zone, indication, device, question));
        }

        var larger = Larger(book, zone);
        if (larger.Select(code => chart.Rows.FirstOrDefault(row => row.Zone == code && row.Answer == DepthRowAnswer.Never)).FirstOrDefault(row => row is not null) is { } never)
        {
            return DepthAnswer.No(new DepthRefused(DepthRefusal.ZoneForbidden, Name(book, never.Zone), never.Origin));
        }

        if (larger.Any(device.Never.Contains))
        {
            return DepthAnswer.No(new DepthRefused(DepthRefusal.ZoneForbiddenByLabel, device.Name, device.Origin));
        }

        // The row of the zone itself comes before a row of a larger one, and an indication of its own before "any".
        var rows = larger.SelectMany(code => chart.Rows.Where(row => row.Zone == code)).ToList();
        var asked = rows.Find(row => row.Indication == indication.Code) ?? rows.Find(row => row.Indication == Any);
        if (asked is null)
        {
            return DepthAnswer.No(new DepthRefused(DepthRefusal.NoRow, chart.Title, null));
        }

        if (asked.Range is not { } range)
        {
            return DepthAnswer.No(new DepthRefused(DepthRefusal.Refer, Label(asked), asked.Origin));
        }

        // What the zone can take: the deepest that the chart teaches in the nearest zone that has a row of its own.
        var own = rows.Where(row => row.Zone == rows[0].Zone && row.Range is not null).MaxBy(row => row.Range!.Value.To) ?? asked;
        var caps = new List<DepthCap>
        {
            new(CapKind.Zone, new DepthLimit(own.Range!.Value.To, true), Name(book, own.Zone), own.Origin),
            new(CapKind.Indication, new DepthLimit(range.To, true), Label(asked), asked.Origin),
        };
        var place = book.Jurisdictions.FirstOrDefault(row => row.Place == question.Place);
        if (place is { Answer: JurisdictionAnswer.Allowed, Most: { } most } && !(place.BeyondSupervised && question.SupervisorOnFile))
        {
            caps.Add(new DepthCap(CapKind.Jurisdiction, most, place.Name, place.Origin));
        }

        caps.Add(new DepthCap(CapKind.DeviceLabel, device.Evaluated, device.Name, device.Origin));
        caps.Add(new DepthCap(CapKind.Training, new DepthLimit(question.TrainedTo, true), "", null));
        var strictest = DepthCap.Strictest(caps);
        var refused = new List<DepthRefused>();
        if (asked.Scope == UsualScope.Medical && !OpensToEstheticians(place, question.Licence, range.From))
        {
            refused.Add(new DepthRefused(DepthRefusal.MedicalOnly, Label(asked), asked.Origin));
        }

        if (ScopeRefusal(book, device, question, Usable(strictest.Limit)) is { } outOfScope)
        {
            refused.Add(outOfScope);
        }

        if (!strictest.Limit.Allows(range.From) || strictest.Limit is { Micrometres: 0 })
        {
            refused.Add(new DepthRefused(DepthRefusal.BelowUsefulDepth, strictest.SetBy, strictest.Origin));
        }

        return refused.Count > 0
            ? DepthAnswer.No(refused)
            : new DepthAnswer(strictest, range.From, caps, Forbidden(book, chart, device, zone), []);

        string Label(DepthRow row) => $"{Name(book, row.Zone)}: {book.Indications.First(known => known.Code == row.Indication).Name}";
    }

    private static List<DepthRefused> Unknown(Zone? zone, Indication? indication, Device? device, DepthQuestion question)
    {
        var refused = new List<DepthRefused>();
        if (zone is null)
        {
            refused.Add(new DepthRefused(DepthRefusal.UnknownZone, question.Zone, null));
        }

        if (indication is null)
        {
            refused.Add(new DepthRefused(DepthRefusal.UnknownIndication, question.Indication, null));
        }

        if (device is null)
        {
            refused.Add(new DepthRefused(DepthRefusal.UnknownDevice, question.Device, null));
        }

        return refused;
    }

    // A limit that leaves its own value out still allows a little less; the law is asked about that.
    private static int Usable(DepthLimit limit) => limit.Includes ? limit.Micrometres : limit.Micrometres - 1;

    private static DepthRefused? ScopeRefusal(ProtocolBook book, Device device, DepthQuestion question, int depth)
    {
        var scope = ScopeRule.Decide(book, new ScopeQuestion(question.Place, question.Licence, depth, device.Prescription, device.Class == "II"));
        DepthRefusal? reason = scope.Kind switch
        {
            ScopeAnswerKind.Yes => null,
            ScopeAnswerKind.OnlyUnderSupervision => question.SupervisorOnFile ? null : DepthRefusal.SupervisorMissing,
            ScopeAnswerKind.No => DepthRefusal.NotInScope,
            ScopeAnswerKind.Unknown => DepthRefusal.ScopeUnknown,
        };
        return reason is { } no ? new DepthRefused(no, scope.Row?.Name ?? question.Place, scope.Row?.Origin) : null;
    }

    private static bool OpensToEstheticians(Jurisdiction? place, LicenceTier licence, int from) =>
        place is { Answer: JurisdictionAnswer.Allowed, Most: { } most, Tier: { } tier } && licence >= tier && most.Allows(from);

    /// <summary>The zone and every larger one that it is part of, the smallest first.</summary>
    private static List<string> Larger(ProtocolBook book, Zone zone)
    {
        var codes = new List<string>();
        for (var at = zone; at is not null && !codes.Contains(at.Code); at = book.Zones.FirstOrDefault(row => row.Code == at.PartOf))
        {
            codes.Add(at.Code);
        }

        return codes;
    }

    private static List<Zone> Forbidden(ProtocolBook book, DepthChart chart, Device device, Zone within) =>
    [
        .. book.Zones.Where(part => part.Code != within.Code
            && Larger(book, part).Contains(within.Code)
            && (device.Never.Contains(part.Code) || chart.Rows.Any(row => row.Zone == part.Code && row.Answer == DepthRowAnswer.Never))),
    ];

    private static string Name(ProtocolBook book, string zone) => book.Zones.First(row => row.Code == zone).Name;
}
