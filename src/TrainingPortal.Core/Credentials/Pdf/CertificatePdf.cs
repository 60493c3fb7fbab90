namespace TrainingPortal.Credentials.Pdf;

/// <summary>
/// Prints a certificate as a PDF of one page, A4 landscape, tagged for screen readers, with its fonts inside. Equal
/// content and an equal proof give equal bytes as long as the computer's fonts and its .NET stay the same.
/// </summary>
public static class CertificatePdf
{
    /// <summary>Prints with the fonts of this computer.</summary>
    /// <param name="content">What the certificate says.</param>
    /// <param name="proof">The credential to attach and the key to sign the whole file with; null for a plain copy.</param>
    /// <returns>The PDF file.</returns>
    /// <exception cref="ArgumentException">
    /// A text that every certificate has is empty, the address is not absolute http or https of at most 200 ASCII letters, or the instant is not UTC.
    /// </exception>
    /// <exception cref="CertificateNotPrintableException">
    /// No font was found, none has all the letters, or the texts do not fit.
    /// </exception>
    public static byte[] Render(CertificatePdfContent content, CertificateProof? proof = null) => Render(content, SystemFonts.Installed, proof);

    /// <summary>Prints with given fonts; see <see cref="Render(CertificatePdfContent, CertificateProof?)"/>.</summary>
    public static byte[] Render(CertificatePdfContent content, SystemFonts fonts, CertificateProof? proof = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(fonts);
        var prepared = Prepare(content);
        Check(prepared);

        var tags = new DocumentTags();
        var canvas = new PageCanvas(tags);
        new CertificatePage(prepared, fonts, canvas).Draw();
        return Write(prepared, tags, canvas, proof);
    }

    /// <summary>Reads the signed credential out of a file that <see cref="Render(CertificatePdfContent, CertificateProof?)"/> gave.</summary>
    /// <returns>
    /// The compact JWS; null where the file has none, is damaged, or was written anew by another program. Whether the
    /// credential is genuine is for its own signature to say.
    /// </returns>
    public static string? ReadCredential(ReadOnlySpan<byte> file) => CredentialAttachment.Read(file);

    private static CertificatePdfContent Prepare(CertificatePdfContent content) => content with
    {
        Words = new CertificatePdfWords(
            content.Words.Language.Trim(),
            PrintableText.Prepare(content.Words.Heading),
            PrintableText.Prepare(content.Words.BeforeName),
            PrintableText.Prepare(content.Words.BeforeCertification),
            PrintableText.Prepare(content.Words.CoversLabel),
            PrintableText.Prepare(content.Words.ScopeSentence),
            PrintableText.Prepare(content.Words.IssuedLabel),
            PrintableText.Prepare(content.Words.ValidUntilLabel),
            PrintableText.Prepare(content.Words.SerialLabel),
            PrintableText.Prepare(content.Words.CheckLabel),
            content.Words.QrDescription.Trim(),
            PrintableText.Prepare(content.Words.ConvenienceSentence),
            content.Words.CredentialDescription.Trim(),
            content.Words.SignatureDescription.Trim()),
        Issuer = PrintableText.Prepare(content.Issuer),
        HolderName = PrintableText.Prepare(content.HolderName),
        Certification = PrintableText.Prepare(content.Certification),
        Level = PrintableText.Prepare(content.Level),
        Covers = [.. content.Covers.Select(PrintableText.Prepare).Where(line => line.Length > 0)],
        IssuedDate = PrintableText.Prepare(content.IssuedDate),
        ValidUntilDate = PrintableText.Prepare(content.ValidUntilDate),
        Serial = PrintableText.Prepare(content.Serial),
    };

