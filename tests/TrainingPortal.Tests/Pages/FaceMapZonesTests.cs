using System.Globalization;
using System.Text.RegularExpressions;
using TrainingPortal.Tests.Support;
using TrainingPortal.Web.Pages.Exams;

namespace TrainingPortal.Tests.Pages;

/// <summary>The drawn face has every zone that a protocol names, each point of it belongs to one zone, and each number points at its own.</summary>
public partial class FaceMapZonesTests
{
    // Points of a curve when it is taken for straight pieces; a shared edge gives both its zones the same points.
    private const int Pieces = 16;

    private static readonly IReadOnlyDictionary<string, Outline> s_outlines = FaceMapZones.All.ToDictionary(shape => shape.Zone, shape => new Outline(shape));

    // As courses/protocols/zones.yaml has them: what is part of the face or of something on it, and what shows below it.
    public static TheoryData<string> ZonesOfTheFace()
    {
        var rows = SourceZone().Matches(File.ReadAllText(RepositoryFolder.Path("courses", "protocols", "zones.yaml")))
            .ToDictionary(match => match.Groups["zone"].Value, match => match.Groups["whole"].Value);
        return [.. rows.Keys.Where(zone => Wholes(zone).Contains("face") || zone is "neck" or "decollete")];

        IEnumerable<string> Wholes(string zone) => rows[zone] is { Length: > 0 } whole ? Wholes(whole).Prepend(whole) : [];
    }

    [Theory]
    [MemberData(nameof(ZonesOfTheFace))]
    public void Every_zone_that_the_protocols_name_on_the_face_is_drawn(string zone) => Assert.NotNull(FaceMapZones.Find(zone));

    [Fact]
    public void Every_shape_is_a_zone_of_the_protocols() =>
        Assert.Equal(ZonesOfTheFace().Select(row => row.Data).Order(), FaceMapZones.All.Select(shape => shape.Zone).Order());

    [Fact]
    public void No_point_belongs_to_two_zones() =>
        Assert.Empty(Grid().Select(point => (point, Zones: ZonesAt(point))).Where(row => row.Zones.Count > 1).Select(row => $"{row.point}: {string.Join(", ", row.Zones)}"));

    // Ears stand off the head, so a line through them leaves it and comes back.
    [Fact]
    public void No_point_of_face_neck_and_decollete_belongs_to_no_zone()
    {
        var gaps = new List<string>();
        foreach (var row in Grid().GroupBy(point => point.Y))
        {
            var covered = row.Select(point => (point.X, In: ZonesAt(point).Any(zone => zone != "ear"))).SkipWhile(point => !point.In).Reverse().SkipWhile(point => !point.In);
            gaps.AddRange(covered.Where(point => !point.In).Select(point => $"{point.X} {row.Key}"));
        }

        Assert.Empty(gaps);
    }

    [Fact]
    public void The_two_halves_of_the_face_mirror_each_other() => Assert.All(
        Grid().Where(point => point.X < FaceMapZones.Width / 2),
        point => Assert.Equal(ZonesAt(point), ZonesAt(point with { X = FaceMapZones.Width - point.X })));

    [Fact]
    public void The_eyelid_lies_within_the_orbital_rim_and_the_skin_around_the_eye_all_round_it()
    {
        var lid = Grid().Where(point => point.X > 200 && s_outlines["eyelid"].Holds(point)).ToList();
        var middle = new Point((lid.Min(point => point.X) + lid.Max(point => point.X)) / 2, (lid.Min(point => point.Y) + lid.Max(point => point.Y)) / 2);
        Assert.All(Enumerable.Range(0, 72), degrees =>
        {
            var ray = Enumerable.Range(0, 60).Select(step => ZonesAt(new Point(middle.X + (step * Math.Cos(degrees * Math.PI / 36)), middle.Y + (step * Math.Sin(degrees * Math.PI / 36)))).FirstOrDefault());
            Assert.Equal(["eyelid", "periorbital-outside-rim"], ray.Distinct().Take(2));
        });
    }

    [Fact]
    public void A_number_lies_in_its_zone_or_its_line_ends_there() => Assert.All(
        FaceMapZones.All,
        shape => Assert.Equal([shape.Zone], ZonesAt(new Point(shape.PointX ?? shape.TagX, shape.PointY ?? shape.TagY))));

