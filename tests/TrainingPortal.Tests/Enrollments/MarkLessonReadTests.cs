using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Enrollments;

public class MarkLessonReadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<Outcome<Guid, MarkLessonReadRefusal>> MarkAsync(School school, Actor person, string lesson = "depth-1", string course = School.Course) =>
        school.MarkLessonRead.RunAsync(person, course, lesson, Cancellation);

    [Fact]
    public async Task Marking_a_lesson_twice_keeps_the_first_time()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();
        await school.EnrolAsync(person);
        var first = await MarkAsync(school, person);
        school.Clock.Advance(TimeSpan.FromDays(1));

        var second = await MarkAsync(school, person);

        Assert.Equal(first.Value, second.Value);
        await using var database = school.Database.CreateDbContext();
        var read = await database.LessonsRead.SingleAsync(Cancellation);
        Assert.Equal((first.Value, School.Opening), (read.LessonId, read.ReadAt));
    }

    [Fact]
    public async Task Twenty_clicks_at_once_mark_it_once()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();
        await school.EnrolAsync(person);

        var clicks = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => MarkAsync(school, person))));

        Assert.All(clicks, click => Assert.True(click.Succeeded));
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(1, await database.LessonsRead.CountAsync(Cancellation));
    }

    [Fact]
    public async Task What_one_person_read_the_other_still_has_to_read()
    {
        await using var school = await School.OpenAsync();
        var (ana, ben) = (await school.TraineeAsync("Ana"), await school.TraineeAsync("Ben"));
        await school.EnrolAsync(ana);
        await school.EnrolAsync(ben);

        await MarkAsync(school, ana);

        var read = new ReadLesson(school.Database);
        Assert.True((await read.RunAsync(ana, School.Course, "depth-1", Cancellation)).Value.Read);
        Assert.False((await read.RunAsync(ana, School.Course, "depth-2", Cancellation)).Value.Read);
        Assert.False((await read.RunAsync(ben, School.Course, "depth-1", Cancellation)).Value.Read);
    }

    [Fact]
    public async Task Lessons_are_for_those_who_are_enrolled()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();

        Assert.Equal(MarkLessonReadRefusal.NotEnrolled, (await MarkAsync(school, person)).Refusal);
        Assert.Equal(ReadLessonRefusal.NotEnrolled, (await new ReadLesson(school.Database).RunAsync(person, School.Course, "depth-1", Cancellation)).Refusal);
    }

    [Fact]
    public async Task A_lesson_that_is_not_there_or_no_longer_there_is_not_found()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();
        await school.EnrolAsync(person);
        await using (var database = school.Database.CreateDbContext())
        {
            await database.Lessons.Where(lesson => lesson.Slug == "depth-2").ExecuteUpdateAsync(update => update.SetProperty(lesson => lesson.Retired, true), Cancellation);
        }

        foreach (var lesson in new[] { "no-such-lesson", "depth-2" })
        {
            Assert.Equal(MarkLessonReadRefusal.LessonNotFound, (await MarkAsync(school, person, lesson)).Refusal);
            Assert.Equal(ReadLessonRefusal.NotFound, (await new ReadLesson(school.Database).RunAsync(person, School.Course, lesson, Cancellation)).Refusal);
        }
    }

    [Fact]
    public async Task The_lessons_lead_on_through_the_modules_in_their_order()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();
        await school.EnrolAsync(person);
        var way = new List<string>();
        for (var slug = "depth-1"; slug is not null;)
        {
            var lesson = (await new ReadLesson(school.Database).RunAsync(person, School.Course, slug, Cancellation)).Value;
            Assert.Equal(way.LastOrDefault(), lesson.PreviousSlug);
            way.Add(slug);
            slug = lesson.NextSlug;
        }

        Assert.Equal(["depth-1", "depth-2", "hygiene-1", "hygiene-2", "contraindications-1", "contraindications-2"], way);
    }
}
