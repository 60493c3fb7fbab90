namespace TrainingPortal.Credentials.Pdf;

/// <summary>The form field that holds the signature. It takes no room on the page: what is printed proves nothing.</summary>
internal sealed class SignatureField(int objectNumber, string description)
{
    public int ObjectNumber { get; } = objectNumber;

    /// <summary>What screen readers say of it.</summary>
    public string Description { get; } = description;

    /// <summary>The key by which its tag is found; known once the tags are written.</summary>
    public int ParentKey { get; set; }

    /// <param name="writer">Where to.</param>
    /// <param name="page">The object number of the page.</param>
    /// <param name="signature">The object number of the signature.</param>
    public void WriteTo(PdfWriter writer, int page, int signature) =>
        // Flags 132: it is printed with the page, and cannot be moved or removed by hand.
        writer.WriteObject(ObjectNumber, $"""
            << /Type /Annot /Subtype /Widget /FT /Sig /Rect [0 0 0 0] /F 132 /P {PdfSyntax.Reference(page)}
            /T (Signature) /TU {PdfSyntax.Text(Description)} /Contents {PdfSyntax.Text(Description)}
            /V {PdfSyntax.Reference(signature)} /StructParent {PdfSyntax.Number(ParentKey)} >>
            """);
}
