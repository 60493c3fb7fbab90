using System.Diagnostics;

namespace TrainingPortal.Web.Seeding;

/// <summary>Tells on stderr how far a long verb is, once a second at most.</summary>
/// <param name="what">What is counted.</param>
/// <param name="total">How many there will be.</param>
internal sealed class DemoProgress(string what, int total)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private long told = Stopwatch.GetTimestamp();
    private int done;

    public void Pass(int more = 1)
    {
        done += more;
        if (Stopwatch.GetElapsedTime(told) >= s_pause)
        {
            told = Stopwatch.GetTimestamp();
            Console.Error.WriteLine($"{done} of {total} {what}");
        }
    }
}
