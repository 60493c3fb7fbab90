using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace TrainingPortal.CourseFiles;

public enum EmbedKind
{
    DepthSimulator,
    Case,
    Glossary,
}

/// <summary>What a lesson embeds: <c>[[depth-simulator]]</c>, <c>[[case: name]]</c> or <c>[[glossary]]</c>, alone in a paragraph.</summary>
/// <param name="Name">Of a case; else empty.</param>
public sealed record LessonEmbed(EmbedKind Kind, string Name, FilePlace Place);

internal static partial class LessonEmbeds
{
    public const string Expected = "[[depth-simulator]], [[case: name]] or [[glossary]]";

    /// <summary>What a paragraph outside lists, quotes and tables embeds, if that is all it says.</summary>
    public static (EmbedKind Kind, string Name)? In(LeafBlock block)
    {
        if (block is not ParagraphBlock { Parent: MarkdownDocument })
        {
            return null;
        }

        return LessonRules.WrittenText(block.Inline).Trim() switch
        {
            "[[depth-simulator]]" => (EmbedKind.DepthSimulator, ""),
            "[[glossary]]" => (EmbedKind.Glossary, ""),
            var text when CasePattern().Match(text) is { Success: true } match => (EmbedKind.Case, match.Groups[1].Value),
            _ => null,
        };
    }

    [GeneratedRegex("^\\[\\[case: ?([a-z0-9]+(?:-[a-z0-9]+)*)\\]\\]\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CasePattern();
}
