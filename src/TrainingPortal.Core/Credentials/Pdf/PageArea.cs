namespace TrainingPortal.Credentials.Pdf;

/// <summary>A rectangle on the page, in points from the lower left corner.</summary>
internal readonly record struct PageArea(double Left, double Bottom, double Right, double Top)
{
    /// <summary>The four numbers as PDF writes a rectangle.</summary>
    public override string ToString() => PdfSyntax.Numbers(Left, Bottom, Right, Top);
}
