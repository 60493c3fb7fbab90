using System.Text.RegularExpressions;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TrainingPortal.CourseFiles;

/// <summary>An image that stands alone in its paragraph, with its text alternative and its caption.</summary>
internal static partial class LessonFigure
{
    /// <summary>The image, if it is all that a paragraph outside lists, quotes and tables has.</summary>
    public static LinkInline? In(ParagraphBlock paragraph) =>
        paragraph.Parent is MarkdownDocument && paragraph.Inline?.FirstChild is LinkInline { IsImage: true, NextSibling: null } image ? image : null;

    public static bool IsFileName(string address) => FileNamePattern().IsMatch(address);

    public static void NameFaults(LinkInline image, FilePlace place, FaultList faults)
    {
        if (image.Parent is not { ParentBlock: ParagraphBlock paragraph } || In(paragraph) != image)
        {
            faults.Add(place, "A figure stands alone in its paragraph, outside lists, quotes and tables.");
        }

        if (!IsFileName(image.Url ?? ""))
        {
            faults.Add(place, $"'{image.Url}' is no figure; the name of an .svg file beside the lesson is expected, such as washing-steps.svg.");
        }

        if (string.IsNullOrWhiteSpace(LessonRules.WrittenText(image)))
        {
            faults.Add(place, "The figure has no text alternative; write between the square brackets what a reader who cannot see it needs to know.");
        }

        if (string.IsNullOrWhiteSpace(image.Title))
        {
            faults.Add(place, "The figure has no caption; write it in quotes after the file name.");
        }
    }

    public static void Write(HtmlRenderer renderer, LinkInline image, string figuresAddress)
    {
        renderer.EnsureLine();
        renderer.Write("<figure><img src=\"").WriteEscape(figuresAddress + image.Url).Write("\" alt=\"");
        renderer.WriteEscape(LessonRules.WrittenText(image));
        renderer.Write("\" loading=\"lazy\"><figcaption>").WriteEscape(image.Title ?? "").WriteLine("</figcaption></figure>");
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\.svg\\z", RegexOptions.CultureInvariant)]
    private static partial Regex FileNamePattern();
}
