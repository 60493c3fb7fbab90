using Microsoft.EntityFrameworkCore;
using TrainingPortal.Enrollments;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Enrollments;

public class EnrollTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enrolling_begins_the_first_cycle_now()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();

        var enrollmentId = (await school.Enroll.RunAsync(person, School.Course, Cancellation)).Value;

        await using var database = school.Database.CreateDbContext();
        var enrollment = await database.Enrollments.SingleAsync(Cancellation);
        Assert.Equal((enrollmentId, person.PersonId, 1, School.Opening), (enrollment.Id, enrollment.PersonId, enrollment.Cycle, enrollment.EnrolledAt));
    }

    [Fact]
    public async Task Who_is_enrolled_already_stays_so()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();
        var first = await school.Enroll.RunAsync(person, School.Course, Cancellation);
        school.Clock.Advance(TimeSpan.FromDays(1));

        var second = await school.Enroll.RunAsync(person, School.Course, Cancellation);

        Assert.Equal(first.Value, second.Value);
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(School.Opening, (await database.Enrollments.SingleAsync(Cancellation)).EnrolledAt);
    }

    [Fact]
    public async Task Twenty_clicks_at_once_enrol_once()
    {
        await using var school = await School.OpenAsync();
        var person = await school.TraineeAsync();

        var clicks = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => school.Enroll.RunAsync(person, School.Course, Cancellation))));

        Assert.Single(clicks.Select(click => click.Value).Distinct());
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(1, await database.Enrollments.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Each_person_has_an_enrolment_of_their_own()
    {
        await using var school = await School.OpenAsync();
        await school.EnrolAsync(await school.TraineeAsync("Ana"));
        await school.EnrolAsync(await school.TraineeAsync("Ben"));

        await using var database = school.Database.CreateDbContext();
        Assert.Equal(2, await database.Enrollments.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_course_that_is_not_there_is_not_found()
    {
        await using var school = await School.OpenAsync();

        Assert.Equal(EnrollRefusal.CourseNotFound, (await school.Enroll.RunAsync(await school.TraineeAsync(), "no-such-course", Cancellation)).Refusal);
    }
}
