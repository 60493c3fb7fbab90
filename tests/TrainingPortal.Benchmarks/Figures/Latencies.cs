using System.Diagnostics;

namespace TrainingPortal.Benchmarks.Figures;

/// <summary>Durations of one kind of request, in milliseconds; may be added to from any thread.</summary>
internal sealed class Latencies
{
    private readonly Lock gate = new();
    private readonly List<float> taken = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return taken.Count;
            }
        }
    }

    /// <param name="since">A timestamp of <see cref="Stopwatch"/>.</param>
    public void AddSince(long since)
    {
        var elapsed = (float)Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        lock (gate)
        {
            taken.Add(elapsed);
        }
    }

    public Percentiles Percentiles()
    {
        float[] sorted;
        lock (gate)
        {
            sorted = [.. taken];
        }

        Array.Sort(sorted);
        return new Percentiles(sorted.Length, At(sorted, 0.5), At(sorted, 0.95), At(sorted, 0.99), At(sorted, 1));
    }

    // The smallest duration that this share of all did not exceed.
    private static double At(float[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * share) - 1)], 2);
}

/// <summary>Milliseconds.</summary>
internal sealed record Percentiles(int Count, double P50, double P95, double P99, double Max);
