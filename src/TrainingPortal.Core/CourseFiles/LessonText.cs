using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace TrainingPortal.CourseFiles;

/// <summary>A lesson's body: its HTML and what a check of the lesson asks for.</summary>
/// <param name="Html">With a mark where something is embedded.</param>
/// <param name="Embeds">In their order.</param>
/// <param name="Figures">The drawings it shows, by file name.</param>
/// <param name="Statements">What it says, in its order.</param>
internal sealed record LessonBody(
    string Html, IReadOnlyList<LessonEmbed> Embeds, IReadOnlyList<PlacedText> Figures, IReadOnlyList<LessonStatement> Statements);

/// <summary>A paragraph, a heading, an entry of a list, a row of a table or a figure's two texts.</summary>
/// <param name="Place">Where it starts.</param>
/// <param name="Text">The letters without marks of Markdown; references are filled in and marked.</param>
/// <param name="Cited">Codes of the sources cited in it.</param>
/// <param name="Prose">False for a figure and a row of a table: they are not read as sentences.</param>
/// <param name="IsFigure">A figure's text alternative and caption: no words of the lesson.</param>
public sealed record LessonStatement(FilePlace Place, string Text, IReadOnlyList<string> Cited, bool Prose, bool IsFigure = false);

/// <summary>Takes a lesson apart into the statements that stand or fall by one citation.</summary>
internal static class LessonText
{
    public static IReadOnlyList<LessonStatement> Statements(MarkdownDocument document, Func<MarkdownObject, FilePlace> at)
    {
        var statements = new List<LessonStatement>();
        Walk(document);
        return statements;

        void Walk(ContainerBlock container)
        {
            foreach (var block in container)
            {
                switch (block)
                {
                    case TableRow row:
                        statements.Add(Together(row, prose: false));
                        break;
                    case ListItemBlock entry when entry.All(child => child is LeafBlock):
                        statements.Add(Together(entry, prose: true));
                        break;
                    case ContainerBlock inner:
                        Walk(inner);
                        break;
                    case ParagraphBlock paragraph when LessonFigure.In(paragraph) is { } image:
                        var title = image.Title ?? "";
                        statements.Add(new LessonStatement(at(block), $"{LessonRules.WrittenText(image)} {title}", CitationParser.CodesIn(title), Prose: false, IsFigure: true));
                        break;
                    case LeafBlock leaf when LessonEmbeds.In(leaf) is null && leaf.Inline is { } content:
                        statements.Add(new LessonStatement(at(block), LessonRules.WrittenText(content), Codes(leaf), Prose: true));
                        break;
                    default:
                        break;
                }
            }
        }

        LessonStatement Together(ContainerBlock container, bool prose)
        {
            var text = new StringBuilder();
            foreach (var leaf in container.Descendants<LeafBlock>())
            {
                text.Append(LessonRules.WrittenText(leaf.Inline)).Append(' ');
            }

            return new LessonStatement(at(container), text.ToString().Trim(), Codes(container), prose);
        }
    }

    private static List<string> Codes(MarkdownObject within) => within switch
    {
        LeafBlock leaf => [.. leaf.Inline?.Descendants<Citation>().SelectMany(citation => citation.Codes) ?? []],
        _ => [.. within.Descendants<Citation>().SelectMany(citation => citation.Codes)],
    };
}
