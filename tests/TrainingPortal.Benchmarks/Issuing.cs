using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TrainingPortal.Benchmarks.Bare;
using TrainingPortal.Benchmarks.Figures;
using TrainingPortal.Benchmarks.School;
using TrainingPortal.Jobs;

namespace TrainingPortal.Benchmarks;

/// <summary><c>issuing</c>: the job that makes certificates finds ten thousand passes at once.</summary>
internal static class Issuing
{
    private const int WarmUp = 300;

    public static Command Create()
    {
        var passes = new Option<int>("--passes") { Description = "How many passes have no certificate yet.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("issuing", "10,000 passes get their certificates, signed.") { passes, Settings.Data, Settings.Output };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(passes), parsed.GetValue(Settings.Data), parsed.GetValue(Settings.Output), cancellation));
        return command;
    }

    private static async Task RunAsync(int count, DirectoryInfo? data, FileInfo? output, CancellationToken cancellation)
    {
        Settings.RequireRelease();
        await using var school = await BenchmarkSchool.OpenAsync(BenchmarkSchool.ShortExam, data, cancellation);
        var machine = MachineFacts.Read(school.Folder);
        await school.AddPassesAsync(WarmUp, cancellation);
        await IssueAsync(school, WarmUp, cancellation);
        await school.AddPassesAsync(count, cancellation);
        await using var copy = school.Copy();

        Settings.Say("issuing them");
        using var statements = new StatementCount("INSERT INTO \"Certificates\"", count / 4);
        var job = await Work.OfAsync(() => IssueAsync(school, count, cancellation));
        var (sent, quarter, end) = (statements.Statements, statements.Sample, Environment.WorkingSet);

        Settings.Say("issuing as many by hand");
        using var bare = new BareIssuing(Path.Combine(copy.Folder, Records.FileName));
        var made = 0;
        var byHand = Work.Of(() => made = bare.IssueAll());
        if (made != count)
        {
            throw new BenchmarkFailedException($"{count} passes had no certificate, and by hand {made} were made.");
        }

        new Report("issuing", machine)
            .Add("certificates", count, "signed with RSA of 3072 bits")
            .Add("a second", Math.Round(count / job.Elapsed.TotalSeconds, 1), "")
            .Add("a second of processor time", Math.Round(count / job.Processor.TotalSeconds, 1), "")
            .Add("statements for each", Math.Round((double)sent / count, 2), "")
            .Add("memory at a quarter", quarter >> 20, "MB")
            .Add("memory at the end", end >> 20, "MB")
            .Add("bare, a second", Math.Round(count / byHand.Elapsed.TotalSeconds, 1), "")
            .Add("job to bare", Math.Round(job.Elapsed / byHand.Elapsed, 2), "")
            .Add("job to bare, processor time", Math.Round(job.Processor / byHand.Processor, 2), "")
            .Write(output);
    }

    private static async Task IssueAsync(BenchmarkSchool school, int count, CancellationToken cancellation)
    {
        var result = await school.Services.GetRequiredService<RunJob>().RunAsync(JobNames.Issue, asOf: null, cancellation);
        if (result is not { Failure: null } || result.Rows != count)
        {
            throw new BenchmarkFailedException($"{count} passes had no certificate, and the job made {result?.Rows}. {result?.Failure}");
        }
    }
}
