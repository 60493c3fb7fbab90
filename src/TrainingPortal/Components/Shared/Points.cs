using System.Globalization;

namespace TrainingPortal.Web.Components.Shared;

/// <summary>Points as a person reads them.</summary>
public static class Points
{
    /// <param name="points">In parts of an item's point.</param>
    /// <param name="worth">How many parts an item's point has.</param>
    /// <returns>Whole where it is whole, else with up to two decimals in the page's language.</returns>
    public static string Of(int points, int worth) => ((decimal)points / worth).ToString("0.##", CultureInfo.CurrentCulture);
}
