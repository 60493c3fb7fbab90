using System.Text.RegularExpressions;
using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace TrainingPortal.CourseFiles;

/// <summary><c>[S8, S11]</c> in a lesson's text: the sources of the sentence before it.</summary>
internal sealed class Citation(IReadOnlyList<string> codes) : LeafInline
{
    public IReadOnlyList<string> Codes => codes;
}

/// <summary>Reads citations before Markdig takes their bracket for a link's.</summary>
internal sealed partial class CitationParser : InlineParser
{
    public CitationParser()
    {
        OpeningCharacters = ['['];
    }

    /// <summary>The codes that a text cites where no Markdown is read, as in a caption.</summary>
    public static IReadOnlyList<string> CodesIn(string text) => [.. AnywherePattern().Matches(text).SelectMany(match => Codes(match))];

    /// <summary>A text without its citations, for measures of what is read.</summary>
    public static string Without(string text) => AnywherePattern().Replace(text, " ");

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var match = Pattern().Match(slice.Text, slice.Start, slice.Length);
        if (!match.Success)
        {
            return false;
        }

        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        processor.Inline = new Citation(Codes(match))
        {
            Line = line,
            Column = column,
            Span = new(start, start + match.Length - 1),
        };
        slice.Start += match.Length;
        return true;
    }

    private static string[] Codes(Match match) => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"\G\[([A-Z]\d+[a-z]?(?:,\s*[A-Z]\d+[a-z]?)*)\](?![(\[])", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\[([A-Z]\d+[a-z]?(?:,\s*[A-Z]\d+[a-z]?)*)\]", RegexOptions.CultureInvariant)]
    private static partial Regex AnywherePattern();
}

/// <summary>Each code as a link to its line in the list of sources at the lesson's foot.</summary>
internal sealed class CitationRenderer : HtmlObjectRenderer<Citation>
{
    protected override void Write(HtmlRenderer renderer, Citation obj)
    {
        renderer.Write("<span class=\"cite\">[");
        foreach (var (index, code) in obj.Codes.Index())
        {
            renderer.Write(index > 0 ? ", " : "").Write("<a href=\"#source-").Write(code).Write("\">").Write(code).Write("</a>");
        }

        renderer.Write("]</span>");
    }
}

internal sealed class CitationExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.InsertBefore<LinkInlineParser>(new CitationParser());

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => ((HtmlRenderer)renderer).ObjectRenderers.AddIfNotAlready<CitationRenderer>();
}
