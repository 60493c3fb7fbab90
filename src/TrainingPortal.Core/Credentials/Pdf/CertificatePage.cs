namespace TrainingPortal.Credentials.Pdf;

/// <summary>Lays out the one page: A4 landscape, 297 by 210 mm. Lengths here are points unless they say mm.</summary>
internal sealed class CertificatePage(CertificatePdfContent content, SystemFonts fonts, PageCanvas canvas)
{
    public const double Width = 297 * Millimetre;
    public const double Height = 210 * Millimetre;

    private const double Millimetre = 72 / 25.4;
    private const double Middle = Width / 2;
    private const double Margin = 25 * Millimetre;
    private const double BodyTop = Height - 32.5 * Millimetre;
    private const double BodyBottom = 66 * Millimetre;
    private const double BodyWidth = Width - 2 * Margin - 20 * Millimetre;
    private const double FactsTop = 56 * Millimetre;
    private const double SecondFactTop = FactsTop - 14.5 * Millimetre;
    private const double QrSide = 28 * Millimetre;

    // What needs smaller print than this is refused: it could not be read from paper.
    private const double SmallestSize = 6.5;

    private const string Ink = "#22302f";
    private const string Quiet = "#566260";
    private const string Teal = "#0f6b6b";
    private const string PaleTeal = "#b9d3d1";
    private const string Clay = "#b4532a";
    private const string Paper = "#fdfaf5";
    private const string Sand = "#e9dcca";

    private static readonly TextStyle s_label = new(FontRole.SansBold, 8, Clay, 0.03);

    // Set in one face where one has all their letters, so that a name with a rare letter does not stand apart.
    private readonly string _serifTexts = string.Concat(
        content.Words.Heading, content.HolderName, content.Certification, content.IssuedDate, content.ValidUntilDate, content.Serial);

    /// <exception cref="CertificateNotPrintableException">The texts do not fit, or cannot be set.</exception>
    public void Draw()
    {
        canvas.Ornament(DrawFrame);
        DrawBody();
        DrawFacts();
        DrawCheck();
    }

    private void DrawFrame()
    {
        const double inner = 11.5 * Millimetre;
        canvas.FillRectangles([(inner, inner, Width - 2 * inner, Height - 2 * inner)], Paper);
        DrawRipples(inner, Height - inner);
        DrawRipples(Width - inner, Height - inner);
        StrokeFrame(9.5, 1.2, Teal);
        StrokeFrame(11.5, 0.4, PaleTeal);
        canvas.FillRectangles([(Margin, FactsTop + 6.5 * Millimetre, Width - 2 * Margin, 0.5)], Sand);
        DrawNeedleHead(Middle, Height - 23.5 * Millimetre, 5 * Millimetre);
    }

    /// <summary>A cartridge seen from the front: needle points in rings, the middle one marked.</summary>
    private void DrawNeedleHead(double x, double y, double radius)
    {
        canvas.FillDots([(x, y)], radius * 0.13, Clay);
        for (var ring = 1; ring <= 3; ring++)
            DrawRing(x, y, radius * ring / 3, ring * 6, radius * (0.12 - ring * 0.018), Teal);
    }

    /// <summary>Rings of points around a corner of the frame, fainter as they widen.</summary>
    private void DrawRipples(double x, double y)
    {
        for (var ring = 1; ring <= 9; ring++)
            DrawRing(x, y, ring * 4.4 * Millimetre, ring * 12, 1.75 - ring * 0.15, Sand);
    }

    private void DrawRing(double x, double y, double radius, int points, double pointRadius, string colour)
    {
        const double inset = 12 * Millimetre;
        var centres = Enumerable.Range(0, points)
            .Select(point => Math.SinCos(2 * Math.PI * (point + 0.5) / points))
            .Select(angle => (X: x + angle.Cos * radius, Y: y + angle.Sin * radius))
            .Where(centre => centre.X > inset && centre.X < Width - inset && centre.Y > inset && centre.Y < Height - inset);
        canvas.FillDots(centres, pointRadius, colour);
    }

    private void StrokeFrame(double insetInMillimetres, double lineWidth, string colour)
    {
        var inset = insetInMillimetres * Millimetre;
        canvas.StrokeRectangle(new PageArea(inset, inset, Width - inset, Height - inset), lineWidth, colour);
    }

    private void DrawBody()
    {
        // Ordinary texts fit as designed. Long ones first give up white space, then size, down to three fifths.
        const double smallestScale = 0.6;
        const double leastOfGaps = 0.8;
        for (var scale = 1.0; scale >= smallestScale; scale -= 0.05)
        {
            var parts = BodyParts(scale);
            var textHeight = parts.Sum(part => part.Block.Height);
            var gaps = parts.Sum(part => part.GapAbove);
            var room = BodyTop - BodyBottom;
            if (textHeight + gaps * leastOfGaps > room)
                continue;

            // The issuer stays with the emblem above it; white space that is left goes around all the rest.
            var stretch = Math.Min(1.35, (room - textHeight) / gaps);
            var spare = (room - textHeight - gaps * stretch) / 2;
            var top = BodyTop;
            for (var index = 0; index < parts.Count; index++)
            {
                var part = parts[index];
                top -= part.GapAbove * stretch + (index == 1 ? spare : 0);
                var place = top;
                canvas.Paragraph(part.Tag, () => part.Block.Draw(canvas, Middle, 0.5, place));
                top -= part.Block.Height;
            }

            return;
        }

        throw CertificateNotPrintableException.ForTooMuchText();
    }

