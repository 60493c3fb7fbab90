using System.Globalization;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using TrainingPortal.Courses;
using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// The body of one lesson: names its faults and makes its HTML. HTML in the text is a fault, and is disabled all the
/// same in what is rendered.
/// </summary>
internal sealed class LessonMarkdown
{
    // Two readings of one text: with HTML enabled, so that it is seen and named; with HTML disabled, to render.
    private static readonly MarkdownPipeline Seeing = Pipeline(new MarkdownPipelineBuilder());
    private static readonly MarkdownPipeline Rendering = Pipeline(new MarkdownPipelineBuilder().DisableHtml());

    private readonly string body;
    private readonly string file;
    private readonly FaultList faults;

    /// <param name="body">Markdown whose line 1 is line 1 of the file, its references filled in and marked.</param>
    /// <param name="file">Its file, for faults.</param>
    /// <param name="faults">Where faults go.</param>
    public LessonMarkdown(string body, string file, FaultList faults)
    {
        this.body = body;
        this.file = file;
        this.faults = faults;
    }

    /// <summary>The HTML with what it embeds, the figures that the lesson shows, by file name, and what it says.</summary>
    /// <param name="figuresAddress">What stands before a figure's file name in its address.</param>
    /// <param name="glossary">The terms that <c>[[glossary]]</c> lists.</param>
    public LessonBody Render(string figuresAddress, IReadOnlyList<GlossaryTerm> glossary)
    {
        NameHtml();
        var document = Markdown.Parse(body, Rendering);
        LessonRules.NameFaults(document, At, faults);
        var embeds = new List<LessonEmbed>();
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Rendering.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new ScrollingTable());
        foreach (var block in document)
        {
            if (block is LeafBlock leaf && LessonEmbeds.In(leaf) is var (kind, name))
            {
                Embed(new LessonEmbed(kind, name, At(block)));
            }
            else if (block is ParagraphBlock paragraph && LessonFigure.In(paragraph) is { } image)
            {
                LessonFigure.Write(renderer, image, figuresAddress);
            }
            else
            {
                renderer.Render(block);
            }
        }

        // An image with a wrong address is a fault already; that its file is missing would only say it again.
        var figures = document.Descendants<LinkInline>()
            .Where(link => link.IsImage && LessonFigure.IsFileName(link.Url ?? ""))
            .Select(image => new PlacedText(image.Url!, At(image)))
            .ToList();
        var html = ProtocolReferences.Plain(writer.ToString().Trim());
        return new LessonBody(html, embeds, figures, LessonText.Statements(document, At));

        void Embed(LessonEmbed embed)
        {
            if (embed.Kind == EmbedKind.Glossary)
            {
                LessonGlossary.Write(renderer, glossary);
            }
            else if (embed.Kind == EmbedKind.DepthSimulator && embeds.FirstOrDefault(other => other.Kind == embed.Kind) is { } first)
            {
                faults.Add(embed.Place, $"The depth simulator stands a second time; {first.Place} has the first, and once a lesson is the most.");
                return;
            }
            else
            {
                renderer.EnsureLine();
                renderer.WriteLine(LessonPart.Mark(embed.Kind == EmbedKind.Case ? LessonPartKind.Case : LessonPartKind.DepthSimulator, embed.Name));
            }

            embeds.Add(embed);
        }
    }

    private static MarkdownPipeline Pipeline(MarkdownPipelineBuilder builder) =>
        builder.Use<CitationExtension>().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePreciseSourceLocation().Build();

    private void NameHtml()
    {
        foreach (var html in Markdown.Parse(body, Seeing).Descendants().Where(node => node is HtmlBlock or HtmlInline))
        {
            faults.Add(At(html), "HTML is not allowed in a lesson; write Markdown, and write a less-than sign that is meant as such as '\\<'.");
        }
    }

    // Counted, since Markdig gives an underlined heading the line under it.
    private FilePlace At(MarkdownObject node) => new(file, 1 + body.AsSpan(0, Math.Max(0, node.Span.Start)).Count('\n'));

    /// <summary>
    /// A table in a box that scrolls sideways on a phone. Alignment becomes a class: the portal's content security policy
    /// takes no style attributes.
    /// </summary>
    private sealed class ScrollingTable : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            foreach (var row in table.OfType<TableRow>())
            {
                foreach (var (column, cell) in row.OfType<TableCell>().Index())
                {
                    if (column < table.ColumnDefinitions.Count && table.ColumnDefinitions[column].Alignment is { } side and not TableColumnAlign.Left)
                    {
                        cell.GetAttributes().AddClass(side == TableColumnAlign.Right ? "align-right" : "align-center");
                    }
                }
            }

            foreach (var column in table.ColumnDefinitions)
            {
                column.Alignment = null;
            }

            renderer.EnsureLine();
            renderer.WriteLine("<div class=\"table-scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }
    }
}
