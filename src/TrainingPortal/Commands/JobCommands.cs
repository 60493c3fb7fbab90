using System.CommandLine;
using System.Globalization;
using TrainingPortal.Jobs;
using TrainingPortal.Web.Hosting;
using TrainingPortal.Web.Jobs;

namespace TrainingPortal.Web.Commands;

/// <summary><c>jobs list</c> and <c>jobs run</c>.</summary>
internal static class JobCommands
{
    public static Command Create() => new("jobs", "Lists the jobs, or runs one now.") { List(), Run() };

    private static Command List()
    {
        var command = new Command("list", "The jobs and how often each runs by itself.");
        command.SetAction(_ =>
        {
            foreach (var (name, every, at) in Schedule.All)
            {
                Console.WriteLine(at is { } time
                    ? string.Create(CultureInfo.InvariantCulture, $"{name,-20} every day at {time:HH:mm}")
                    : string.Create(CultureInfo.InvariantCulture, $"{name,-20} every {every:c}"));
            }

            return 0;
        });
        return command;
    }

    private static Command Run()
    {
        var name = new Argument<string>("name") { Description = "One of those that \"jobs list\" names." };
        var asOf = new Option<string?>("--as-of") { Description = "Decide as if it were this instant, such as 2027-03-01 or 2027-03-01T09:00:00Z." };
        var whatIf = new Option<bool>("--what-if") { Description = "Only list what it would do: nothing is written and nothing is sent." };
        var command = new Command("run", "Runs a job now and delivers the mail it leaves. A second run does nothing twice.") { name, asOf, whatIf };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            var instant = ReadInstant(parsed.GetValue(asOf));
            await using var app = PortalHost.Build([.. parsed.UnmatchedTokens], serving: false);
            await PortalDatabase.MigrateAsync(app.Services, dryRun: false, cancellation);
            var jobs = app.Services.GetRequiredService<RunJob>();
            var wanted = parsed.GetValue(name)!;
            if (parsed.GetValue(whatIf))
            {
                return await PreviewAsync(app.Services.GetRequiredService<PreviewJob>(), wanted, instant, cancellation);
            }

            var result = await jobs.RunAsync(wanted, instant, JobAsker.Verb, cancellation)
                ?? throw new StartRefusedException($"There is no job {wanted}; known are {string.Join(", ", jobs.Names)}.");
            Report(wanted, result);
            if (wanted != JobNames.DeliverMail && result.Rows > 0)
            {
                Report(JobNames.DeliverMail, (await jobs.RunAsync(JobNames.DeliverMail, asOf: null, JobAsker.Verb, cancellation))!);
            }

            return result.Failure is null ? 0 : 1;
        });
        return command;
    }

    private static async Task<int> PreviewAsync(PreviewJob preview, string wanted, DateTime? instant, CancellationToken cancellation)
    {
        var due = await preview.RunAsync(wanted, instant, cancellation)
            ?? throw new StartRefusedException($"{wanted} cannot say beforehand what it would do; these can: {string.Join(", ", preview.Names)}.");
        foreach (var line in due.Lines)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.DueAt:yyyy-MM-dd'T'HH:mm:ss'Z'}  {line.Who}  {line.What}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wanted}: {due.Total} due, {due.Lines.Count} listed, nothing done"));
        return 0;
    }

    private static DateTime? ReadInstant(string? typed)
    {
        if (typed is null)
        {
            return null;
        }

        return DateTime.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new StartRefusedException($"\"{typed}\" is not an instant; write 2027-03-01 or 2027-03-01T09:00:00Z.");
    }

    private static void Report(string name, JobRunResult result)
    {
        if (result.Failure is { } failure)
        {
            Console.Error.WriteLine($"{name} failed: {failure}");
            return;
        }

        if (result.Stopped)
        {
            Console.Error.WriteLine($"{name} was asked to stop; what is left stays due.");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {result.Rows} done in {result.Took.TotalMilliseconds:0} ms"));
    }
}
