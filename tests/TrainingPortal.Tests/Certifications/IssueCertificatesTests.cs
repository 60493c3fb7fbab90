using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Certifications;

public class IssueCertificatesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pass_earns_a_certificate_that_says_what_the_programme_says_today()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var attemptId = await school.PassExamAsync(person);
        school.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, await school.IssueAsync());

        var certificate = await school.NewestCertificateAsync(person);
        Assert.Equal((attemptId, "Ana Lucía Peña", "Microneedling competence", "Foundation"), (certificate.AttemptId, certificate.HolderName, certificate.Title, certificate.Level));
        Assert.Equal([new Cover("Microneedling with a pen", 1.0m)], certificate.Covers);
        Assert.True(Serial.TryParse(certificate.Serial, out _));
        Assert.Equal((School.Opening.AddMinutes(5), School.Opening), (certificate.IssuedAt, certificate.ValidFrom));
        Assert.Equal(new DateTime(2028, 11, 3, 5, 59, 59, DateTimeKind.Utc), certificate.ValidUntil);
        Assert.Null(certificate.ReplacesId);
        Assert.False((await school.AttemptAsync(attemptId)).AwaitsAward);
    }

    [Theory]
    [InlineData("en", "Your certificate is ready", "Thursday, November 2, 2028")]
    [InlineData("es", "Su certificado está listo", "jueves, 2 de noviembre de 2028")]
    public async Task Its_holder_is_told_in_their_language(string language, string subject, string day)
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync(language: language);

        var mail = Assert.Single(await school.OutboxAsync("certificate-issued"));
        var serial = Serial.Parse(certificate.Serial);
        Assert.StartsWith(subject, mail.Subject, StringComparison.Ordinal);
        Assert.All([day, "Ana Lucía Peña", $"https://school.example/verify/{serial}", $"https://school.example/me/certificates/{serial}"], said => Assert.Contains(said, mail.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pass_that_cannot_be_certified_is_told_and_holds_up_nobody_behind_it()
    {
        await using var school = await School.OpenAsync();
        var stuck = await school.PreparedTraineeAsync("Bea Stuck");
        await school.PassExamAsync(stuck);
        await using (var database = school.Database.CreateDbContext())
        {
            await database.Users.Where(user => user.Id == stuck.PersonId).ExecuteUpdateAsync(update => update.SetProperty(user => user.Email, (string?)null), Cancellation);
        }

        school.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await school.PreparedTraineeAsync();
        var attemptId = await school.PassExamAsync(next);

        var failure = await Assert.ThrowsAsync<AggregateException>(school.IssueAsync);

        Assert.StartsWith("1 of 2 could not be done", failure.Message, StringComparison.Ordinal);
        Assert.Equal(attemptId, (await school.NewestCertificateAsync(next)).AttemptId);
    }

    [Fact]
    public async Task A_hundred_runs_at_once_make_one_certificate_one_credential_and_one_mail()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        await school.PassExamAsync(person);

        var runs = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => school.IssueCertificates.RunAsync(school.Now, Cancellation))));

        Assert.Equal(1, runs.Sum());
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(1, await database.Certificates.CountAsync(Cancellation));
        Assert.Equal(1, await database.Credentials.CountAsync(Cancellation));
        Assert.Single(await school.OutboxAsync("certificate-issued"));
    }

    [Fact]
    public async Task Runs_at_once_share_many_passes_and_lose_none()
    {
        await using var school = await School.OpenAsync();
        foreach (var name in new[] { "Ana", "Ben", "Cleo", "Dan", "Eva", "Finn" })
        {
            await school.PassExamAsync(await school.PreparedTraineeAsync(name));
        }

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => school.IssueCertificates.RunAsync(school.Now, Cancellation))));

        Assert.Equal(6, runs.Sum());
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(6, await database.Certificates.Select(certificate => certificate.HolderId).Distinct().CountAsync(Cancellation));
        Assert.Equal(6, (await school.OutboxAsync("certificate-issued")).Count);
    }

    [Fact]
    public async Task Running_it_again_makes_nothing_more()
    {
        await using var school = await School.OpenAsync();
        await school.CertifyAsync();

        Assert.Equal(0, await school.IssueAsync());
    }

    [Fact]
    public async Task A_failed_exam_and_a_passed_check_earn_nothing()
    {
        await using var school = await School.OpenAsync();
        await school.SitExamAsync(await school.PreparedTraineeAsync("Ana"), (School.Contraindications, 1));
        await school.SitExamAsync(await school.PreparedTraineeAsync("Ben"), (School.Depth, 4));

        Assert.Equal(0, await school.IssueAsync());
    }

    [Fact]
    public async Task An_open_exam_earns_nothing_yet()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        await school.AnswerAllAsync(person, await school.StartExamAsync(person));

        Assert.Equal(0, await school.IssueAsync());
    }

    [Fact]
    public async Task A_pass_waits_until_there_is_a_programme_for_its_exam()
    {
        await using var school = await School.OpenAsync();
        await school.PassExamAsync(await school.PreparedTraineeAsync());
        await using var database = school.Database.CreateDbContext();
        var programme = await database.Programmes.SingleAsync(Cancellation);
        database.Programmes.Remove(programme);
        await database.SaveChangesAsync(Cancellation);
        Assert.Equal(0, await school.IssueAsync());

        database.Programmes.Add(programme);
        await database.SaveChangesAsync(Cancellation);
        Assert.Equal(1, await school.IssueAsync());
    }

    [Fact]
    public async Task An_early_renewal_keeps_the_anniversary_and_takes_the_place_of_the_old_one()
    {
        await using var school = await School.OpenAsync();
        var (holder, old) = await school.CertifyAsync();
        school.Now = new DateTime(2028, 9, 15, 16, 0, 0, DateTimeKind.Utc);

        var renewed = await school.RenewAsync(holder, old);

        Assert.Equal((old.Id, new DateOnly(2030, 11, 2), school.Now), (renewed.ReplacesId, renewed.LastValidDay, renewed.ValidFrom));
        Assert.NotEqual(old.Serial, renewed.Serial);
        await using var database = school.Database.CreateDbContext();
        var superseded = await database.Certificates.SingleAsync(certificate => certificate.Id == old.Id, Cancellation);
        Assert.Equal((school.Now, CertificateStatus.Superseded), (superseded.SupersededAt, superseded.StatusAt(school.Now)));
        Assert.Null(superseded.NextReminderAt);
        Assert.Equal(CertificateStatus.Active, renewed.StatusAt(school.Now));
    }

    [Fact]
    public async Task A_late_renewal_counts_from_the_day_of_the_pass()
    {
        await using var school = await School.OpenAsync();
        var (holder, old) = await school.CertifyAsync();
        school.Now = new DateTime(2029, 1, 10, 16, 0, 0, DateTimeKind.Utc);

        Assert.Equal((old.Id, new DateOnly(2031, 1, 10)), ((await school.RenewAsync(holder, old)).ReplacesId, (await school.NewestCertificateAsync(holder)).LastValidDay));
    }

    [Fact]
    public async Task A_renewal_that_many_runs_issue_at_once_replaces_the_old_one_once()
    {
        await using var school = await School.OpenAsync();
        var (holder, old) = await school.CertifyAsync();
        school.Now = new DateTime(2028, 9, 15, 16, 0, 0, DateTimeKind.Utc);
        await school.StartRenewal.RunAsync(holder, Serial.Parse(old.Serial), Cancellation);
        await school.ReadEverythingAsync(holder);
        await school.PassChecksAsync(holder);
        await school.PassExamAsync(holder);

        var runs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => school.IssueCertificates.RunAsync(school.Now, Cancellation))));

        Assert.Equal(1, runs.Sum());
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(2, await database.Certificates.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_renewal_of_a_certificate_revoked_meanwhile_begins_anew()
    {
        await using var school = await School.OpenAsync();
        var (holder, old) = await school.CertifyAsync();
        school.Now = new DateTime(2028, 9, 15, 16, 0, 0, DateTimeKind.Utc);
        await school.StartRenewal.RunAsync(holder, Serial.Parse(old.Serial), Cancellation);
        await school.RevokeCertificate.RunAsync(await school.AdministratorAsync(), Serial.Parse(old.Serial), RevocationReason.IssuedInError, Cancellation);
        await school.ReadEverythingAsync(holder);
        await school.PassChecksAsync(holder);
        await school.PassExamAsync(holder);
        await school.IssueAsync();

        var certificate = await school.NewestCertificateAsync(holder);
        Assert.Equal((null, new DateOnly(2030, 9, 15)), (certificate.ReplacesId, certificate.LastValidDay));
    }

    [Fact]
    public async Task What_a_certificate_says_does_not_change_with_the_programme_or_the_name()
    {
        await using var school = await School.OpenAsync();
        var (holder, before) = await school.CertifyAsync();
        await using (var database = school.Database.CreateDbContext())
        {
            await database.Programmes.ExecuteUpdateAsync(update => update.SetProperty(row => row.Title, "Another").SetProperty(row => row.ValidityMonths, 1), Cancellation);
            await database.Users.ExecuteUpdateAsync(update => update.SetProperty(row => row.Name, "Someone Else"), Cancellation);
        }

        var after = await school.NewestCertificateAsync(holder);
        Assert.Equal((before.Title, before.HolderName, before.ValidUntil), (after.Title, after.HolderName, after.ValidUntil));
    }
}
