using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TrainingPortal.Credentials.Images;

/// <summary>An SVG drawing that carries a signed credential (Open Badges 3.0, "Baked Badge"): one element, the first of the drawing.</summary>
public static class BakedSvg
{
    private static readonly XNamespace s_openBadges = "https://purl.imsglobal.org/ob/v3p0";

    // Longer than any badge with its credential; what comes from outside is not read without end.
    private const long LongestFile = 5_000_000;

    /// <summary>Puts a credential into a drawing, in the place of any that it carried before.</summary>
    /// <param name="drawing">An SVG document.</param>
    /// <param name="credential">The compact JWS.</param>
    /// <exception cref="InvalidDataException">The drawing is no SVG document.</exception>
    public static byte[] Bake(string drawing, string credential)
    {
        var root = Parse(Encoding.UTF8.GetBytes(drawing)) ?? throw new InvalidDataException("Not an SVG document.");
        root.Descendants(s_openBadges + "credential").Remove();
        root.SetAttributeValue(XNamespace.Xmlns + "openbadges", s_openBadges.NamespaceName);
        root.AddFirst(new XElement(s_openBadges + "credential", new XAttribute("verify", credential)));
        return Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting));
    }

    /// <returns>The compact JWS; null where the file is no SVG document, or carries none or more than one.</returns>
    public static string? Read(byte[] file) =>
        Parse(file)?.Descendants(s_openBadges + "credential").ToList() is [var only] ? only.Attribute("verify")?.Value : null;

    private static XElement? Parse(byte[] file)
    {
        // No document type: entities could load files or fill the memory.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestFile };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(file), settings);
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root is { } root && root.Name == BadgeSvg.Svg + "svg" ? root : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
