using static System.FormattableString;

namespace TrainingPortal.Assessments;

/// <summary>
/// Chooses items by their tags: words with <c>and</c>, <c>or</c>, <c>not</c> and brackets between them, such as
/// <c>depth-map or (zones and not critical)</c>. <c>not</c> binds closest, then <c>and</c>, then <c>or</c>.
/// </summary>
public sealed class TagExpression
{
    /// <summary>Letters of an expression at most.</summary>
    public const int Longest = 200;

    private readonly Func<IReadOnlySet<string>, bool> matches;

    private TagExpression(Func<IReadOnlySet<string>, bool> matches) => this.matches = matches;

    public bool Matches(IReadOnlySet<string> tags) => matches(tags);

    /// <exception cref="FormatException">It cannot be read; the message says where and why.</exception>
    public static TagExpression Parse(string text)
    {
        var words = new Words(text);
        var expression = Either(words);
        return words.Next is { } rest ? throw new FormatException($"'{rest}' is not expected; an expression ends here, or goes on with 'and' or 'or'.") : new TagExpression(expression);
    }

    private static Func<IReadOnlySet<string>, bool> Either(Words words)
    {
        var left = Both(words);
        while (words.Take("or"))
        {
            var (first, second) = (left, Both(words));
            left = tags => first(tags) || second(tags);
        }

        return left;
    }

    private static Func<IReadOnlySet<string>, bool> Both(Words words)
    {
        var left = One(words);
        while (words.Take("and"))
        {
            var (first, second) = (left, One(words));
            left = tags => first(tags) && second(tags);
        }

        return left;
    }

    private static Func<IReadOnlySet<string>, bool> One(Words words)
    {
        if (words.Take("not"))
        {
            var inner = One(words);
            return tags => !inner(tags);
        }

        if (words.Take("("))
        {
            var inner = Either(words);
            return words.Take(")") ? inner : throw new FormatException("A bracket is opened and not closed.");
        }

        var tag = words.Next ?? throw new FormatException("A tag is expected at the end.");
        if (tag is ")" or "and" or "or")
        {
            throw new FormatException($"A tag is expected where '{tag}' stands.");
        }

        words.Take(tag);
        return tags => tags.Contains(tag);
    }

    private sealed class Words
    {
        // Brackets open one level of calls each: so many words at most keep a file from exhausting the stack.
        private const int Most = 100;
        private readonly Queue<string> words;

        public Words(string text)
        {
            words = new Queue<string>(text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            if (words.Count > Most)
            {
                throw new FormatException(Invariant($"An expression has {Most} words at most."));
            }
        }

        public string? Next => words.TryPeek(out var word) ? word : null;

        public bool Take(string word)
        {
            if (Next != word)
            {
                return false;
            }

            words.Dequeue();
            return true;
        }
    }
}
