using System.Globalization;

namespace TrainingPortal.Web.Pages.Exams;

/// <summary>How a depth in millimetres stands in a field, in a sentence and in the drawing. face-map.js does the same.</summary>
public static class FaceMapDepths
{
    /// <summary>The deepest that can be set, in millimetres.</summary>
    public const decimal Deepest = 3;

    /// <summary>The step of fields and of the dial, in millimetres.</summary>
    public const decimal Step = 0.05m;

    /// <summary>As a field holds and posts it; empty where nothing is set.</summary>
    public static string Posted(decimal? depth) => depth?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";

    /// <summary>As a reader of the current language writes it, without the unit.</summary>
    public static string Figure(decimal depth) => depth == 0 ? "0" : depth.ToString("0.0##", CultureInfo.CurrentCulture);

    /// <summary>What the drawing and the list show: <c>unset</c>, <c>out</c> for 0, else <c>set</c>.</summary>
    public static string State(decimal? depth) => depth switch
    {
        null => "unset",
        0 => "out",
        _ => "set",
    };

    /// <summary>How strongly the zone is shaded, from 0 to 1: deeper is stronger, and shallow depths lie further apart than deep ones.</summary>
    public static string Shade(decimal? depth) =>
        (0.12 + (0.62 * Math.Sqrt((double)(Math.Clamp(depth ?? 0, 0, Deepest) / Deepest)))).ToString("0.00", CultureInfo.InvariantCulture);
}
