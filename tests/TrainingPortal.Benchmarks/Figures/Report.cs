using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TrainingPortal.Benchmarks.Figures;

/// <summary>The figures of one run: a table for people, and JSON with the machine's facts for whoever compares runs.</summary>
internal sealed class Report(string benchmark, MachineFacts machine)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly Dictionary<string, object> figures = [];
    private readonly List<(string Name, string Value)> lines = [];

    public Report Add(string name, double value, string unit)
    {
        figures[name] = value;
        lines.Add((name, string.Create(CultureInfo.InvariantCulture, $"{value:#,0.##} {unit}")));
        return this;
    }

    public Report Add(string name, Percentiles taken)
    {
        figures[name] = taken;
        lines.Add((name, string.Create(CultureInfo.InvariantCulture, $"p50 {taken.P50:0.0}   p95 {taken.P95:0.0}   p99 {taken.P99:0.0}   max {taken.Max:0.0} ms   ({taken.Count:#,0})")));
        return this;
    }

    /// <summary>For the JSON only, such as a series of samples.</summary>
    public Report AddUnseen(string name, object value)
    {
        figures[name] = value;
        return this;
    }

    /// <param name="output">The file of the JSON, or none.</param>
    public void Write(FileInfo? output)
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{benchmark} ({machine.Cores} cores, {machine.Processor}, {machine.Runtime}, flush p50 {machine.Flush.P50:0.00} ms)"));
        var width = lines.Max(line => line.Name.Length);
        foreach (var (name, value) in lines)
        {
            Console.WriteLine($"  {name.PadRight(width)}  {value}");
        }

        if (output is not null)
        {
            File.WriteAllText(output.FullName, JsonSerializer.Serialize(new { Benchmark = benchmark, At = TimeProvider.System.GetUtcNow(), Machine = machine, Figures = figures }, s_json) + "\n");
        }
    }
}
