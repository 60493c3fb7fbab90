using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TrainingPortal.Benchmarks.Bare;
using TrainingPortal.Benchmarks.Figures;
using TrainingPortal.Benchmarks.School;
using TrainingPortal.Certifications;
using TrainingPortal.Jobs;

namespace TrainingPortal.Benchmarks;

/// <summary><c>reminders</c>: the daily look for certificates whose holders are to be reminded, over a million and over ten thousand.</summary>
internal static class Reminders
{
    private const int Small = 10_000;
    private const int Looks = 50;

    public static Command Create()
    {
        var certificates = new Option<int>("--certificates") { Description = "How many there are.", DefaultValueFactory = _ => 1_000_000 };
        var due = new Option<int>("--due") { Description = "How many of them are due.", DefaultValueFactory = _ => 2_000 };
        var command = new Command("reminders", "The reminder job over 1,000,000 certificates, 2,000 of them due.") { certificates, due, Settings.Data, Settings.Output };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(certificates), parsed.GetValue(due), parsed.GetValue(Settings.Data), parsed.GetValue(Settings.Output), cancellation));
        return command;
    }

    private static async Task RunAsync(int count, int due, DirectoryInfo? data, FileInfo? output, CancellationToken cancellation)
    {
        Settings.RequireRelease();
        var few = await MeasureAsync(Small, due, data, cancellation);
        var many = await MeasureAsync(count, due, data, cancellation);
        new Report("reminders", many.Machine)
            .Add("certificates", count, $"written in {many.Filling.TotalSeconds:0} s")
            .Add("due", due, "")
            .Add("job", Math.Round(many.Job.Elapsed.TotalSeconds, 3), "s")
            .Add("job, processor time", Math.Round(many.Job.Processor.TotalSeconds, 3), "s")
            .Add("with nothing due", many.Nothing)
            .Add("job over 10,000", Math.Round(few.Job.Elapsed.TotalSeconds, 3), "s")
            .Add("with nothing due over 10,000", few.Nothing)
            .Add("many to few", Math.Round(many.Job.Elapsed / few.Job.Elapsed, 2), "")
            .Add("bare", Math.Round(many.Bare.Elapsed.TotalSeconds, 3), "s")
            .Add("job to bare", Math.Round(many.Job.Elapsed / many.Bare.Elapsed, 2), "")
            .Add("job to bare, processor time", Math.Round(many.Job.Processor / many.Bare.Processor, 2), "")
            .Write(output);
    }

    private static async Task<Measured> MeasureAsync(int count, int due, DirectoryInfo? data, CancellationToken cancellation)
    {
        await using var school = await BenchmarkSchool.OpenAsync(BenchmarkSchool.ShortExam, data, cancellation);
        var machine = MachineFacts.Read(school.Folder);
        Settings.Say(string.Create(CultureInfo.InvariantCulture, $"writing {count} certificates"));
        var since = Stopwatch.GetTimestamp();
        await school.AddInBulkAsync(count);
        var filling = Stopwatch.GetElapsedTime(since);
        using var records = new BareReminders(Path.Combine(school.Folder, Records.FileName));
        school.Records.Settle();

        // Once before, so that nothing is done for the first time below.
        var job = school.Services.GetServices<IPortalJob>().OfType<SendRenewalReminders>().Single();
        await RemindAsync(job, records.MakeDue(200), 200, cancellation);
        var instant = records.MakeDue(due);
        Settings.Say("reminding");
        var reminding = await Work.OfAsync(() => RemindAsync(job, instant, due, cancellation));
        var nothing = new Latencies();
        for (var look = 0; look < Looks; look++)
        {
            var began = Stopwatch.GetTimestamp();
            await RemindAsync(job, instant, 0, cancellation);
            nothing.AddSince(began);
        }

        instant = records.MakeDue(due);
        var reminded = 0;
        var bare = Work.Of(() => reminded = records.RemindAll(instant));
        return reminded == due
            ? new Measured(machine, filling, reminding, nothing.Percentiles(), bare)
            : throw new BenchmarkFailedException($"{due} were due, and by hand {reminded} were reminded of.");
    }

    private static async Task RemindAsync(SendRenewalReminders job, DateTime now, int due, CancellationToken cancellation)
    {
        if (await job.RunAsync(now, cancellation) is var reminded && reminded != due)
        {
            throw new BenchmarkFailedException($"{due} were due, and the job reminded of {reminded}.");
        }
    }

    private sealed record Measured(MachineFacts Machine, TimeSpan Filling, Work Job, Percentiles Nothing, Work Bare);
}
