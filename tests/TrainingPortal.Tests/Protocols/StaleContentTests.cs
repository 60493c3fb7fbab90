using Microsoft.EntityFrameworkCore;
using TrainingPortal.CourseFiles;
using TrainingPortal.Courses;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Protocols;

/// <summary>What nobody has compared with its sources for a year is listed for instructors.</summary>
public class StaleContentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lesson_and_a_rule_are_listed_from_a_year_after_they_were_compared()
    {
        await using var school = await School.OpenAsync();
        school.Now = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
        Assert.Empty((await new ImportCourses(school.Database, school.Clock).RunAsync(RepositoryFolder.Path("courses"), Cancellation)).Faults);
        var instructor = await school.InstructorAsync();
        await using (var database = school.Database.CreateDbContext())
        {
            // The school of these tests has lessons of its own, which are not what this is about.
            await database.Lessons.Where(lesson => lesson.Retired).ExecuteDeleteAsync(Cancellation);
        }

        var read = new ReadStaleContent(school.Database, school.Clock);
        var now = await read.RunAsync(instructor, Cancellation);
        Assert.Empty(now.Lessons);
        Assert.Empty(now.Rules);
        Assert.Equal(SchoolBook.Day("2027-05-19"), now.NextDue);

        school.Now = new DateTime(2027, 5, 19, 12, 0, 0, DateTimeKind.Utc);
        Assert.Equal(["California", "Utah"], (await read.RunAsync(instructor, Cancellation)).Rules.Select(rule => rule.Name));

        school.Now = new DateTime(2027, 11, 22, 12, 0, 0, DateTimeKind.Utc);
        var later = await read.RunAsync(instructor, Cancellation);
        Assert.Contains(later.Lessons, lesson => lesson.Slug == "zone-by-zone");
        Assert.Equal(ReadStaleContent.Most, later.Rules.Count);
    }
}
