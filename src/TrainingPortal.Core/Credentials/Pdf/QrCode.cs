using QRCoder;

namespace TrainingPortal.Credentials.Pdf;

/// <summary>A QR code as rectangles, so that it is sharp at every size.</summary>
internal static class QrCode
{
    /// <summary>Modules that must stay white on each side, as ISO/IEC 18004 asks.</summary>
    public const int QuietModules = 4;

    /// <summary>The dark modules, one rectangle per run in a row.</summary>
    /// <param name="text">What a reader gets; any text up to 1,663 bytes.</param>
    /// <param name="left">Left edge of the pattern without its quiet zone, in points.</param>
    /// <param name="bottom">Lower edge of the pattern without its quiet zone, in points.</param>
    /// <param name="side">Side of the pattern without its quiet zone, in points.</param>
    /// <returns>The rectangles in points, and the width of the quiet zone around them in points.</returns>
    public static (List<(double Left, double Bottom, double Width, double Height)> Dark, double QuietZone) Draw(
        string text, double left, double bottom, double side)
    {
        // Level Q survives a quarter of the pattern being lost: paper on a wall gets stained, creased and sun-bleached.
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        var rows = code.ModuleMatrix;
        var modules = rows.Count - 2 * QuietModules;
        var module = side / modules;
        var dark = new List<(double Left, double Bottom, double Width, double Height)>();
        for (var row = 0; row < modules; row++)
        {
            var cells = rows[row + QuietModules];
            for (var column = 0; column < modules; column++)
            {
                var start = column;
                while (column < modules && cells[column + QuietModules])
                    column++;
                if (column > start)
                    dark.Add((left + start * module, bottom + side - (row + 1) * module, (column - start) * module, module));
            }
        }

        return (dark, QuietModules * module);
    }
}
