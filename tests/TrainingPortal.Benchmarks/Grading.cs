using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Assessments.Interactions;
using TrainingPortal.Benchmarks.Bare;
using TrainingPortal.Benchmarks.Figures;
using TrainingPortal.Benchmarks.School;
using TrainingPortal.Jobs;

namespace TrainingPortal.Benchmarks;

/// <summary><c>grading</c>: the job that closes overdue attempts finds ten thousand of them at once.</summary>
internal static class Grading
{
    private const int Items = 66;

    // So many papers are drawn and answered by the real use cases; every other attempt is a copy of one of them.
    private const int Papers = 100;
    private const int WarmUp = 300;
    private static readonly TimeSpan s_later = TimeSpan.FromHours(3);

    public static Command Create()
    {
        var attempts = new Option<int>("--attempts") { Description = "How many are overdue.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("grading", "10,000 overdue attempts of 66 items are graded and closed.") { attempts, Settings.Data, Settings.Output };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(attempts), parsed.GetValue(Settings.Data), parsed.GetValue(Settings.Output), cancellation));
        return command;
    }

    private static async Task RunAsync(int count, DirectoryInfo? data, FileInfo? output, CancellationToken cancellation)
    {
        Settings.RequireRelease();
        await using var school = await BenchmarkSchool.OpenAsync(BenchmarkSchool.LongExam, data, cancellation);
        var machine = MachineFacts.Read(school.Folder);
        await CloseAsync(school, WarmUp, cancellation);
        var job = await CloseAsync(school, count, cancellation);

        await using var copy = school.Copy();
        var file = Path.Combine(copy.Folder, Records.FileName);
        BareTables.Create(file);
        using var bare = new BareGrading(file, BenchmarkSchool.LongExam);
        bare.Fill(WarmUp);
        bare.CloseAll();
        bare.Fill(count);
        Settings.Say("closing as many by hand");
        var since = Stopwatch.GetTimestamp();
        bare.CloseAll();
        var loop = Stopwatch.GetElapsedTime(since);

        new Report("grading", machine)
            .Add("attempts", count, $"of {Items} items")
            .Add("job", Math.Round(job.TotalSeconds, 2), "s")
            .Add("bare loop", Math.Round(loop.TotalSeconds, 2), "s")
            .Add("job to bare", Math.Round(job / loop, 2), "")
            .Write(output);
    }

    private static async Task<TimeSpan> CloseAsync(BenchmarkSchool school, int count, CancellationToken cancellation)
    {
        var people = await school.AddPreparedAsync(count, cancellation);
        var copies = people.Skip(Papers).Select((person, number) => (person.PersonId, Paper: number % Papers)).ToLookup(row => row.Paper, row => row.PersonId);
        foreach (var (number, person) in people.Take(Papers).Index())
        {
            var attempt = await school.Records.StartAsync(person, BenchmarkSchool.LongExam, cancellation);
            await AnswerAsync(school, person, attempt, new Random(number), cancellation);
            school.Records.CopyAttempt(attempt, [.. copies[number]]);
        }

        school.Records.Settle();
        Settings.Say("closing them");
        var since = Stopwatch.GetTimestamp();
        var result = await school.Services.GetRequiredService<RunJob>().RunAsync(JobNames.CloseAttempts, TimeProvider.System.GetUtcNow().UtcDateTime + s_later, cancellation);
        var elapsed = Stopwatch.GetElapsedTime(since);
        return result is { Failure: null } && result.Rows == count
            ? elapsed
            : throw new BenchmarkFailedException($"{count} attempts were overdue, and the job closed {result?.Rows}. {result?.Failure}");
    }

    private static async Task AnswerAsync(BenchmarkSchool school, Actor person, Guid attempt, Random random, CancellationToken cancellation)
    {
        var read = school.Services.GetRequiredService<ReadAttemptPage>();
        var save = school.Services.GetRequiredService<SaveAnswer>();
        for (var slot = 1; slot <= Items; slot++)
        {
            var page = await read.RunAsync(person, attempt, slot, posted: null, cancellation);
            var saved = await save.RunAsync(person, attempt, new PostedAnswer(slot, SomeAnswer(page.Value.Face, random), 0), cancellation);
            if (!saved.Succeeded)
            {
                throw new BenchmarkFailedException($"Answer {slot} was refused: {saved.Refusal}.");
            }
        }
    }

    private static IReadOnlyList<string> SomeAnswer(Face face, Random random) => face switch
    {
        TrueFalseFace claim => [random.Next(2) == 0 ? "true" : "false", $"r{random.Next(claim.Reasons.Count)}"],
        NumberFace number => number.Units.Count > 1 ? ["1", "0"] : ["1"],
        OrderFace order => Numbers(order.Steps.Count, from: 1),
        MatchFace match => Numbers(match.Terms.Count, from: 0),
        DepthMapFace map => [.. map.Zones.Select(_ => random.Next(2) == 0 ? "0.5" : "1")],
        WashOutFace => ["now"],
        ConsultationFace => ["refer"],
        _ => [random.Next(2).ToString(CultureInfo.InvariantCulture)],
    };

    private static string[] Numbers(int count, int from) => [.. Enumerable.Range(from, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
