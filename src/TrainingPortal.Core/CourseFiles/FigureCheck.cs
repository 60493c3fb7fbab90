using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// Whether a drawing is safe to serve and fit to show: well-formed SVG with a <c>viewBox</c> and a title, that runs
/// nothing and loads nothing. What is not known to be harmless is a fault.
/// </summary>
internal sealed partial class FigureCheck
{
    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private const string XmlnsNamespace = "http://www.w3.org/2000/xmlns/";
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    private static readonly HashSet<string> Forbidden = new(
        ["script", "foreignObject", "image", "feImage", "a", "animate", "animateMotion", "animateTransform", "set", "handler", "listener"],
        StringComparer.OrdinalIgnoreCase);

    private readonly string file;
    private readonly FaultList faults;
    private readonly XmlReader reader;
    private readonly Stack<string> open = new();
    private bool hasTitle;
    private int stylePieces;

    private FigureCheck(string svg, string file, FaultList faults)
    {
        this.file = file;
        this.faults = faults;
        reader = XmlReader.Create(new StringReader(svg), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
    }

    /// <summary>Names every fault of a drawing; after one in its XML nothing more can be read.</summary>
    public static void NameFaults(string svg, string file, FaultList faults)
    {
        var check = new FigureCheck(svg, file, faults);
        using (check.reader)
        {
            try
            {
                check.Read();
            }
            catch (XmlException notXml)
            {
                faults.Add(new FilePlace(file, Math.Max(1, notXml.LineNumber)), svg.Contains("<!DOCTYPE", StringComparison.Ordinal)
                    ? "A drawing has no document type; take the line with <!DOCTYPE> away."
                    : $"This is not well-formed XML: {notXml.Message}");
            }
        }
    }

    private FilePlace Here => new(file, ((IXmlLineInfo)reader).LineNumber);

    private void Read()
    {
        FilePlace? root = null;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    root ??= Here;
                    ReadElement();
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    ReadText();
                    break;
                case XmlNodeType.Comment when Within("style"):
                    NameStyleInPieces();
                    break;
                case XmlNodeType.ProcessingInstruction:
                    faults.Add(Here, $"The instruction <?{reader.Name}?> is not allowed; a drawing loads nothing.");
                    break;
                default:
                    break;
            }
        }

        if (root is { } place && !hasTitle)
        {
            faults.Add(place, "The drawing has no <title> directly under <svg>; it names the drawing for those who cannot see it.");
        }
    }

    private void ReadRoot()
    {
        if (reader.LocalName != "svg" || reader.NamespaceURI != SvgNamespace)
        {
            faults.Add(Here, $"The outermost element is <{reader.Name}>; <svg xmlns=\"{SvgNamespace}\"> is expected.");
        }
        else if (!IsViewBox(reader.GetAttribute("viewBox")))
        {
            faults.Add(Here, "The drawing needs a viewBox of four numbers, with a width and a height greater than 0, such as viewBox=\"0 0 360 240\".");
        }
    }

    private void ReadElement()
    {
        if (reader.Depth == 0)
        {
            ReadRoot();
        }

        if (Within("style"))
        {
            NameStyleInPieces();
        }

        if (Forbidden.Contains(reader.LocalName))
        {
            faults.Add(Here, $"<{reader.Name}> is not allowed; a drawing runs nothing, loads nothing and does not move.");
        }
        else if (reader.NamespaceURI != SvgNamespace && reader.Depth > 0)
        {
            faults.Add(Here, $"<{reader.Name}> is no element of SVG; save the drawing as plain SVG.");
        }

        while (reader.MoveToNextAttribute())
        {
            ReadAttribute();
        }

        reader.MoveToElement();
        stylePieces = 0;
        if (!reader.IsEmptyElement)
        {
            open.Push(reader.LocalName);
        }
    }

    private void ReadText()
    {
        if (Within("style"))
        {
            ReadStyle(reader.Value, Here);
            if (++stylePieces > 1)
            {
                NameStyleInPieces();
            }
        }
        else if (Within("title") && reader.Depth == 2)
        {
            hasTitle |= !string.IsNullOrWhiteSpace(reader.Value);
        }
    }

    private bool Within(string element) => open.TryPeek(out var innermost) && innermost == element;

    // A browser puts the pieces together, and they may then say what none of them says.
    private void NameStyleInPieces() =>
        faults.Add(Here, "A <style> holds its text in one piece, without elements, XML comments or further sections in it.");

    private void ReadAttribute()
    {
        var (name, value) = (reader.LocalName, reader.Value);
        if (reader.NamespaceURI == XmlnsNamespace)
        {
            return;
        }

        if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(Here, $"The event attribute '{reader.Name}' is not allowed; a drawing runs nothing.");
        }
        else if (name.ToLowerInvariant() is "href" or "src")
        {
            if (!value.TrimStart().StartsWith('#'))
            {
                faults.Add(Here, $"'{reader.Name}' leads to '{value}'; it may only lead to a part of the same drawing, such as #arrow.");
            }
        }
        else if (reader.NamespaceURI == XmlNamespace && name == "base")
        {
            faults.Add(Here, "'xml:base' is not allowed; it turns the drawing's own parts into outside ones.");
        }
        else
        {
            ReadStyle(value, Here);
        }
    }

    /// <summary>A style sheet, or an attribute: any attribute may hold a <c>url()</c>.</summary>
    private void ReadStyle(string css, FilePlace start)
    {
        foreach (Match match in LoadingCss().Matches(css))
        {
            var line = start.Line + css.AsSpan(0, match.Index).Count('\n');
            faults.Add(new FilePlace(file, line), $"'{match.Value.Trim()}' is not allowed in a style; a drawing loads nothing, and its parts are named as url(#part).");
        }
    }

    private static bool IsViewBox(string? text)
    {
        var numbers = (text ?? "").Split([' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == 4
            && numbers.All(number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            && double.Parse(numbers[2], CultureInfo.InvariantCulture) > 0
            && double.Parse(numbers[3], CultureInfo.InvariantCulture) > 0;
    }

    // A backslash may spell any of the others, letter by letter.
    [GeneratedRegex("""@import|@font-face|url\s*\(\s*(?!\s*["']?#)[^)]{0,60}|image-set\s*\(|\bsrc\s*\(|\\""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LoadingCss();
}
