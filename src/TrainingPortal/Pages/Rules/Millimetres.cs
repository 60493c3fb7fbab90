using System.Globalization;

namespace TrainingPortal.Web.Pages.Rules;

/// <summary>Depths as people type and read them. Inside, they are whole micrometres.</summary>
internal static class Millimetres
{
    private const decimal Deepest = 5m;

    /// <summary>In micrometres; none where it is no depth from 0.01 to 5 mm. A comma is read as a point.</summary>
    public static int? Read(string? typed) =>
        decimal.TryParse(typed?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var depth) && depth is >= 0.01m and <= Deepest
            ? (int)(depth * 1000)
            : null;

    public static string Words(int micrometres) => (micrometres / 1000m).ToString("0.0##", CultureInfo.CurrentCulture) + " mm";
}
