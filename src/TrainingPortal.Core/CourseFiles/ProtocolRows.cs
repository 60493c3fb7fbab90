using TrainingPortal.Protocols;
using static System.FormattableString;

namespace TrainingPortal.CourseFiles;

/// <summary>What the readers of protocol files share: rows, where each comes from, and limits. Every file is optional.</summary>
internal sealed class ProtocolRows(CourseFileSet files, FaultList faults)
{
    private const decimal LongestMm = 10;

    /// <summary>Every source that a row cites, for the check that it exists.</summary>
    public List<PlacedText> Cited { get; } = [];

    public FaultList Faults => faults;

    /// <summary>The rows of one list of a file, each read to its end; none where there is no such file.</summary>
    public List<T> Read<T>(string path, string list, Func<YamlFields, T> row) => Open(path) is { } file ? Rest(file, list, row) : [];

    /// <summary>The file's own fields, for a reader that asks for more than one list; the reader calls <c>End</c>.</summary>
    public YamlFields? Open(string path) =>
        files.Has(path) && files.Text(path, faults) is { } text ? YamlTree.Read(text, path, faults) : null;

    public List<T> List<T>(YamlFields file, string list, Func<YamlFields, T> row) =>
        [.. file.Maps(list).Select(fields =>
        {
            var read = row(fields);
            fields.End();
            return read;
        })];

    public List<string> Sources(YamlFields fields)
    {
        var codes = SourceCodes.Read(fields, faults);
        Cited.AddRange(codes);
        return [.. codes.Select(code => code.Text)];
    }

    /// <param name="basis">None: the row says it; else every row of the file has this basis.</param>
    /// <param name="quality">The row says its quality.</param>
    public RowOrigin Origin(YamlFields fields, RowBasis? basis = null, bool quality = false) => new(
        Sources(fields),
        fields.Day("verified"),
        basis ?? fields.Choice("basis", ("source", RowBasis.Source), ("course", RowBasis.Course)) ?? RowBasis.Source,
        quality ? fields.Choice("quality", ("primary", RowQuality.Primary), ("secondary", RowQuality.Secondary), ("unverified", RowQuality.Unverified)) : null);

    /// <summary><c>{mm: 1.5, includes: true}</c>.</summary>
    public static DepthLimit? Limit(YamlFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var limit = new DepthLimit(Micrometres(fields, "mm"), fields.Flag("includes"));
        fields.End();
        return limit;
    }

    /// <summary><c>{from: 0.25, to: 0.5}</c>.</summary>
    /// <param name="fields">None where the key is optional and not given.</param>
    /// <param name="upTo">From may be 0, which means "up to".</param>
    public DepthRange? Range(YamlFields? fields, bool upTo = false)
    {
        if (fields is null)
        {
            return null;
        }

        var range = new DepthRange(Micrometres(fields, "from", mayBeZero: upTo), Micrometres(fields, "to"));
        fields.End();
        if (range.To > 0 && range.From > range.To)
        {
            faults.Add(fields.PlaceOf("from"), Invariant($"'from' is {range.From / 1000m} mm and 'to' is {range.To / 1000m} mm; 'from' must not be greater than 'to'."));
        }

        return range;
    }

    /// <summary>Three decimals of a millimetre are whole micrometres.</summary>
    public static int Micrometres(YamlFields fields, string key, bool mayBeZero = false) =>
        (int)(fields.Number(key, LongestMm, decimals: 3, mayBeZero) * 1000);

    /// <summary>A fault for a code that another file or list does not have; nothing is judged where that list is empty.</summary>
    public void Known(PlacedText code, IReadOnlyCollection<string> known, string what)
    {
        if (code.Text.Length > 0 && known.Count > 0 && !known.Contains(code.Text))
        {
            faults.Add(code.Place, $"There is no {what} '{code.Text}'; there are {string.Join(", ", known)}.");
        }
    }

    private List<T> Rest<T>(YamlFields file, string list, Func<YamlFields, T> row)
    {
        var rows = List(file, list, row);
        file.End();
        return rows;
    }
}
