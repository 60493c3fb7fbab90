using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>The signed credential as a file within the file.</summary>
internal static partial class CredentialAttachment
{
    public const string FileName = "credential.jwt";

    /// <summary>Writes the credential, not compressed: what is signed text should be found by programs that know no PDF.</summary>
    /// <returns>The object number of the file's description, for the catalog.</returns>
    public static int WriteTo(PdfWriter writer, string credential, string description, DateTime createdAt)
    {
        var data = Encoding.ASCII.GetBytes(credential);
        var instant = PdfSyntax.Date(createdAt);
        var size = PdfSyntax.Number(data.Length);
        // #2F is a slash, which cannot stand in a name of PDF.
        var file = writer.AddStream(
            $"/Type /EmbeddedFile /Subtype /application#2Fvc+jwt /Params << /Size {size} /CreationDate {instant} /ModDate {instant} >>", data);
        return writer.Add($"""
            << /Type /Filespec /F {PdfSyntax.Ascii(FileName)} /UF {PdfSyntax.Text(FileName)} /Desc {PdfSyntax.Text(description)}
            /AFRelationship /Data /EF << /F {PdfSyntax.Reference(file)} /UF {PdfSyntax.Reference(file)} >> >>
            """);
    }

    /// <returns>The credential, or null; see <see cref="CertificatePdf.ReadCredential"/>.</returns>
    public static string? Read(ReadOnlySpan<byte> file)
    {
        // Latin-1 keeps a letter for a byte, so places in the text are places in the file.
        var text = Encoding.Latin1.GetString(file);
        var end = EndOfFile().Match(text);
        if (!end.Success || !int.TryParse(end.Groups["table"].Value, CultureInfo.InvariantCulture, out var table) || table >= text.Length)
            return null;

        if (ObjectNamed(end) is not { } catalog
            || ObjectNamed(AttachmentEntry().Match(catalog)) is not { } description
            || ObjectNamed(FileEntry().Match(description)) is not { } stored)
        {
            return null;
        }

        var stream = StreamStart().Match(stored);
        return stream.Success
            && int.TryParse(stream.Groups["length"].Value, CultureInfo.InvariantCulture, out var length)
            && length <= stored.Length - stream.Index - stream.Length
            ? stored.Substring(stream.Index + stream.Length, length)
            : null;

        // The object that an entry refers to, found by the file's table, whose lines are of one length.
        string? ObjectNamed(Match entry)
        {
            const string head = "xref\n0 ";
            const int lineLength = 20;
            if (!entry.Success || !int.TryParse(entry.Groups["object"].Value, CultureInfo.InvariantCulture, out var number))
                return null;
            var firstLine = text.IndexOf('\n', Math.Min(table + head.Length, text.Length - 1)) + 1;
            var line = firstLine + (long)number * lineLength;
            if (string.CompareOrdinal(text, table, head, 0, head.Length) != 0
                || line > text.Length - lineLength
                || !int.TryParse(text.AsSpan((int)line, 10), CultureInfo.InvariantCulture, out var at)
                || at >= text.Length)
            {
                return null;
            }

            var start = string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n");
            return string.CompareOrdinal(text, at, start, 0, start.Length) == 0 ? text[(at + start.Length)..] : null;
        }
    }

    [GeneratedRegex(@"trailer\n<< /Size \d+ /Root (?<object>\d+) 0 R [^\n]*\nstartxref\n(?<table>\d{1,9})\n%%EOF\n\z")]
    private static partial Regex EndOfFile();

    [GeneratedRegex(@"\A<< /Type /Catalog (?:(?!endobj).)*?/AF \[(?<object>\d+) 0 R\]", RegexOptions.Singleline)]
    private static partial Regex AttachmentEntry();

    [GeneratedRegex(@"\A<< /Type /Filespec (?:(?!endobj).)*?/EF << /F (?<object>\d+) 0 R", RegexOptions.Singleline)]
    private static partial Regex FileEntry();

    [GeneratedRegex(@"\A<< /Type /EmbeddedFile [^\n]* /Length (?<length>\d+) >>\nstream\n")]
    private static partial Regex StreamStart();
}