    private static void Check(CertificatePdfContent content)
    {
        var words = content.Words;
        string[] needed =
        [
            words.Language, words.Heading, words.BeforeName, words.BeforeCertification, words.IssuedLabel,
            words.ValidUntilLabel, words.SerialLabel, words.CheckLabel, words.QrDescription, words.ConvenienceSentence,
            words.CredentialDescription, words.SignatureDescription,
            content.Issuer, content.HolderName, content.Certification, content.IssuedDate, content.ValidUntilDate,
            content.Serial, content.DocumentId,
        ];
        if (needed.Any(string.IsNullOrEmpty))
            throw new ArgumentException("A text that every certificate has is empty.", nameof(content));
        // Only ASCII: a letter that merely looks like the portal's own is the oldest way to forge an address.
        // And short: every letter more makes the squares of the QR code smaller.
        const int longestAddress = 200;
        var isWebAddress = content.CheckUrl.Length <= longestAddress
            && Uri.TryCreate(content.CheckUrl, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && content.CheckUrl.All(letter => letter is > ' ' and <= '~');
        if (!isWebAddress)
            throw new ArgumentException("The check page's address must be absolute http or https, in ASCII, at most 200 letters.", nameof(content));
        if (content.CreatedAt.Kind != DateTimeKind.Utc)
            throw new ArgumentException("The instant of creation must be UTC.", nameof(content));
    }

    private static byte[] Write(CertificatePdfContent content, DocumentTags tags, PageCanvas canvas, CertificateProof? proof)
    {
        var writer = new PdfWriter();
        var catalog = writer.Reserve();
        var pages = writer.Reserve();
        var page = writer.Reserve();

        var drawing = writer.AddCompressedStream("", canvas.ToBytes());
        var fonts = string.Join(' ', canvas.Fonts.Select(
            font => $"/{font.ResourceName} {PdfSyntax.Reference(font.WriteTo(writer))}"));
        var language = content.Words.Language;
        var field = proof is null ? null : new SignatureField(writer.Reserve(), content.Words.SignatureDescription);
        var (structure, annotations) = tags.WriteTo(writer, page, language, field);
        var metadata = new DocumentMetadata(
            $"{content.Certification} – {content.HolderName}", content.Issuer, language, content.DocumentId, content.CreatedAt);

        writer.WriteObject(page, $"""
            << /Type /Page /Parent {PdfSyntax.Reference(pages)}
            /MediaBox [0 0 {PdfSyntax.Numbers(CertificatePage.Width, CertificatePage.Height)}]
            /Resources << /Font << {fonts} >> >> /Contents {PdfSyntax.Reference(drawing)}
            /Annots {PdfSyntax.References(annotations)} /StructParents 0 /Tabs /S >>
            """);
        writer.WriteObject(pages, $"<< /Type /Pages /Kids [{PdfSyntax.Reference(page)}] /Count 1 >>");
        var xmp = metadata.WriteXmpTo(writer);
        var proofEntries = proof is null || field is null ? "" : WriteProof(writer, content, proof, field, page);
        writer.WriteObject(catalog, $"""
            << /Type /Catalog /Pages {PdfSyntax.Reference(pages)} /Lang {PdfSyntax.Text(language)}
            /MarkInfo << /Marked true >> /StructTreeRoot {PdfSyntax.Reference(structure)}
            /Metadata {PdfSyntax.Reference(xmp)} /ViewerPreferences << /DisplayDocTitle true >>{proofEntries} >>
            """);
        var information = metadata.WriteInformationTo(writer);
        return proof is null
            ? writer.Finish(catalog, information)
            : DocumentSignature.Fill(writer.Finish(catalog, information), proof.SigningCertificate);
    }

    /// <returns>The entries of the catalog that lead to the credential and the signature.</returns>
    private static string WriteProof(PdfWriter writer, CertificatePdfContent content, CertificateProof proof, SignatureField field, int page)
    {
        var attachment = CredentialAttachment.WriteTo(writer, proof.Credential, content.Words.CredentialDescription, content.CreatedAt);
        var signature = DocumentSignature.WriteTo(writer, content.Issuer, content.CreatedAt);
        field.WriteTo(writer, page, signature);
        // Flags 3: there are signatures, and a program that changes the file may only append to it.
        return $"\n/AF [{PdfSyntax.Reference(attachment)}] /AcroForm << /Fields [{PdfSyntax.Reference(field.ObjectNumber)}] /SigFlags 3 >>"
            + $"\n/Names << /EmbeddedFiles << /Names [{PdfSyntax.Ascii(CredentialAttachment.FileName)} {PdfSyntax.Reference(attachment)}] >> >>";
    }
}
