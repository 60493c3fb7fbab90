using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TrainingPortal.Credentials;

/// <summary>Finds the compact signature in the files that carry one: bare, in a PNG or SVG image, or attached to a PDF file.</summary>
public static class CredentialFile
{
    private const string PngKeyword = "openbadgecredential";
    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];
    private static readonly XNamespace s_openBadges = "https://purl.imsglobal.org/ob/v3p0";

    // A badge that unpacks to more is no badge.
    private const int MostBytes = 1 << 20;

    /// <returns>Null where there is none.</returns>
    public static string? Read(byte[] file) => file switch
    {
        _ when file.AsSpan().StartsWith(s_png) => InPng(file),
        _ when file.AsSpan().StartsWith("%PDF-"u8) => InPdf(file),
        _ => Encoding.UTF8.GetString(file).Trim() is ['<', ..] markup ? InSvg(markup) : Bare(file),
    };

    private static string? Bare(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).Trim();
        return JsonWebSignature.Read(text) is null ? null : text;
    }

    private static string? InSvg(string markup)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(markup), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            return XDocument.Load(reader).Descendants(s_openBadges + "credential").FirstOrDefault()?.Attribute("verify")?.Value;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // One uncompressed iTXt: keyword, NUL, two flags, language, NUL, translated keyword, NUL, text.
    private static string? InPng(ReadOnlySpan<byte> png)
    {
        for (var at = s_png.Length; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - 12)
            {
                return null;
            }

            var data = png.Slice(at + 8, (int)length);
            if (png.Slice(at + 4, 4).SequenceEqual("iTXt"u8) && data.StartsWith(Encoding.ASCII.GetBytes(PngKeyword + "\0\0\0")))
            {
                var rest = data[(PngKeyword.Length + 3)..];
                rest = rest[(rest.IndexOf((byte)0) + 1)..];
                return Encoding.UTF8.GetString(rest[(rest.IndexOf((byte)0) + 1)..]);
            }

            at += 12 + (int)length;
        }

        return null;
    }

    // An attachment is a stream, packed or not: it is told from all others by what it holds.
    private static string? InPdf(byte[] pdf)
    {
        for (var at = 0; pdf.AsSpan(at).IndexOf("stream"u8) is >= 0 and var found;)
        {
            var start = at + found + "stream".Length;
            start += pdf.AsSpan(start).StartsWith("\r\n"u8) ? 2 : 1;
            if (start > pdf.Length || pdf.AsSpan(start).IndexOf("endstream"u8) is not (>= 0 and var length))
            {
                return null;
            }

            if ((Bare(pdf.AsSpan(start, length)) ?? Bare(Unpack(pdf, start, length))) is { } jws)
            {
                return jws;
            }

            at = start + length + "endstream".Length;
        }

        return null;
    }

    private static ReadOnlySpan<byte> Unpack(byte[] pdf, int start, int length)
    {
        try
        {
            using var unpacked = new ZLibStream(new MemoryStream(pdf, start, length), CompressionMode.Decompress);
            var bytes = new byte[MostBytes];
            return bytes.AsSpan(0, unpacked.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
