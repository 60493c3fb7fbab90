using System.Text.RegularExpressions;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// The Flesch–Kincaid grade of a text: 0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid and others, 1975).
/// Words of the trade are left out, since a reader learns them here; syllables are counted by rule, as every such measure does.
/// </summary>
public sealed partial class ReadingLevel
{
    private readonly Regex? glossary;

    /// <param name="terms">The words that are left out, with their other forms.</param>
    public ReadingLevel(IEnumerable<string> terms)
    {
        // The longest first, so that "stratum corneum" is found before a word of it.
        var words = terms.Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(term => term.Length).Select(Regex.Escape).ToList();
        glossary = words.Count == 0
            ? null
            : new Regex($@"\b(?:{string.Join('|', words)})s?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
    }

    /// <param name="sentences">Pieces of text that each end a sentence, whether or not a full stop does.</param>
    /// <returns>The grade, 0 for a text without words.</returns>
    public double Grade(IEnumerable<string> sentences)
    {
        var (sentenceCount, words, syllables) = (0, 0, 0);
        foreach (var piece in sentences)
        {
            var text = CitationParser.Without(glossary?.Replace(piece, " ") ?? piece);
            foreach (var sentence in SentenceEnd().Split(text))
            {
                var found = WordPattern().Matches(sentence);
                words += found.Count;
                syllables += found.Sum(word => Syllables(word.Value));
                sentenceCount += found.Count > 0 ? 1 : 0;
            }
        }

        return words == 0 ? 0 : (0.39 * words / sentenceCount) + (11.8 * syllables / words) - 15.59;
    }

    /// <summary>Groups of vowels; a silent e at the end is not counted, and every word has one.</summary>
    public static int Syllables(string word)
    {
        var groups = VowelGroup().Count(word);
        var silent = SilentEnd().IsMatch(word) ? 1 : 0;
        return Math.Max(1, groups - silent);
    }

    [GeneratedRegex(@"[.!?]+(?=\s|$)|\n+", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[\p{L}][\p{L}'’]*", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();

    [GeneratedRegex("[aeiouy]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VowelGroup();

    [GeneratedRegex("(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$|(?:[^aeiouysxzl]|[aeiouy]l|[^c]h)es$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SilentEnd();
}
