using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TrainingPortal.Certifications;
using TrainingPortal.Cohorts;
using TrainingPortal.Persistence;
using TrainingPortal.Persistence.Sqlite;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Cohorts;

public class ReadCohortTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_person_stands_where_their_facts_put_them()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        await people.InviteToCohort.RunAsync(instructor, cohort, InvitationList.OfText("Ivy <ivy@example.org>").Value, "en", Cancellation);
        foreach (var name in new[] { "New", "Reader", "Quiet", "Failed", "Passed" })
        {
            var person = await school.TraineeAsync(name);
            await people.JoinAsync(instructor, cohort, person);
            if (name != "New" && name != "Reader")
            {
                await school.ReadEverythingAsync(person);
            }

            if (name is "Failed" or "Passed")
            {
                await school.PassChecksAsync(person);
            }

            if (name == "Passed")
            {
                await school.PassExamAsync(person);
            }

            if (name == "Failed")
            {
                foreach (var day in Enumerable.Range(0, 3))
                {
                    school.Now = School.Opening.AddDays(2 * day);
                    await school.SitExamAsync(person, (School.Depth, 4));
                }

                school.Now = School.Opening;
            }

            if (name == "Reader")
            {
                school.Now = School.Opening.AddDays(5);
                await school.MarkLessonRead.RunAsync(person, School.Course, "depth-1", Cancellation);
                school.Now = School.Opening;
            }
        }

        school.Now = School.Opening.AddDays(8);
        var page = (await people.ReadCohort.RunAsync(instructor, cohort, only: null, page: 1, Cancellation))!;

        Assert.Equal(
            [
                ("Failed", Standing.Stuck, StuckReason.NoAttemptsLeft, 6),
                ("Quiet", Standing.Stuck, StuckReason.Quiet, 6),
                ("New", Standing.NotStarted, null, 0),
                ("Reader", Standing.Started, (StuckReason?)null, 1),
                ("Ivy", Standing.Invited, null, 0),
                ("Passed", Standing.Passed, null, 6),
            ],
            page.People.Select(person => (person.Name, person.Judged.Standing, person.Judged.Reason, person.LessonsRead)));
        Assert.Equal((6, 6, 2, 1), (page.Total, page.Lessons, page.Counts[Standing.Stuck], page.Counts[Standing.Invited]));
        Assert.Equal(School.Opening.AddDays(30), page.People[0].Judged.FreeAt);

        var stuck = (await people.ReadCohort.RunAsync(instructor, cohort, Standing.Stuck, 1, Cancellation))!;
        Assert.Equal((2, 6), (stuck.Shown, stuck.Total));
        Assert.Equal(["Failed", "Quiet"], stuck.People.Select(person => person.Name));
    }

    [Fact]
    public async Task A_renewal_starts_again_though_the_exam_was_passed_before()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        var (holder, certificate) = await school.CertifyAsync("Renewer");
        await people.JoinAsync(instructor, cohort, holder);
        Assert.Equal(Standing.Passed, await StandingAsync());

        school.Now = School.Opening.AddMonths(23);
        await school.StartRenewal.RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation);

        Assert.Equal(Standing.NotStarted, await StandingAsync());

        async Task<Standing> StandingAsync() => (await people.ReadCohort.RunAsync(instructor, cohort, null, 1, Cancellation))!.People.Single().Judged.Standing;
    }

    // A query a person would grow with the cohort.
    [Fact]
    public async Task The_number_of_questions_to_the_database_does_not_grow_with_the_cohort()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, _, cohort) = await people.CohortAsync(school);
        await people.JoinAsync(instructor, cohort, await school.TraineeAsync("One"));
        var counted = new Counting(school.Database);
        var read = new ReadCohort(counted, school.Clock);

        await read.RunAsync(instructor, cohort, null, 1, Cancellation);
        var before = counted.Questions;
        foreach (var number in Enumerable.Range(0, 5))
        {
            await people.JoinAsync(instructor, cohort, await school.TraineeAsync($"Person {number}"));
        }

        counted.Questions = 0;
        await read.RunAsync(instructor, cohort, null, 1, Cancellation);

        Assert.InRange(before, 5, 10);
        Assert.Equal(before, counted.Questions);
    }

    private sealed class Counting(TestDatabase database) : DbCommandInterceptor, IDbContextFactory<PortalDbContext>
    {
        public int Questions { get; set; }

        public PortalDbContext CreateDbContext()
        {
            using var known = database.CreateDbContext();
            return new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(known.Database.GetConnectionString()).AddInterceptors(this).Options);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Questions++;
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
