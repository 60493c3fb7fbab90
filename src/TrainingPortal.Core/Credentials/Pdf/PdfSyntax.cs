using System.Globalization;
using System.Text;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>Writes values the way PDF spells them.</summary>
internal static class PdfSyntax
{
    public static string Number(double value) =>
        Math.Round(value, 3, MidpointRounding.AwayFromZero).ToString("0.###", CultureInfo.InvariantCulture);

    public static string Numbers(params ReadOnlySpan<double> values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
            text.Append(Number(value)).Append(' ');
        return text.ToString().TrimEnd();
    }

    /// <summary>A text for people, in the one encoding that PDF has for all letters.</summary>
    public static string Text(string text) =>
        "<FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text)) + ">";

    /// <summary>A text of ASCII letters, such as an address.</summary>
    public static string Ascii(string text) =>
        "(" + text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("(", @"\(", StringComparison.Ordinal)
            .Replace(")", @"\)", StringComparison.Ordinal) + ")";

    public static string Date(DateTime utc) =>
        "(D:" + utc.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "Z)";

    public static string Reference(int objectNumber) =>
        objectNumber.ToString(CultureInfo.InvariantCulture) + " 0 R";

    public static string References(IEnumerable<int> objectNumbers) =>
        "[" + string.Join(' ', objectNumbers.Select(Reference)) + "]";
}
