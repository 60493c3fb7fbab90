namespace TrainingPortal.Credentials.Images;

/// <summary>A line with round ends; a dot where both ends are one place. Lengths are in units of the badge, 600 wide, from the upper left corner.</summary>
/// <param name="Radius">Half the line's width.</param>
/// <param name="Colour">Written <c>#rrggbb</c>.</param>
internal readonly record struct BadgeStroke(double FromX, double FromY, double ToX, double ToY, double Radius, string Colour);

/// <summary>The needle array of the certificate's page, as strokes from the back to the front.</summary>
internal static class BadgeMotif
{
    public const int Side = 600;

    public const string Ink = "#22302f";
    public const string Teal = "#0f6b6b";
    public const string Clay = "#b4532a";

    private const double Middle = Side / 2.0;
    private const string PaleTeal = "#b9d3d1";
    private const string Paper = "#fdfaf5";
    private const string Sand = "#e9dcca";

    public static IReadOnlyList<BadgeStroke> Strokes { get; } = [.. Draw()];

    private static IEnumerable<BadgeStroke> Draw()
    {
        yield return Dot(Middle, Middle, 294, Teal);
        yield return Dot(Middle, Middle, 282, Paper);
        yield return Dot(Middle, Middle, 274, PaleTeal);
        yield return Dot(Middle, Middle, 271, Paper);
        foreach (var dot in Ring(Middle, Middle, 250, 72, 4.5, Sand))
            yield return dot;

        // A cartridge from the front: the middle needle marked, the others in rings.
        const double headY = 250;
        yield return Dot(Middle, headY, 17, Clay);
        for (var ring = 1; ring <= 4; ring++)
        {
            foreach (var dot in Ring(Middle, headY, ring * 38, ring * 6, 13.5 - ring * 1.5, Teal))
                yield return dot;
        }

        // The same cartridge from the side, in skin: the needles end at different depths.
        yield return new BadgeStroke(235, 432, 365, 432, 6, Teal);
        double[] depths = [462, 478, 494, 478, 462];
        foreach (var (number, depth) in depths.Index())
            yield return new BadgeStroke(250 + number * 25, 438, 250 + number * 25, depth, 3.5, number == 2 ? Clay : Teal);
        yield return new BadgeStroke(205, 456, 395, 456, 1.5, Clay);
    }

    private static IEnumerable<BadgeStroke> Ring(double x, double y, double radius, int points, double pointRadius, string colour) =>
        Enumerable.Range(0, points)
            .Select(point => Math.SinCos(2 * Math.PI * (point + 0.5) / points))
            .Select(angle => Dot(x + angle.Cos * radius, y + angle.Sin * radius, pointRadius, colour));

    private static BadgeStroke Dot(double x, double y, double radius, string colour) => new(x, y, x, y, radius, colour);
}
