using System.CommandLine;
using TrainingPortal.Benchmarks;
using TrainingPortal.Benchmarks.Bare;

var root = new RootCommand("Measures the portal under load: the real process over real HTTP on two cores, with SQLite.")
{
    Starts.Create(),
    Steady.Create(),
    Attempts.Create(),
    Grading.Create(),
    Issuing.Create(),
    Reminders.Create(),
    StatusListSigning.Create(),
    Pdf.Create(),
    BareServer.Create(),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchmarkFailedException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped; no figures.");
    return 1;
}
