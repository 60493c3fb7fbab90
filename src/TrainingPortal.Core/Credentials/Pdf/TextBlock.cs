namespace TrainingPortal.Credentials.Pdf;

/// <summary>A text broken into lines that fit a width. All lengths are points.</summary>
internal sealed class TextBlock
{
    /// <summary>What stands between two items of a list on the same line.</summary>
    public const string ListSeparator = "  ·  ";

    private const double CapitalHeight = 0.72;
    private const double Descent = 0.22;
    private const double Leading = 1.32;

    private readonly TrueTypeFont _font;
    private readonly TextStyle _style;
    private readonly List<Line> _lines;

    private TextBlock(TrueTypeFont font, TextStyle style, List<Line> lines)
    {
        _font = font;
        _style = style;
        _lines = lines;
    }

    /// <summary>What stays together on a line, and what stands between it and the next on the same line.</summary>
    private readonly record struct Piece(string Text, string Glue);

    /// <summary>One line, and whether a word ends with it.</summary>
    private readonly record struct Line(string Text, bool EndsWord);

    public int LineCount => _lines.Count;

    /// <summary>Width of the longest line.</summary>
    public double Width => Widest(_lines, _font, _style);

    /// <summary>From the top of the first line's capitals to the foot of the last line's letters.</summary>
    public double Height => _style.Size * (CapitalHeight + Descent + (_lines.Count - 1) * Leading);

    /// <summary>Breaks a text between words into as few lines as fit, of about the same length.</summary>
    public static TextBlock Wrap(TrueTypeFont font, TextStyle style, string text, double width) =>
        Break(font, style, Words(text, " "), width);

    /// <summary>Breaks a list between its items; a dot stands between two items of a line.</summary>
    public static TextBlock WrapList(TrueTypeFont font, TextStyle style, IEnumerable<string> items, double width) =>
        Break(font, style, items.SelectMany(item =>
            Measure(font, style, item) <= width ? [new Piece(item, ListSeparator)] : Words(item, ListSeparator)), width);

    /// <summary>Sets a text in at most so many lines, as large as fits between its style's size and the smallest.</summary>
    /// <returns>Null if it does not fit even at the smallest size.</returns>
    public static TextBlock? Fit(TrueTypeFont font, TextStyle style, string text, double width, int mostLines, double smallest)
    {
        const double step = 0.5;
        for (var size = style.Size; size >= smallest; size -= step)
        {
            var block = Wrap(font, style with { Size = size }, text, width);
            if (block.LineCount <= mostLines)
                return block;
        }

        return null;
    }

    /// <summary>Draws the lines below a height, from a left edge (0), around a middle (0.5) or up to a right edge (1).</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="anchor">The edge or middle.</param>
    /// <param name="alignment">Which of the three the anchor is.</param>
    /// <param name="top">Height of the top of the first line's capitals.</param>
    /// <param name="textFollows">True if more text of the same paragraph follows the last line.</param>
    public void Draw(PageCanvas canvas, double anchor, double alignment, double top, bool textFollows = false)
    {
        var baseline = top - _style.Size * CapitalHeight;
        for (var index = 0; index < _lines.Count; index++)
        {
            var line = _lines[index];
            var left = anchor - Measure(_font, _style, line.Text) * alignment;
            // The space after a line is not seen; it keeps words apart for programs that read the text.
            var text = line.EndsWord && (textFollows || index < _lines.Count - 1) ? line.Text + " " : line.Text;
            canvas.Text(_font, _style.Size, _style.Size * _style.LetterSpacing, _style.Colour, left, baseline, text);
            baseline -= _style.Size * Leading;
        }
    }

    private static TextBlock Break(TrueTypeFont font, TextStyle style, IEnumerable<Piece> whole, double width)
    {
        var pieces = whole.SelectMany(piece => CutToWidth(font, style, piece, width)).ToList();
        var lines = BreakGreedily(font, style, pieces, width);
        if (lines.Count == 1)
            return new TextBlock(font, style, lines);

        // Greedy breaking leaves a short last line; the narrowest width with as many lines evens them out.
        var (tooNarrow, wideEnough) = (width / 2, width);
        while (wideEnough - tooNarrow > 2)
        {
            var middle = (tooNarrow + wideEnough) / 2;
            var evened = BreakGreedily(font, style, pieces, middle);
            if (evened.Count > lines.Count || Widest(evened, font, style) > middle)
                tooNarrow = middle;
            else
                wideEnough = middle;
        }

        return new TextBlock(font, style, BreakGreedily(font, style, pieces, wideEnough));
    }

    private static List<Line> BreakGreedily(TrueTypeFont font, TextStyle style, List<Piece> pieces, double width)
    {
        var lines = new List<Line>();
        var line = pieces[0].Text;
        var glue = pieces[0].Glue;
        foreach (var piece in pieces.Skip(1))
        {
            var longer = line + glue + piece.Text;
            if (Measure(font, style, longer) > width)
            {
                lines.Add(new Line(line, glue.Length > 0));
                line = piece.Text;
            }
            else
            {
                line = longer;
            }

            glue = piece.Glue;
        }

        lines.Add(new Line(line, true));
        return lines;
    }

    private static IEnumerable<Piece> Words(string text, string lastGlue)
    {
        var words = text.Split(' ');
        return words.Select((word, index) => new Piece(word, index < words.Length - 1 ? " " : lastGlue));
    }

    /// <summary>Cuts a word that is wider than a line: after a hyphen or slash if it can be, else between letters.</summary>
    private static IEnumerable<Piece> CutToWidth(TrueTypeFont font, TextStyle style, Piece piece, double width)
    {
        var rest = piece.Text;
        while (Measure(font, style, rest) > width)
        {
            var (fitting, afterSlash, afterHyphen) = (0, 0, 0);
            foreach (var letter in rest.EnumerateRunes())
            {
                var next = fitting + letter.Utf16SequenceLength;
                if (fitting > 0 && Measure(font, style, rest[..next]) > width)
                    break;
                fitting = next;
                if (letter.Value == '/')
                    afterSlash = fitting;
                if (letter.Value == '-')
                    afterHyphen = fitting;
            }

            var cut = afterSlash > fitting / 2 ? afterSlash : afterHyphen > fitting / 2 ? afterHyphen : fitting;
            yield return new Piece(rest[..cut], "");
            rest = rest[cut..];
        }

        if (rest.Length > 0)
            yield return piece with { Text = rest };
    }

    private static double Widest(List<Line> lines, TrueTypeFont font, TextStyle style) =>
        lines.Max(line => Measure(font, style, line.Text));

    private static double Measure(TrueTypeFont font, TextStyle style, string text)
    {
        var thousandths = 0;
        var letters = 0;
        var previous = 0;
        foreach (var letter in text.EnumerateRunes())
        {
            var glyph = font.GlyphFor(letter);
            thousandths += font.WidthOf(glyph) + font.KerningBetween(previous, glyph);
            letters++;
            previous = glyph;
        }

        // No letter follows the last one, so its extra space does not count.
        return style.Size * (thousandths / 1000.0 + style.LetterSpacing * Math.Max(0, letters - 1));
    }
}
