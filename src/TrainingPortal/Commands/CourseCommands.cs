using System.CommandLine;
using TrainingPortal.CourseFiles;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Commands;

/// <summary><c>courses check</c> and <c>courses import</c>.</summary>
internal static class CourseCommands
{
    public static Command Create() => new("courses", "Checks and imports course files.") { Check(), Import() };

    private static Command Check()
    {
        var folder = Folder();
        var command = new Command("check", "Names every fault in a folder of course files, with file and line; saves nothing.") { folder };
        command.SetAction(parsed =>
        {
            var read = CourseFolder.Read(Path.GetFullPath(parsed.GetValue(folder)!));
            if (read.Faults.Count > 0)
            {
                return Refuse(read.Faults);
            }

            var quality = CourseQuality.Of(read.Content!);
            foreach (var finding in quality.Findings)
            {
                Console.Error.WriteLine(finding);
            }

            QualityReport.Write(Console.Out, quality);
            foreach (var programme in read.Content!.Programmes)
            {
                ExampleDatesReport.Write(Console.Out, programme, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
            }

            if (quality.Findings.Count > 0)
            {
                Console.Error.WriteLine($"{Counted(quality.Findings.Count, "finding")}: the files can be imported, and should be better.");
                return 1;
            }

            return 0;
        });
        return command;
    }

    private static Command Import()
    {
        var folder = Folder();
        var command = new Command("import", "Imports a folder of course files in one transaction; the same files a second time change nothing.") { folder };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = PortalHost.Build([.. parsed.UnmatchedTokens], serving: false);
            await PortalDatabase.MigrateAsync(app.Services, dryRun: false, cancellation);
            var report = await app.Services.GetRequiredService<ImportCourses>().RunAsync(Path.GetFullPath(parsed.GetValue(folder)!), cancellation);
            if (report.Faults.Count > 0)
            {
                return Refuse(report.Faults);
            }

            Console.WriteLine(report.Changed
                ? $"Imported {report.Courses} courses with {report.Lessons} lessons: {report.ItemsAdded} items added, {report.ItemVersionsAdded} new versions, {report.ItemsRetired} retired."
                : "Nothing has changed.");
            return 0;
        });
        return command;
    }

    private static Argument<string> Folder() => new("folder") { Description = "The folder, such as courses/." };

    private static int Refuse(IReadOnlyList<CourseFault> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        Console.Error.WriteLine($"{Counted(faults.Count, "fault")}; nothing was saved.");
        return 1;
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
