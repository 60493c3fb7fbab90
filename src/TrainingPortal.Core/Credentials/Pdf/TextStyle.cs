namespace TrainingPortal.Credentials.Pdf;

/// <summary>How a text is set.</summary>
/// <param name="Role">The kind of font.</param>
/// <param name="Size">Font size in points.</param>
/// <param name="Colour">Colour as <c>#rrggbb</c>.</param>
/// <param name="LetterSpacing">
/// Extra space after each letter as a part of the font size. Below 0.1, or programs that read the text take the gaps
/// between letters for spaces.
/// </param>
internal sealed record TextStyle(FontRole Role, double Size, string Colour, double LetterSpacing = 0);
