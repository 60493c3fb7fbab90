using System.Globalization;
using System.Security;
using System.Text;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>Says what the document is, for programs that list or archive it: once in XMP and once the older way.</summary>
internal sealed record DocumentMetadata(string Title, string Author, string Language, string Identifier, DateTime CreatedAt)
{
    private const string Producer = "Training Portal";

    /// <returns>The object number of the XMP packet.</returns>
    public int WriteXmpTo(PdfWriter writer)
    {
        var instant = CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var packet = $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
            <dc:format>application/pdf</dc:format>
            <dc:identifier>{Escaped(Identifier)}</dc:identifier>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Escaped(Title)}</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>{Escaped(Author)}</rdf:li></rdf:Seq></dc:creator>
            <dc:language><rdf:Bag><rdf:li>{Escaped(Language)}</rdf:li></rdf:Bag></dc:language>
            <xmp:CreateDate>{instant}</xmp:CreateDate>
            <xmp:ModifyDate>{instant}</xmp:ModifyDate>
            <pdf:Producer>{Producer}</pdf:Producer>
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """.ReplaceLineEndings("\n");
        // Not compressed, so that programs that know nothing of PDF find it too.
        return writer.AddStream("/Type /Metadata /Subtype /XML", Encoding.UTF8.GetBytes(packet));
    }

    /// <returns>The object number of the information dictionary.</returns>
    public int WriteInformationTo(PdfWriter writer)
    {
        var instant = PdfSyntax.Date(CreatedAt);
        return writer.Add($"""
            << /Title {PdfSyntax.Text(Title)} /Author {PdfSyntax.Text(Author)} /Producer {PdfSyntax.Text(Producer)}
            /CreationDate {instant} /ModDate {instant} >>
            """);
    }

    private static string Escaped(string text) => SecurityElement.Escape(text);
}
