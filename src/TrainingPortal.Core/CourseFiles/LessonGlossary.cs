using Markdig.Renderers;
using TrainingPortal.Protocols;

namespace TrainingPortal.CourseFiles;

/// <summary>The words of the trade, in the order of the alphabet, as a list of terms and meanings.</summary>
internal static class LessonGlossary
{
    public static void Write(HtmlRenderer renderer, IReadOnlyList<GlossaryTerm> glossary)
    {
        renderer.EnsureLine();
        renderer.WriteLine("<dl class=\"glossary\">");
        foreach (var term in glossary.OrderBy(term => term.Term, StringComparer.OrdinalIgnoreCase))
        {
            renderer.Write("<dt>").WriteEscape(term.Term).Write("</dt><dd>").WriteEscape(term.Meaning);
            if (term.Sources.Count > 0)
            {
                renderer.Write(" <span class=\"cite\">[").WriteEscape(string.Join(", ", term.Sources)).Write("]</span>");
            }

            renderer.WriteLine("</dd>");
        }

        renderer.WriteLine("</dl>");
    }
}
