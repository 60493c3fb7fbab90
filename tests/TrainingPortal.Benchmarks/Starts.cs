using System.CommandLine;
using System.Diagnostics;
using TrainingPortal.Benchmarks.Figures;
using TrainingPortal.Benchmarks.Load;
using TrainingPortal.Benchmarks.School;

namespace TrainingPortal.Benchmarks;

/// <summary><c>starts</c>: a whole class presses the start button within one second.</summary>
internal static class Starts
{
    private const int WarmUp = 1000;
    private const int WarmUpWorkers = 8;

    public static Command Create()
    {
        var trainees = new Option<int>("--trainees") { Description = "Who start within the second.", DefaultValueFactory = _ => 500 };
        var command = new Command("starts", "500 trainees start a 66-item exam within one second.") { trainees, Settings.Data, Settings.Output };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(trainees), parsed.GetValue(Settings.Data), parsed.GetValue(Settings.Output), cancellation));
        return command;
    }

    private static async Task RunAsync(int count, DirectoryInfo? data, FileInfo? output, CancellationToken cancellation)
    {
        Settings.RequireRelease();
        await using var school = await BenchmarkSchool.OpenAsync(BenchmarkSchool.LongExam, data, cancellation);
        var machine = MachineFacts.Read(school.Folder);
        var people = await school.AddTraineesAsync(count + WarmUp, cancellation);
        school.Records.Settle();
        using var portal = ServerProcess.Portal(school);
        using var connections = new Connections(await portal.ServingAsync());
        Trainee[] all = [.. people.Select((person, number) => new Trainee(new Visitor(connections, person.Ticket), BenchmarkSchool.LongExam, number))];

        Settings.Say("warming up");
        var warm = new ExamLatencies();
        await Parallel.ForEachAsync(all[count..], Workers(cancellation), async (trainee, stop) =>
        {
            await trainee.EnterAsync(stop);
            await trainee.StartAsync(warm, stop);
            await trainee.OpenFirstAsync(warm, stop);
            await trainee.AnswerAsync(warm, stop);
        });
        await Parallel.ForEachAsync(all[..count], Workers(cancellation), async (trainee, stop) => await trainee.EnterAsync(stop));

        Settings.Say("measuring");
        var taken = new ExamLatencies();
        var processor = portal.Processor();
        var beginning = Stopwatch.GetTimestamp();
        await Task.WhenAll(all[..count].Select((trainee, number) => StartAsync(trainee, beginning + (Stopwatch.Frequency * number / count), taken, cancellation)));
        var elapsed = Stopwatch.GetElapsedTime(beginning);
        processor = portal.Processor() - processor;

        var (open, _) = await school.Records.CountAsync(BenchmarkSchool.LongExam, cancellation);
        if (open != count + WarmUp)
        {
            throw new BenchmarkFailedException($"{count + WarmUp} started, and the database has {open} open attempts.");
        }

        new Report("starts", machine)
            .Add("started", count, "of as many")
            .Add("start", taken.Start.Percentiles())
            .Add("first page", taken.FirstPage.Percentiles())
            .Add("from the first press to the last page", Math.Round(elapsed.TotalMilliseconds), "ms")
            .Add("processor of the portal", Math.Round(processor.TotalMilliseconds), "ms")
            .Write(output);
    }

    // Measured from when the trainee meant to press, whatever kept the load from being sent.
    private static async Task StartAsync(Trainee trainee, long at, ExamLatencies taken, CancellationToken cancellation)
    {
        var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancellation);
        }

        await trainee.StartAsync(taken, cancellation, since: at);
        await trainee.OpenFirstAsync(taken, cancellation);
    }

    private static ParallelOptions Workers(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = WarmUpWorkers, CancellationToken = cancellation };
}
