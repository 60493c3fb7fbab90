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
            foreach (var (name, every) in Schedule.All)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20} every {every:c}"));
            }

            return 0;
        });
        return command;
    }

    private static Command Run()
    {
        var name = new Argument<string>("name") { Description = "One of those that \"jobs list\" names." };
        var asOf = new Option<string?>("--as-of") { Description = "Decide as if it were this instant, such as 2027-03-01 or 2027-03-01T09:00:00Z." };
        var command = new Command("run", "Runs a job now and delivers the mail it leaves. A second run does nothing twice.") { name, asOf };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            var instant = ReadInstant(parsed.GetValue(asOf));
            await using var app = PortalHost.Build([.. parsed.UnmatchedTokens], serving: false);
            await PortalDatabase.MigrateAsync(app.Services, dryRun: false, cancellation);
            var jobs = app.Services.GetRequiredService<RunJob>();
            var wanted = parsed.GetValue(name)!;
            var result = await jobs.RunAsync(wanted, instant, cancellation)
                ?? throw new StartRefusedException($"There is no job {wanted}; known are {string.Join(", ", jobs.Names)}.");
            Report(wanted, result);
            if (wanted != JobNames.DeliverMail && result.Rows > 0)
            {
                Report(JobNames.DeliverMail, (await jobs.RunAsync(JobNames.DeliverMail, asOf: null, cancellation))!);
            }

            return result.Failure is null ? 0 : 1;
        });
        return command;
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

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {result.Rows} done in {result.Took.TotalMilliseconds:0} ms"));
    }
}
