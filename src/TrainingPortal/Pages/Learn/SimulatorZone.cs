using TrainingPortal.Protocols;

namespace TrainingPortal.Web.Pages.Learn;

/// <summary>What the simulator needs of a zone; lengths are micrometres, as in <see cref="SkinZone"/>.</summary>
public sealed record SimulatorZone(
    string Zone,
    string Name,
    int EpidermisFrom,
    int EpidermisTo,
    int DermisFrom,
    int DermisTo,
    int? TeachFrom,
    int? TeachTo,
    bool Treat,
    string Note)
{
    public static SimulatorZone From(SkinZone zone) => new(
        zone.Zone, zone.Name, zone.EpidermisFrom, zone.EpidermisTo, zone.DermisFrom, zone.DermisTo, zone.TeachFrom, zone.TeachTo, zone.Treat, zone.Note);

    public SkinZone ToSkinZone() => new()
    {
        Zone = Zone,
        Name = Name,
        EpidermisFrom = EpidermisFrom,
        EpidermisTo = EpidermisTo,
        DermisFrom = DermisFrom,
        DermisTo = DermisTo,
        TeachFrom = TeachFrom,
        TeachTo = TeachTo,
        Treat = Treat,
        Note = Note,
    };
}
