using System.CommandLine;
using System.Diagnostics;
using TrainingPortal.Benchmarks.Figures;
using TrainingPortal.Benchmarks.Load;
using TrainingPortal.Benchmarks.School;

namespace TrainingPortal.Benchmarks;

/// <summary><c>steady</c>: thousands sit the long exam at the pace of people, and nothing that was acknowledged is lost.</summary>
internal static class Steady
{
    private const int StartWorkers = 8;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_shortestThought = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestThought = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var trainees = new Option<int>("--trainees") { Description = "Who sit the exam at the same time.", DefaultValueFactory = _ => 5000 };
        var minutes = new Option<double>("--minutes") { Description = "How long is measured, after the warm-up.", DefaultValueFactory = _ => 5 };
        var speed = new Option<double>("--speed") { Description = "So many times faster than people think, which is 30 to 60 seconds a question.", DefaultValueFactory = _ => 1 };
        var command = new Command("steady", "5,000 trainees answer question after question.") { trainees, minutes, speed, Settings.Data, Settings.Output };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(trainees),
            TimeSpan.FromMinutes(parsed.GetValue(minutes)),
            parsed.GetValue(speed),
            parsed.GetValue(Settings.Data),
            parsed.GetValue(Settings.Output),
            cancellation));
        return command;
    }

    private static async Task RunAsync(int count, TimeSpan length, double speed, DirectoryInfo? data, FileInfo? output, CancellationToken cancellation)
    {
        Settings.RequireRelease();
        await using var school = await BenchmarkSchool.OpenAsync(BenchmarkSchool.LongExam, data, cancellation);
        var machine = MachineFacts.Read(school.Folder);
        var people = await school.AddTraineesAsync(count, cancellation);
        school.Records.Settle();
        using var portal = ServerProcess.Portal(school);
        using var connections = new Connections(await portal.ServingAsync());
        Trainee[] trainees = [.. people.Select((person, number) => new Trainee(new Visitor(connections, person.Ticket), BenchmarkSchool.LongExam, number))];

        Settings.Say("starting the exam");
        var load = new SteadyLoad(speed);
        await Parallel.ForEachAsync(trainees, new ParallelOptions { MaxDegreeOfParallelism = StartWorkers, CancellationToken = cancellation }, async (trainee, stop) =>
        {
            await trainee.EnterAsync(stop);
            await trainee.StartAsync(load.Taken, stop);
            await trainee.OpenFirstAsync(load.Taken, stop);
        });

        Settings.Say("warming up");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sitting = trainees.Select((trainee, number) => load.SitAsync(trainee, number, over.Token, cancellation)).ToArray();
        var ended = Task.WhenAny(sitting).Unwrap();
        await await Task.WhenAny(Task.Delay(s_warmUp, cancellation), ended);
        load.Taken = new ExamLatencies();
        Settings.Say("measuring");
        var before = portal.Samples().Count;
        var processor = portal.Processor();
        var measured = Stopwatch.GetTimestamp();
        await await Task.WhenAny(Task.Delay(length, cancellation), ended);
        var elapsed = Stopwatch.GetElapsedTime(measured);
        processor = portal.Processor() - processor;
        IReadOnlyList<Sample> samples = [.. portal.Samples().Skip(before)];
        await over.CancelAsync();
        await Task.WhenAll(sitting);

        Settings.Say("comparing what was acknowledged with what is saved");
        var (acknowledged, lost) = await CompareAsync(school, trainees, cancellation);
        new Report("steady", machine)
            .Add("trainees", count, "at the same time")
            .Add("measured", elapsed.TotalMinutes, "minutes")
            .Add("thinking faster than people by", speed, "times")
            .Add("save", load.Taken.Save.Percentiles())
            .Add("page", load.Taken.Page.Percentiles())
            .Add("saves a second", Math.Round(load.Taken.Save.Count / elapsed.TotalSeconds, 1), "")
            .Add("answers acknowledged", acknowledged, "")
            .Add("answers lost", lost, "")
            .Add("working set, least", samples.Min(sample => sample.WorkingSet) >> 20, "MB")
            .Add("working set, most", samples.Max(sample => sample.WorkingSet) >> 20, "MB")
            .Add("working set, at the end", samples[^1].WorkingSet >> 20, "MB")
            .Add("managed heap, most", samples.Max(sample => sample.Heap) >> 20, "MB")
            .Add("managed heap, at the end", samples[^1].Heap >> 20, "MB")
            .Add("allocated a save with its page", (samples[^1].Allocated - samples[0].Allocated) / 1024d / Math.Max(load.Taken.Save.Count, 1), "kB")
            .Add("processor of the portal", Math.Round(100 * processor.TotalSeconds / elapsed.TotalSeconds), "% of a core")
            .AddUnseen("samples a second", samples)
            .Write(output);
    }

    private static async Task<(int Acknowledged, int Lost)> CompareAsync(BenchmarkSchool school, Trainee[] trainees, CancellationToken cancellation)
    {
        var acknowledged = trainees.SelectMany(trainee => trainee.Acknowledged.Select(answer => (Key: (trainee.Attempt, answer.Key), answer.Value))).ToList();
        return (acknowledged.Count, await school.Records.CountLostAsync(acknowledged, cancellation));
    }

    private sealed class SteadyLoad(double speed)
    {
        public ExamLatencies Taken { get; set; } = new();

        public async Task SitAsync(Trainee trainee, int seed, CancellationToken over, CancellationToken cancellation)
        {
            var random = new Random(seed);

            // In the middle of a thought each, so that they do not all answer at once.
            for (var left = random.NextDouble(); await ThinkAsync(Thought(random) * left, over); left = 1)
            {
                if (!await trainee.AnswerAsync(Taken, cancellation))
                {
                    await trainee.StartOverAsync(cancellation);
                }
            }
        }

        private TimeSpan Thought(Random random) => (s_shortestThought + ((s_longestThought - s_shortestThought) * random.NextDouble())) / speed;

        private static async Task<bool> ThinkAsync(TimeSpan thought, CancellationToken over)
        {
            await Task.Delay(thought, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !over.IsCancellationRequested;
        }
    }
}
