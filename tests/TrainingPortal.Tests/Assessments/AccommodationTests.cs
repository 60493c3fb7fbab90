using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

/// <summary>Extra time and attempts for one person: given with a reason, seen by them, taken back, and gone with the cycle.</summary>
public class AccommodationTests
{
    private const string Reason = "Reads with a screen magnifier";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Extra_time_counts_from_the_next_start_and_is_told_before_it()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, cycle) = await PreparedAsync(school);
        var under = await school.StartExamAsync(person);
        await GivenAsync(school, instructor, cycle, 15, 0);
        await GivenAsync(school, instructor, cycle, 5, 1);

        Assert.Equal(School.Opening.AddMinutes(30), (await school.AttemptAsync(under)).DeadlineAt);
        await school.SubmitAsync(person, under);
        school.Clock.Advance(TimeSpan.FromDays(2));
        var entry = (await new ReadExamEntry(school.Database, school.Bank, school.Clock).RunAsync(person, School.Exam, Cancellation))!;
        Assert.Equal((20, 1), (entry.ExtraMinutes, entry.ExtraAttempts));
        Assert.Equal([(15, 0, Reason), (5, 1, Reason)], entry.Accommodations.Select(row => (row.Minutes, row.Attempts, row.Reason)));
        var next = await school.StartExamAsync(person);
        Assert.Equal(school.Now.AddMinutes(50), (await school.AttemptAsync(next)).DeadlineAt);
    }

    [Fact]
    public async Task Extra_attempts_open_the_exam_again_and_taken_back_close_it()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, cycle) = await PreparedAsync(school);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await school.SitExamAsync(person, (School.Depth, 4));
            school.Clock.Advance(TimeSpan.FromDays(2));
        }

        Assert.Equal(StartRefusal.NoAttemptsLeft, (await school.StartAttempt.RunAsync(person, School.Exam, Cancellation)).Refused!.Reason);
        var given = await GivenAsync(school, instructor, cycle, 0, 1);
        var other = await GivenAsync(school, instructor, cycle, 10, 0);
        Assert.Null((await new ReadExamEntry(school.Database, school.Bank, school.Clock).RunAsync(person, School.Exam, Cancellation))!.Refused);

        Assert.True((await WithdrawAsync(school, instructor, cycle, given)).Succeeded);
        Assert.True((await WithdrawAsync(school, instructor, cycle, given)).Succeeded);
        Assert.Equal(StartRefusal.NoAttemptsLeft, (await school.StartAttempt.RunAsync(person, School.Exam, Cancellation)).Refused!.Reason);
        var entry = (await new ReadExamEntry(school.Database, school.Bank, school.Clock).RunAsync(person, School.Exam, Cancellation))!;
        Assert.Equal((10, 0), (entry.ExtraMinutes, entry.ExtraAttempts));

        // What was given stays on record, with who gave it and who took it back.
        var record = (await new ReadPersonAccommodations(school.Database).RunAsync(instructor, School.Exam, cycle, Cancellation))!;
        Assert.Equal((30, 3, 30, null), (record.Minutes, record.MostAttempts, record.AttemptDays, record.OpenAttemptId));
        Assert.Equal([(given, "Ines Roth", "Ines Roth", "Given by mistake"), (other, "Ines Roth", null, null)], record.Lines.OrderBy(line => line.Minutes).Select(line => (line.Id, line.GivenBy, line.WithdrawnBy, line.WithdrawnReason)));
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(
            ["accommodation given", "accommodation given", "accommodation withdrawn"],
            await database.AuditEntries.Where(row => row.ActorId == instructor.PersonId).Select(row => row.Act).OrderBy(act => act).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task It_is_given_once_for_each_form_and_taken_back_once_by_two_at_once()
    {
        await using var school = await School.OpenAsync();
        var (instructor, _, cycle) = await PreparedAsync(school);
        var administrator = await school.StaffAsync();
        var form = Guid.NewGuid();
        var clicks = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => GiveAsync(school, instructor, cycle, form, 10, 0))));
        Assert.All(clicks, click => Assert.Equal(form, click.Value));
        Assert.Equal(AccommodationRefusal.FormSentBefore, (await GiveAsync(school, instructor, cycle, form, 20, 0)).Refusal);

        var ends = await Task.WhenAll(new[] { instructor, administrator }.Select(actor => Task.Run(() => WithdrawAsync(school, actor, cycle, form))));
        Assert.All(ends, end => Assert.True(end.Succeeded));
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(1, await database.Accommodations.CountAsync(Cancellation));
        Assert.Equal(["accommodation given", "accommodation withdrawn"], await database.AuditEntries.Select(row => row.Act).OrderBy(act => act).ToListAsync(Cancellation));
    }

    [Theory]
    [InlineData(0, 0, Reason, AccommodationRefusal.NothingGiven)]
    [InlineData(-1, 1, Reason, AccommodationRefusal.MinutesOutOfRange)]
    [InlineData(601, 0, Reason, AccommodationRefusal.MinutesOutOfRange)]
    [InlineData(0, 21, Reason, AccommodationRefusal.AttemptsOutOfRange)]
    [InlineData(1, -1, Reason, AccommodationRefusal.AttemptsOutOfRange)]
    [InlineData(10, 0, " ill ", AccommodationRefusal.ReasonMissing)]
    public async Task What_is_given_is_in_range_and_has_a_reason(int minutes, int attempts, string reason, AccommodationRefusal refusal)
    {
        await using var school = await School.OpenAsync();
        var (instructor, _, cycle) = await PreparedAsync(school);

        var outcome = await new GiveAccommodation(school.Database, school.Clock).RunAsync(instructor, School.Exam, cycle, Guid.NewGuid(), minutes, attempts, reason, Cancellation);

        Assert.Equal(refusal, outcome.Refusal);
        await using var database = school.Database.CreateDbContext();
        Assert.Equal((0, 0), (await database.Accommodations.CountAsync(Cancellation), await database.AuditEntries.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task Nobody_gives_to_themselves_and_no_trainee_gives_at_all()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, cycle) = await PreparedAsync(school);
        var both = person with { Roles = instructor.Roles };

        Assert.Equal(AccommodationRefusal.NotFound, (await GiveAsync(school, both, cycle, Guid.NewGuid(), 10, 0)).Refusal);
        var given = await GivenAsync(school, instructor, cycle, 10, 0);
        Assert.Equal(AccommodationRefusal.NotFound, (await WithdrawAsync(school, both, cycle, given)).Refusal);
        Assert.Null(await new ReadPersonAccommodations(school.Database).RunAsync(both, School.Exam, cycle, Cancellation));
        Assert.Empty((await new ReadAccommodations(school.Database).RunAsync(both, School.Exam, null, Cancellation))!.People);
        await Assert.ThrowsAsync<ActNotPermittedException>(() => GiveAsync(school, person, cycle, Guid.NewGuid(), 10, 0));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => WithdrawAsync(school, person, cycle, given));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadAccommodations(school.Database).RunAsync(person, School.Exam, null, Cancellation));
        Assert.Equal(AccommodationRefusal.NotFound, (await GiveAsync(school, instructor, Guid.NewGuid(), Guid.NewGuid(), 10, 0)).Refusal);
        var elsewhere = await new WithdrawAccommodation(school.Database, school.Clock).RunAsync(instructor, "depth-check", cycle, given, "Given by mistake", Cancellation);
        Assert.Equal(AccommodationRefusal.NotFound, elsewhere.Refusal);
    }

    [Fact]
    public async Task A_new_cycle_begins_without_it()
    {
        await using var school = await School.OpenAsync();
        var (instructor, person, cycle) = await PreparedAsync(school);
        await GivenAsync(school, instructor, cycle, 30, 2);
        await school.PassExamAsync(person);
        await school.IssueAsync();
        school.Clock.Advance(TimeSpan.FromDays(23 * 30.5));
        var certificate = await school.NewestCertificateAsync(person);
        Assert.True((await school.StartRenewal.RunAsync(person, Serial.Parse(certificate.Serial), Cancellation)).Succeeded);

        Assert.Empty((await new ReadExamEntry(school.Database, school.Bank, school.Clock).RunAsync(person, School.Exam, Cancellation))!.Accommodations);
        Assert.Equal(AccommodationRefusal.NotFound, (await GiveAsync(school, instructor, cycle, Guid.NewGuid(), 10, 0)).Refusal);
        var listed = Assert.Single((await new ReadAccommodations(school.Database).RunAsync(instructor, School.Exam, null, Cancellation))!.People);
        Assert.NotEqual(cycle, listed.EnrollmentId);
        Assert.Equal((0, 0), (listed.Minutes, listed.Attempts));
    }

    [Fact]
    public async Task People_are_found_by_a_part_of_their_name_or_address_whatever_the_capitals()
    {
        await using var school = await School.OpenAsync();
        var instructor = await school.StaffAsync();
        foreach (var name in new[] { "Ana Peña", "Ben 100%", "Cleo Pan" })
        {
            await school.EnrolAsync(await school.TraineeAsync(name));
        }

        await school.TraineeAsync("Ana Elsewhere");
        var read = new ReadAccommodations(school.Database);
        Assert.Equal(["Ana Peña"], await NamesAsync("ANA"));
        Assert.Equal(["Ben 100%"], await NamesAsync("%"));
        Assert.Equal(["Ana Peña", "Ben 100%", "Cleo Pan"], await NamesAsync("@people.example"));
        Assert.Empty(await NamesAsync("nobody"));
        var cleo = (await read.RunAsync(instructor, School.Exam, "cleo", Cancellation))!.People[0];
        await GivenAsync(school, instructor, cleo.EnrollmentId, 5, 0);
        Assert.Equal(["Cleo Pan", "Ana Peña", "Ben 100%"], await NamesAsync(null));
        Assert.Null(await read.RunAsync(instructor, "no-such-exam", null, Cancellation));

        async Task<IEnumerable<string>> NamesAsync(string? search) => (await read.RunAsync(instructor, School.Exam, search, Cancellation))!.People.Select(person => person.Name);
    }

    private static async Task<(Actor Instructor, Actor Person, Guid Cycle)> PreparedAsync(School school)
    {
        var person = await school.PreparedTraineeAsync();
        await using var database = school.Database.CreateDbContext();
        return (await school.StaffAsync(), person, await database.Enrollments.Where(row => row.PersonId == person.PersonId).Select(row => row.Id).SingleAsync(Cancellation));
    }

    private static async Task<Guid> GivenAsync(School school, Actor actor, Guid cycle, int minutes, int attempts) =>
        (await GiveAsync(school, actor, cycle, Guid.NewGuid(), minutes, attempts)).Value;

    private static Task<Outcome<Guid, AccommodationRefusal>> GiveAsync(School school, Actor actor, Guid cycle, Guid form, int minutes, int attempts) =>
        new GiveAccommodation(school.Database, school.Clock).RunAsync(actor, School.Exam, cycle, form, minutes, attempts, Reason, Cancellation);

    private static Task<Outcome<Guid, AccommodationRefusal>> WithdrawAsync(School school, Actor actor, Guid cycle, Guid given) =>
        new WithdrawAccommodation(school.Database, school.Clock).RunAsync(actor, School.Exam, cycle, given, "Given by mistake", Cancellation);
}