    private List<BodyPart> BodyParts(double scale)
    {
        var words = content.Words;
        var parts = new List<BodyPart>();
        Add("P", content.Issuer, new TextStyle(FontRole.SansBold, 10, Teal, 0.06), 0);
        Add("H1", words.Heading, new TextStyle(FontRole.Serif, 25, Teal), 13);
        Add("P", words.BeforeName, new TextStyle(FontRole.Sans, 10, Quiet), 19);
        parts.Add(new BodyPart("P", Name(scale), 13 * scale));
        Add("P", words.BeforeCertification, new TextStyle(FontRole.Sans, 10, Quiet), 17);
        var certification = new TextStyle(FontRole.Serif, 23 * scale, Teal);
        parts.Add(new BodyPart("P", FitOrRefuse(content.Certification, certification, BodyWidth, 2, 13 * scale), 13 * scale));
        Add("P", content.Level, new TextStyle(FontRole.SansBold, 10, Clay, 0.04), 10);
        if (content.Covers.Count > 0)
        {
            var list = new TextStyle(FontRole.Sans, 9.5 * scale, Ink);
            var listFont = FontFor(list.Role, string.Join(TextBlock.ListSeparator, content.Covers));
            Add("P", words.CoversLabel, s_label, 19);
            parts.Add(new BodyPart("P", TextBlock.WrapList(listFont, list, content.Covers, BodyWidth), 5 * scale));
        }

        Add("P", words.ScopeSentence, new TextStyle(FontRole.Sans, 8.5, Quiet), 9);
        return parts;

        void Add(string tag, string text, TextStyle style, double gapAbove)
        {
            if (text.Length == 0)
                return;
            var scaled = style with { Size = style.Size * scale };
            var block = TextBlock.Wrap(FontFor(style.Role, text), scaled, text, BodyWidth);
            parts.Add(new BodyPart(tag, block, gapAbove * scale));
        }
    }

    private TextBlock Name(double scale)
    {
        const double smallestOnOneLine = 24;
        const double smallest = 13;
        var font = FontFor(FontRole.Serif, content.HolderName);
        var style = new TextStyle(FontRole.Serif, 40 * scale, Ink);
        const double width = Width - 2 * Margin;
        return TextBlock.Fit(font, style, content.HolderName, width, 1, smallestOnOneLine * scale)
            ?? TextBlock.Fit(font, style with { Size = 28 * scale }, content.HolderName, width, 2, smallest * scale)
            ?? throw CertificateNotPrintableException.ForTooMuchText();
    }

    private void DrawFacts()
    {
        var words = content.Words;
        const double width = 70 * Millimetre;
        DrawFact(words.IssuedLabel, content.IssuedDate, Margin, 0, FactsTop, width);
        DrawFact(words.ValidUntilLabel, content.ValidUntilDate, Margin, 0, SecondFactTop, width);
    }

    private void DrawCheck()
    {
        var words = content.Words;
        var left = Width - Margin - QrSide;
        var bottom = FactsTop - QrSide;
        var (dark, quietZone) = QrCode.Draw(content.CheckUrl, left, bottom, QrSide);

        var textRight = left - quietZone - 1.5 * Millimetre;
        const double width = 112 * Millimetre;
        DrawFact(words.SerialLabel, content.Serial, textRight, 1, FactsTop, width);
        DrawAddress(textRight, SecondFactTop, width);
        canvas.Figure(words.QrDescription, new PageArea(left, bottom, left + QrSide, bottom + QrSide), () =>
        {
            var white = QrSide + 2 * quietZone;
            canvas.FillRectangles([(left - quietZone, bottom - quietZone, white, white)], "#ffffff");
            canvas.FillRectangles(dark, "#000000");
        });

        var sentence = FitOrRefuse(words.ConvenienceSentence, new TextStyle(FontRole.Sans, 8, Quiet), Width - 2 * Margin, 2, SmallestSize);
        canvas.Paragraph("P", () => sentence.Draw(canvas, Middle, 0.5, 20 * Millimetre));
    }

    /// <summary>A label in small letters and what it is about below it.</summary>
    private void DrawFact(string label, string value, double anchor, double alignment, double top, double width)
    {
        var labelBlock = FitOrRefuse(label, s_label, width, 1, SmallestSize);
        var valueBlock = FitOrRefuse(value, new TextStyle(FontRole.Serif, 13, Ink), width, 1, SmallestSize);
        canvas.Paragraph("P", () =>
        {
            labelBlock.Draw(canvas, anchor, alignment, top, textFollows: true);
            valueBlock.Draw(canvas, anchor, alignment, top - 12);
        });
    }

    private void DrawAddress(double right, double top, double width)
    {
        var label = FitOrRefuse(content.Words.CheckLabel, s_label, width, 1, SmallestSize);
        var address = FitOrRefuse(content.CheckUrl, new TextStyle(FontRole.Sans, 9, Teal), width, 2, SmallestSize);
        var addressTop = top - 13;
        var area = new PageArea(right - address.Width, addressTop - address.Height, right, addressTop);
        canvas.Paragraph("P", () => label.Draw(canvas, right, 1, top));
        canvas.Link(
            content.Words.CheckLabel + " " + content.CheckUrl, content.CheckUrl, area, () => address.Draw(canvas, right, 1, addressTop));
    }

    private TextBlock FitOrRefuse(string text, TextStyle style, double width, int mostLines, double smallest) =>
        TextBlock.Fit(FontFor(style.Role, text), style, text, width, mostLines, smallest)
        ?? throw CertificateNotPrintableException.ForTooMuchText();

    private TrueTypeFont FontFor(FontRole role, string text) =>
        fonts.FontFor(role, text, role == FontRole.Serif ? _serifTexts : "");

    private sealed record BodyPart(string Tag, TextBlock Block, double GapAbove);
}