    // 64 by 50 units are 57 by 44 px where the drawing is as wide as on a phone of 390 px.
    [Fact]
    public void Targets_of_numbers_do_not_meet()
    {
        foreach (var one in FaceMapZones.All)
        {
            Assert.All(FaceMapZones.All.Where(other => other != one), other =>
                Assert.True(Math.Abs(one.TagX - other.TagX) >= 64 || Math.Abs(one.TagY - other.TagY) >= 50, $"{one.Zone} and {other.Zone}"));
        }
    }

    [Fact]
    public void The_stylesheet_lights_up_and_ticks_as_many_places_as_a_face_has_zones()
    {
        var styles = File.ReadAllText(RepositoryFolder.Path("src", "TrainingPortal", "wwwroot", "app.css"));
        Assert.All(Enumerable.Range(0, FaceMapZones.All.Count), place =>
        {
            Assert.Contains($".face-map:has([data-place=\"{place}\"]:is(:hover, :focus-within, .face-current)) [data-place=\"{place}\"]", styles, StringComparison.Ordinal);
            Assert.Contains($".face-map:has(.face-row[data-place=\"{place}\"] input:checked) .face [data-place=\"{place}\"]", styles, StringComparison.Ordinal);
        });
    }

    // Off the whole numbers, where edges may end.
    private static IEnumerable<Point> Grid() =>
        from y in Enumerable.Range(0, FaceMapZones.Height / 2)
        from x in Enumerable.Range(0, FaceMapZones.Width / 2)
        select new Point((x * 2) + 0.97, (y * 2) + 0.93);

    private static List<string> ZonesAt(Point point) => [.. s_outlines.Where(row => row.Value.Holds(point)).Select(row => row.Key)];

    private readonly record struct Point(double X, double Y);

    private sealed class Outline(FaceMapShape shape)
    {
        private readonly List<(Point From, Point To)> edges = Edges(shape.Path);
        private readonly double top = Edges(shape.Path).Min(edge => edge.From.Y);
        private readonly double bottom = Edges(shape.Path).Max(edge => edge.From.Y);

        // Even-odd, as the drawing fills: how many edges a line to the right crosses.
        public bool Holds(Point point) => Crossings(point) || (shape.Paired && Crossings(point with { X = FaceMapZones.Width - point.X }));

        private bool Crossings(Point point) => point.Y >= top && point.Y <= bottom && edges.Count(edge =>
            edge.From.Y > point.Y != edge.To.Y > point.Y
            && point.X < edge.From.X + ((edge.To.X - edge.From.X) * (point.Y - edge.From.Y) / (edge.To.Y - edge.From.Y))) % 2 == 1;

        private static List<(Point From, Point To)> Edges(string path)
        {
            var edges = new List<(Point, Point)>();
            Point at = default, start = default;
            foreach (Match command in Command().Matches(path))
            {
                var numbers = Number().Matches(command.Groups["numbers"].Value).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
                switch (command.Groups["letter"].Value)
                {
                    case "M":
                        at = start = new Point(numbers[0], numbers[1]);
                        break;
                    case "C":
                        var (a, b, c) = (new Point(numbers[0], numbers[1]), new Point(numbers[2], numbers[3]), new Point(numbers[4], numbers[5]));
                        var points = Enumerable.Range(0, Pieces + 1).Select(piece => On(at, a, b, c, (double)piece / Pieces)).ToList();
                        edges.AddRange(points.Zip(points.Skip(1)));
                        at = c;
                        break;
                    case "Z":
                        edges.Add((at, start));
                        break;
                    default:
                        Assert.Fail($"{command.Value} is neither M, C nor Z.");
                        break;
                }
            }

            return edges;
        }

        private static Point On(Point from, Point a, Point b, Point to, double t)
        {
            var (p, q, r, s) = ((1 - t) * (1 - t) * (1 - t), 3 * (1 - t) * (1 - t) * t, 3 * (1 - t) * t * t, t * t * t);
            return new Point((p * from.X) + (q * a.X) + (r * b.X) + (s * to.X), (p * from.Y) + (q * a.Y) + (r * b.Y) + (s * to.Y));
        }
    }

    [GeneratedRegex(@"\{zone: (?<zone>[\w-]+), name: ""[^""]*""(?:, part-of: (?<whole>[\w-]+))?\}")]
    private static partial Regex SourceZone();

    [GeneratedRegex("(?<letter>[A-Za-z])(?<numbers>[^A-Za-z]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"-?\d+(?:\.\d+)?")]
    private static partial Regex Number();
}
