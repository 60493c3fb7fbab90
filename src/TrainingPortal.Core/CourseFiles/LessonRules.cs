using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TrainingPortal.CourseFiles;

/// <summary>What a lesson's Markdown may hold, apart from HTML: headings, links, images and what is embedded.</summary>
internal static class LessonRules
{
    public static void NameFaults(MarkdownDocument document, Func<MarkdownObject, FilePlace> at, FaultList faults)
    {
        foreach (var node in document.Descendants())
        {
            switch (node)
            {
                case HeadingBlock { Level: 1 }:
                    faults.Add(at(node), "A heading of the first level is the page's own title; start headings in a lesson with ##.");
                    break;
                case LinkInline { IsImage: true } image:
                    LessonFigure.NameFaults(image, at(node), faults);
                    break;
                case LinkInline { IsImage: false } link when !IsSafeLink(link.Url):
                    faults.Add(at(node), LinkMessage(link.Url));
                    break;
                case AutolinkInline auto when auto.IsEmail || !IsSafeLink(auto.Url):
                    faults.Add(at(node), LinkMessage(auto.Url));
                    break;
                case LeafBlock { Inline: { } content } leaf when WrittenText(content).Contains("[[", StringComparison.Ordinal) && LessonEmbeds.In(leaf) is null:
                    faults.Add(at(node), $"Double brackets embed something, and that can only be {LessonEmbeds.Expected}, alone in its paragraph.");
                    break;
            }
        }
    }

    /// <summary>The plain letters of a paragraph or an image's alternative, without marks; code is left out.</summary>
    public static string WrittenText(ContainerInline? within)
    {
        var text = new StringBuilder();
        Append(within);
        return text.ToString();

        void Append(ContainerInline? container)
        {
            foreach (var inline in container ?? Enumerable.Empty<Inline>())
            {
                switch (inline)
                {
                    case LiteralInline literal:
                        text.Append(literal.Content.AsSpan());
                        break;
                    case HtmlEntityInline entity:
                        text.Append(entity.Transcoded.AsSpan());
                        break;
                    case LineBreakInline:
                        text.Append(' ');
                        break;
                    case ContainerInline inner:
                        Append(inner);
                        break;
                    default:
                        break;
                }
            }
        }
    }

    // "//" and "/\" would leave the site.
    private static bool IsSafeLink(string? address) => address is not null
        && (address.StartsWith('/')
            ? !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal)
            : Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Host.Length > 0
                && address.StartsWith("https://", StringComparison.Ordinal));

    private static string LinkMessage(string? address) => $"The link '{address}' starts neither with https:// nor with / for a page of the portal.";
}
