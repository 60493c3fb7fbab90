namespace TrainingPortal.Web.Hosting;

/// <summary>An address to go back to, which must lie on this portal.</summary>
public static class LocalAddress
{
    public static string OrHome(string? address) => IsLocal(address) ? address! : "/";

    public static bool IsLocal(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && address.All(letter => char.IsAscii(letter) && !char.IsControl(letter));
}
