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

            var content = read.Content!;
            Console.WriteLine($"No fault: {content.Courses.Count} courses, {content.Courses.Sum(course => course.Modules.Sum(module => module.Lessons.Count))} lessons, {content.Courses.Sum(course => course.Items.Count)} items, {content.Programmes.Count} programmes, {content.Sources.Count} sources.");
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

        Console.Error.WriteLine($"{(faults.Count == 1 ? "1 fault" : $"{faults.Count} faults")}; nothing was saved.");
        return 1;
    }
}
