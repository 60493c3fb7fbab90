using System.CommandLine;
using System.Diagnostics;
using TrainingPortal.Benchmarks.Bare;
using TrainingPortal.Benchmarks.Figures;
using TrainingPortal.Benchmarks.Load;
using TrainingPortal.Benchmarks.School;

namespace TrainingPortal.Benchmarks;

/// <summary><c>attempts</c>: whole attempts of 20 answers, one a page, as fast as the machine goes; and the same with nothing but SQL.</summary>
internal static class Attempts
{
    private const int RequestsOfAnAttempt = 45;

    public static Command Create()
    {
        var workers = new Option<int>("--workers") { Description = "Who sit an attempt at the same time, one after the other.", DefaultValueFactory = _ => 16 };
        var seconds = new Option<int>("--seconds") { Description = "How long is measured.", DefaultValueFactory = _ => 60 };
        var warmUp = new Option<int>("--warm-up") { Description = "Seconds of the same load before.", DefaultValueFactory = _ => 40 };
        var trainees = new Option<int>("--trainees") { Description = "Who sit one attempt each; the run ends with the last of them.", DefaultValueFactory = _ => 8000 };
        var command = new Command("attempts", "Whole attempts of 20 answers a minute, and the ratio to a bare server.") { workers, warmUp, seconds, trainees, Settings.Data, Settings.Output };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(workers),
            TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
            TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            parsed.GetValue(trainees),
            parsed.GetValue(Settings.Data),
            parsed.GetValue(Settings.Output),
            cancellation));
        return command;
    }

    private static async Task RunAsync(int workers, TimeSpan warmUp, TimeSpan length, int count, DirectoryInfo? data, FileInfo? output, CancellationToken cancellation)
    {
        Settings.RequireRelease();
        await using var school = await BenchmarkSchool.OpenAsync(BenchmarkSchool.ShortExam, data, cancellation);
        var machine = MachineFacts.Read(school.Folder);
        var people = await school.AddTraineesAsync(count, cancellation);
        await using var copy = school.Copy();
        BareTables.Create(Path.Combine(copy.Folder, Records.FileName));

        var report = new Report("attempts", machine).Add("workers", workers, "");
        double bare;
        using (var server = ServerProcess.Bare(copy))
        {
            // On the bare server anyone may sit as often as they like.
            bare = await MeasureAsync("bare", server, [.. people.Select(person => BareServer.CookieOf(person.Actor.PersonId))], again: true, workers, warmUp, length, report, cancellation);
        }

        using var portal = ServerProcess.Portal(school);
        var real = await MeasureAsync("portal", portal, [.. people.Select(person => person.Ticket)], again: false, workers, warmUp, length, report, cancellation);
        report.Add("portal to bare", Math.Round(real / bare, 3), "").Write(output);
    }

    private static async Task<double> MeasureAsync(
        string name,
        ServerProcess server,
        string[] cookies,
        bool again,
        int workers,
        TimeSpan warmUp,
        TimeSpan length,
        Report report,
        CancellationToken cancellation)
    {
        Settings.Say($"{name}: warming up, then measuring");
        using var connections = new Connections(await server.ServingAsync());
        var loop = new ClosedLoop(connections, cookies, again);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var working = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => loop.WorkAsync(over.Token, cancellation)));
        await await Task.WhenAny(working, Task.Delay(warmUp, cancellation));
        var taken = loop.Taken = new ExamLatencies();
        var processor = server.Processor();
        using var self = Process.GetCurrentProcess();
        var ownProcessor = self.TotalProcessorTime;
        var measured = Stopwatch.GetTimestamp();
        await await Task.WhenAny(working, Task.Delay(length, cancellation));
        var elapsed = Stopwatch.GetElapsedTime(measured);
        processor = server.Processor() - processor;
        self.Refresh();
        ownProcessor = self.TotalProcessorTime - ownProcessor;
        var whole = taken.Result.Count;
        await over.CancelAsync();
        await working;
        if (whole == 0)
        {
            throw new BenchmarkFailedException("No attempt was finished while it was measured: there were too few trainees.");
        }

        var minute = whole / elapsed.TotalMinutes;
        report
            .Add($"{name}: attempts a minute", Math.Round(minute), "")
            .Add($"{name}: start", taken.Start.Percentiles())
            .Add($"{name}: page", taken.Page.Percentiles())
            .Add($"{name}: save", taken.Save.Percentiles())
            .Add($"{name}: hand in", taken.Submit.Percentiles())
            .Add($"{name}: result", taken.Result.Percentiles())
            .Add($"{name}: processor of the server", Math.Round(processor.TotalMilliseconds / (whole * RequestsOfAnAttempt), 3), "ms a request")
            .Add($"{name}: processor of the load", Math.Round(ownProcessor.TotalMilliseconds / (whole * RequestsOfAnAttempt), 3), "ms a request");
        return minute;
    }

    private sealed class ClosedLoop(Connections connections, string[] cookies, bool again)
    {
        private int next = -1;

        public ExamLatencies Taken { get; set; } = new();

        public async Task WorkAsync(CancellationToken over, CancellationToken cancellation)
        {
            while (!over.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref next);
                if (number >= cookies.Length && !again)
                {
                    return;
                }

                var trainee = new Trainee(new Visitor(connections, cookies[number % cookies.Length]), BenchmarkSchool.ShortExam, number);
                await trainee.EnterAsync(cancellation);
                await trainee.StartAsync(Taken, cancellation);
                await trainee.OpenFirstAsync(Taken, cancellation);
                while (await trainee.AnswerAsync(Taken, cancellation))
                {
                }

                await trainee.HandInAsync(Taken, cancellation);
            }
        }
    }
}
