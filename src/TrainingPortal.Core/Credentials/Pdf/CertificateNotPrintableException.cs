namespace TrainingPortal.Credentials.Pdf;

/// <summary>Why a certificate cannot be printed as a PDF on this computer.</summary>
public enum NotPrintableReason
{
    /// <summary>No usable serif or sans font was found in the usual folders.</summary>
    NoFontFound,

    /// <summary>No font that was found has every letter of a text.</summary>
    LetterMissing,

    /// <summary>A letter of a script that must be joined, stacked or read from the right, which the writer does not do.</summary>
    ScriptNotSupported,

    /// <summary>The texts do not fit on the page even at the smallest readable size.</summary>
    TextTooLong,
}

/// <summary>
/// Thrown when a certificate cannot be printed faithfully. The certificate itself is not affected: its page and the
/// check page still serve.
/// </summary>
public sealed class CertificateNotPrintableException : Exception
{
    private CertificateNotPrintableException(NotPrintableReason reason, string sentence, string? letter = null)
        : base(sentence)
    {
        Reason = reason;
        Letter = letter;
    }

    /// <summary>The reason, for a page that says it in the reader's language.</summary>
    public NotPrintableReason Reason { get; }

    /// <summary>The letter that cannot be printed, as text; null where the reason is not about a letter.</summary>
    public string? Letter { get; }

    internal static CertificateNotPrintableException ForNoFont() => new(
        NotPrintableReason.NoFontFound,
        "The certificate cannot be printed as a PDF because no usable font was found on this computer. "
        + "Installing the DejaVu fonts (package fonts-dejavu-core) solves this.");

    internal static CertificateNotPrintableException ForMissingLetter(string letter) => new(
        NotPrintableReason.LetterMissing,
        $"The certificate cannot be printed as a PDF because no font on this computer has {Describe(letter)} "
        + "together with the other letters of the same text. Installing a font that has it solves this.",
        letter);

    internal static CertificateNotPrintableException ForScript(string letter) => new(
        NotPrintableReason.ScriptNotSupported,
        $"The certificate cannot be printed as a PDF because {Describe(letter)} belongs to a script that the PDF "
        + "cannot show correctly yet. The certificate's own page shows it.",
        letter);

    internal static CertificateNotPrintableException ForTooMuchText() => new(
        NotPrintableReason.TextTooLong,
        "The certificate cannot be printed as a PDF because its texts are too long for one page.");

    private static string Describe(string letter)
    {
        var codePoint = char.ConvertToUtf32(letter, 0);
        return FormattableString.Invariant($"the letter “{letter}” (U+{codePoint:X4})");
    }
}
