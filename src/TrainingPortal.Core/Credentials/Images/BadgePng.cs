using System.Buffers.Binary;
using System.IO.Compression;

namespace TrainingPortal.Credentials.Images;

/// <summary>The badge as a picture of 600 by 600 points on a transparent ground, without words: they would need a font's outlines.</summary>
public static class BadgePng
{
    private const int Side = BadgeMotif.Side;
    private const int Channels = 4;

    private static readonly Lazy<byte[]> s_picture = new(Paint);

    /// <returns>The file, always the same; a copy that the caller may change.</returns>
    public static byte[] Draw() => [.. s_picture.Value];

    private static byte[] Paint()
    {
        var points = new double[Side * Side * Channels];
        foreach (var stroke in BadgeMotif.Strokes)
            Paint(points, stroke);

        using var compressed = new MemoryStream();
        using (var deflater = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + Side * Channels];
            for (var y = 0; y < Side; y++)
            {
                // The first byte of a row, 0, says that it is not predicted from its neighbours.
                for (var at = 0; at < Side * Channels; at++)
                    row[at + 1] = (byte)Math.Round(points[y * Side * Channels + at] * 255, MidpointRounding.AwayFromZero);
                deflater.Write(row);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        // Eight bits each of red, green, blue and opacity.
        header[8] = 8;
        header[9] = 6;
        return PngChunk.Join([new PngChunk("IHDR", header), new PngChunk("IDAT", compressed.ToArray()), new PngChunk("IEND", [])]);
    }

    private static void Paint(double[] points, BadgeStroke stroke)
    {
        double[] colour =
        [
            Convert.ToInt32(stroke.Colour[1..3], 16) / 255.0,
            Convert.ToInt32(stroke.Colour[3..5], 16) / 255.0,
            Convert.ToInt32(stroke.Colour[5..7], 16) / 255.0,
        ];
        var (left, right) = Span(stroke.FromX, stroke.ToX, stroke.Radius);
        var (top, bottom) = Span(stroke.FromY, stroke.ToY, stroke.Radius);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                // How much of the point lies within, near enough: its middle's distance from the edge.
                var cover = Math.Clamp(stroke.Radius + 0.5 - Distance(stroke, x + 0.5, y + 0.5), 0, 1);
                if (cover > 0)
                    Blend(points.AsSpan((y * Side + x) * Channels, Channels), colour, cover);
            }
        }
    }

    private static void Blend(Span<double> point, double[] colour, double cover)
    {
        var behind = point[3] * (1 - cover);
        var opacity = cover + behind;
        for (var channel = 0; channel < 3; channel++)
            point[channel] = (colour[channel] * cover + point[channel] * behind) / opacity;
        point[3] = opacity;
    }

    private static double Distance(BadgeStroke stroke, double x, double y)
    {
        var (alongX, alongY) = (stroke.ToX - stroke.FromX, stroke.ToY - stroke.FromY);
        var length = alongX * alongX + alongY * alongY;
        var share = length == 0 ? 0 : Math.Clamp(((x - stroke.FromX) * alongX + (y - stroke.FromY) * alongY) / length, 0, 1);
        var (awayX, awayY) = (x - stroke.FromX - share * alongX, y - stroke.FromY - share * alongY);
        return Math.Sqrt(awayX * awayX + awayY * awayY);
    }

    private static (int First, int Last) Span(double from, double to, double radius) => (
        Math.Max(0, (int)Math.Floor(Math.Min(from, to) - radius - 1)),
        Math.Min(Side - 1, (int)Math.Ceiling(Math.Max(from, to) + radius + 1)));
}
