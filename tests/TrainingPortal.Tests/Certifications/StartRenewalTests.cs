using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Certifications;

public class StartRenewalTests
{
    private static readonly DateTime s_opens = new(2028, 8, 4, 6, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<Outcome<string, StartRenewalRefusal>> RenewAsync(School school, Actor person, Certificate certificate) =>
        school.StartRenewal.RunAsync(person, Serial.Parse(certificate.Serial), Cancellation);

    [Fact]
    public async Task It_opens_with_the_first_second_of_the_window_and_never_closes()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();

        school.Now = s_opens.AddTicks(-1);
        Assert.Equal(StartRenewalRefusal.TooEarly, (await RenewAsync(school, holder, certificate)).Refusal);
        school.Now = s_opens;
        Assert.Equal(School.Course, (await RenewAsync(school, holder, certificate)).Value);
        school.Now = s_opens.AddYears(5);
        Assert.Equal(School.Course, (await RenewAsync(school, holder, certificate)).Value);
    }

    [Fact]
    public async Task A_revoked_certificate_is_not_renewed()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        await school.RevokeCertificate.RunAsync(await school.AdministratorAsync(), Serial.Parse(certificate.Serial), RevocationReason.Misconduct, Cancellation);
        school.Now = s_opens;

        Assert.Equal(StartRenewalRefusal.Revoked, (await RenewAsync(school, holder, certificate)).Refusal);
    }

    [Fact]
    public async Task A_renewed_certificate_is_not_renewed_again()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        school.Now = s_opens;
        await school.RenewAsync(holder, certificate);

        Assert.Equal(StartRenewalRefusal.AlreadyRenewed, (await RenewAsync(school, holder, certificate)).Refusal);
    }

    [Fact]
    public async Task Another_persons_certificate_and_an_unknown_serial_are_not_found()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        var stranger = await school.TraineeAsync("Ben");
        school.Now = s_opens;

        Assert.Equal(StartRenewalRefusal.NotFound, (await RenewAsync(school, stranger, certificate)).Refusal);
        Assert.Equal(StartRenewalRefusal.NotFound, (await school.StartRenewal.RunAsync(stranger, Serial.Draw(), Cancellation)).Refusal);
    }

    [Fact]
    public async Task Ten_clicks_at_once_open_one_cycle()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        school.Now = s_opens;

        var clicks = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => RenewAsync(school, holder, certificate))));

        Assert.All(clicks, click => Assert.Equal(School.Course, click.Value));
        await using var database = school.Database.CreateDbContext();
        Assert.Equal([1, 2], await database.Enrollments.OrderBy(row => row.Cycle).Select(row => row.Cycle).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task The_new_cycle_begins_at_the_first_lesson_and_the_old_one_stays_as_it_was()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        school.Now = s_opens;
        await RenewAsync(school, holder, certificate);

        var progress = (await new ReadCourseProgress(school.Database).RunAsync(holder, School.Course, Cancellation))!;
        Assert.Equal((true, 0, 10), (progress.Enrolled, progress.StepsDone, progress.Steps));
        Assert.Equal(StartRefusal.LessonsUnread, (await school.StartAttempt.RunAsync(holder, School.Exam, Cancellation)).Refused?.Reason);
        await using var database = school.Database.CreateDbContext();
        Assert.Equal((6, 4), (await database.LessonsRead.CountAsync(Cancellation), await database.Attempts.CountAsync(Cancellation)));
    }
}
