using Microsoft.EntityFrameworkCore;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Commands;

/// <summary>Course files checked and imported from the command line, in the folder where the command is typed.</summary>
public class CourseCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_repositorys_own_courses_have_no_fault()
    {
        var check = await PortalProcess.RunAsync("courses", "check", "courses/");

        Assert.Equal((0, ""), (check.ExitCode, check.Errors));
        Assert.StartsWith("No fault: ", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_is_named_with_file_and_line_and_nothing_is_saved()
    {
        using var data = await DataFolder.WithCoursesAsync();
        var before = await data.FingerprintAsync();
        var folder = CourseCopy.In(data);
        var line = CourseCopy.Break(folder);

        var check = await PortalProcess.RunAsync("courses", "check", folder);
        var import = await PortalProcess.RunAsync("courses", "import", folder, $"--Portal:DataDirectory={data.Path}");

        Assert.All([check, import], refused =>
        {
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains($"safe-practice/course.yaml:{line}: ", refused.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", refused.Errors, StringComparison.Ordinal);
        });
        Assert.Equal(before, await data.FingerprintAsync());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_a_fault_in_words()
    {
        var check = await PortalProcess.RunAsync("courses", "check", "no-such-folder");

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("no such folder", check.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_import_of_the_same_files_changes_nothing()
    {
        using var data = DataFolder.Empty();

        var first = await PortalProcess.RunAsync("courses", "import", "tests/small-school", $"--Portal:DataDirectory={data.Path}");
        var before = await data.FingerprintAsync();
        var second = await PortalProcess.RunAsync("courses", "import", "tests/small-school", $"--Portal:DataDirectory={data.Path}");

        Assert.Equal((0, 0, ""), (first.ExitCode, second.ExitCode, first.Errors + second.Errors));
        Assert.StartsWith("Imported ", first.Output, StringComparison.Ordinal);
        Assert.Equal("Nothing has changed.", second.Output);
        Assert.Equal(before, await data.FingerprintAsync());
        await using var database = data.CreateDbContext();
        Assert.Equal(DataFolder.Course, await database.Courses.Select(course => course.Slug).SingleAsync(Cancellation));
    }
}

/// <summary>A copy of the small school's course files that a test may spoil.</summary>
internal static class CourseCopy
{
    public static string In(DataFolder data)
    {
        var source = RepositoryFolder.SmallSchool;
        var folder = data.File("course-files");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder;
    }

    /// <summary>Writes something in the course's own file that no course says.</summary>
    /// <returns>The line it stands on.</returns>
    public static int Break(string folder)
    {
        var file = Path.Combine(folder, "safe-practice", "course.yaml");
        var lines = File.ReadAllLines(file);
        var at = Array.FindIndex(lines, line => line.StartsWith("hours:", StringComparison.Ordinal));
        lines[at] = "hours: many";
        File.WriteAllLines(file, lines);
        return at + 1;
    }
}
