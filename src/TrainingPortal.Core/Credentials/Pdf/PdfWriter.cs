using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>
/// Writes the objects of a PDF 1.7 file and the table that finds them. The same objects give the same bytes: no clock
/// and no chance take part, and the file's identifier is a digest of what was written.
/// </summary>
internal sealed class PdfWriter
{
    private readonly MemoryStream _file = new();
    private readonly List<long> _offsets = [0];

    public PdfWriter()
    {
        // The four bytes above 127 tell programs that move files about that this one is not text.
        Write("%PDF-1.7\n%");
        _file.Write([0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
    }

    /// <summary>Takes the next object number, so that other objects can refer to it before it is written.</summary>
    public int Reserve()
    {
        _offsets.Add(0);
        return _offsets.Count - 1;
    }

    public int Add(string body)
    {
        var number = Reserve();
        WriteObject(number, body);
        return number;
    }

    public void WriteObject(int number, string body)
    {
        Begin(number);
        Write(body);
        Write("\nendobj\n");
    }

    /// <param name="entries">Entries of the stream's dictionary beside its length and filter.</param>
    /// <param name="data">The content, not compressed.</param>
    public int AddCompressedStream(string entries, byte[] data)
    {
        using var compressed = new MemoryStream();
        using (var deflater = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            deflater.Write(data);
        return AddStream(entries + " /Filter /FlateDecode", compressed.ToArray());
    }

    public int AddStream(string entries, byte[] data)
    {
        var number = Reserve();
        Begin(number);
        Write(string.Create(CultureInfo.InvariantCulture, $"<< {entries} /Length {data.Length} >>\nstream\n"));
        _file.Write(data);
        Write("\nendstream\nendobj\n");
        return number;
    }

    /// <summary>Writes the end of the file and gives the whole of it.</summary>
    public byte[] Finish(int catalog, int information)
    {
        var identifier = Convert.ToHexString(SHA256.HashData(_file.ToArray()).AsSpan(0, 16));
        var tableAt = _file.Length;
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"xref\n0 {_offsets.Count}\n0000000000 65535 f \n");
        foreach (var offset in _offsets.Skip(1))
            table.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        table.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {_offsets.Count} /Root {PdfSyntax.Reference(catalog)}");
        table.Append(CultureInfo.InvariantCulture, $" /Info {PdfSyntax.Reference(information)} /ID [<{identifier}> <{identifier}>] >>\n");
        table.Append(CultureInfo.InvariantCulture, $"startxref\n{tableAt}\n%%EOF\n");
        Write(table.ToString());
        return _file.ToArray();
    }

    private void Begin(int number)
    {
        _offsets[number] = _file.Length;
        Write(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n"));
    }

    private void Write(string text) => _file.Write(Encoding.ASCII.GetBytes(text));
}
