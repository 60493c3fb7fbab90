using System.Text.RegularExpressions;

namespace TrainingPortal.CourseFiles;

/// <summary>The codes of places: ISO 3166, a country or a part of one.</summary>
internal static partial class PlaceCodes
{
    public static void NameFault(PlacedText place, FaultList faults)
    {
        if (place.Text.Length > 0 && !Pattern().IsMatch(place.Text))
        {
            faults.Add(place.Place, $"'{place.Text}' is no jurisdiction; the code of a country or of a part of one is expected, such as US or US-UT.");
        }
    }

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,3})?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
