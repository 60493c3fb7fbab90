using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Mail;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Certifications;

/// <summary>
/// Employers are told of the reminders to their people: in one mail a day, by day where they are, and of nobody else's. The
/// certificates end on 2 November 2028 in Denver.
/// </summary>
public sealed class EmployerRemindersTests : IAsyncLifetime
{
    private static readonly DateOnly s_lastValidDay = new(2028, 11, 2);

    private School school = default!;
    private CohortPeople people = default!;
    private Actor administrator = default!;
    private Actor employer = default!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (school, people) = await CohortPeople.OpenAsync();
        administrator = await people.RecordedAsync(await school.AdministratorAsync());
        employer = await EmployerAsync("Emil Stone");
    }

    public ValueTask DisposeAsync() => school.DisposeAsync();

    // Noon in Denver in winter, one o'clock in summer.
    private static DateTime Noon(DateOnly day) => day.ToDateTime(new TimeOnly(19, 0), DateTimeKind.Utc);

    private Task<int> RemindAsync(DateTime now)
    {
        school.Now = now;
        return school.SendRenewalReminders.RunAsync(now, Cancellation);
    }

    private Task<int> RemindAsync(DateOnly day) => RemindAsync(Noon(day));

    private async Task<Actor> EmployerAsync(string name, string language = "en")
    {
        var person = await school.TraineeAsync(name, language);
        return await people.RecordedAsync(person with { Roles = new HashSet<string> { Roles.Trainee, Roles.Employer } });
    }

    private async Task<Guid> ClinicAsync(params Actor[] members)
    {
        var added = await people.AddOrganisation.RunAsync(administrator, $"Clinic {Guid.NewGuid():N}", OrganisationKind.Employer, Cancellation);
        foreach (var member in members)
        {
            await MemberAsync(added.Value, member, true);
        }

        return added.Value;
    }

    private async Task MemberAsync(Guid organisation, Actor person, bool member) =>
        Assert.True((await people.ChangeMembership.RunAsync(administrator, person.PersonId, organisation, member, Cancellation)).Succeeded);

    private async Task<List<OutboxMail>> MailsToAsync(Actor person)
    {
        var email = await people.EmailAsync(person);
        return [.. (await school.OutboxAsync("renewal-reminder")).Where(mail => mail.To == email)];
    }

    private async Task<List<(int DaysBefore, bool Mailed, bool Waits)>> NoticesAsync()
    {
        await using var database = school.Database.CreateDbContext();
        return [.. (await database.EmployerNotices.OrderByDescending(notice => notice.DaysBefore).ToListAsync(Cancellation)).Select(notice => (notice.DaysBefore, notice.Mailed, notice.WaitsUntil is not null))];
    }

    [Fact]
    public async Task By_the_same_days_as_the_holder_the_employer_is_told_once_each()
    {
        var (ana, certificate) = await school.CertifyAsync("Ana");
        await ClinicAsync(employer, ana);

        for (var day = s_lastValidDay.AddDays(-95); day <= s_lastValidDay.AddDays(5); day = day.AddDays(1))
        {
            await RemindAsync(day);
            await RemindAsync(Noon(day).AddHours(1));
        }

        var mails = await MailsToAsync(employer);
        Assert.Equal(
            [
                "Ana: Microneedling competence, valid until Thursday, November 2, 2028, 90 days left",
                "Ana: Microneedling competence, valid until Thursday, November 2, 2028, 30 days left",
                "Ana: Microneedling competence, valid until Thursday, November 2, 2028, 7 days left",
                "Ana: Microneedling competence, expired, was valid until Thursday, November 2, 2028",
            ],
            mails.Select(mail => mail.Body.Split('\n').Single(line => line.StartsWith("- ", StringComparison.Ordinal))[2..]));
        Assert.All(mails, mail => Assert.Contains($"https://school.example/verify/{Serial.Parse(certificate.Serial)}", mail.Body, StringComparison.Ordinal));
        Assert.Equal([(90, true, false), (30, true, false), (7, true, false), (0, true, false)], await NoticesAsync());
        Assert.Equal(4, (await MailsToAsync(ana)).Count);
    }

    [Fact]
    public async Task All_of_an_employers_people_are_one_mail_a_day()
    {
        var (ana, _) = await school.CertifyAsync("Ana");
        var (ben, _) = await school.CertifyAsync("Ben");
        await ClinicAsync(employer, ana);
        await ClinicAsync(employer, ben, ana);

        // Each is counted, and the employer's mail.
        Assert.Equal(3, await RemindAsync(s_lastValidDay.AddDays(-30)));

        var mail = Assert.Single(await MailsToAsync(employer));
        Assert.Equal(["- Ana", "- Ben"], mail.Body.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[..5]));
        Assert.Equal("Certificates of your people with Skin School need renewing", mail.Subject);
    }

    [Fact]
    public async Task What_comes_later_that_day_waits_for_the_next_morning()
    {
        var (ana, _) = await school.CertifyAsync("Ana");
        var (ben, _) = await school.CertifyAsync("Ben");
        await ClinicAsync(employer, ana, ben);
        Assert.True((await new ChooseTimeZone(school.Database).RunAsync(employer, "Europe/Berlin", Cancellation)).Succeeded);
        await using (var database = school.Database.CreateDbContext())
        {
            // Of a programme whose days begin four hours later.
            await database.Certificates.Where(row => row.HolderId == ben.PersonId).ExecuteUpdateAsync(update => update.SetProperty(row => row.TimeZone, "Pacific/Honolulu"), Cancellation);
        }

        // The first reminders, decided in Berlin's evening, and Ana's next one are one mail of that morning.
        await RemindAsync(s_lastValidDay.AddDays(-60));
        Assert.Empty(await MailsToAsync(employer));
        await RemindAsync(new DateTime(2028, 10, 3, 6, 30, 0, DateTimeKind.Utc));
        await RemindAsync(new DateTime(2028, 10, 3, 11, 0, 0, DateTimeKind.Utc));
        Assert.Single(await MailsToAsync(employer));
        Assert.Equal(0, await RemindAsync(new DateTime(2028, 10, 4, 5, 59, 0, DateTimeKind.Utc)));
        Assert.Equal(1, await RemindAsync(new DateTime(2028, 10, 4, 6, 0, 0, DateTimeKind.Utc)));
        Assert.Equal(0, await RemindAsync(new DateTime(2028, 10, 4, 7, 0, 0, DateTimeKind.Utc)));

        var mails = await MailsToAsync(employer);
        Assert.Equal(["2028-10-03", "2028-10-04"], mails.Select(mail => mail.Key.Split('/')[^1]));
        Assert.Equal(["- Ben"], mails[1].Body.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[..5]));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2028-10-03T06:30:00Z", "2028-10-03T06:30:00Z")]
    [InlineData("America/New_York", "2028-10-03T06:30:00Z", "2028-10-03T12:00:00Z")]
    [InlineData("Asia/Tokyo", "2028-10-03T12:30:00Z", "2028-10-03T23:00:00Z")]
    public async Task An_employer_is_told_by_day_where_they_are(string zone, string decided, string told)
    {
        var (ana, _) = await school.CertifyAsync("Ana");
        await ClinicAsync(employer, ana);
        Assert.True((await new ChooseTimeZone(school.Database).RunAsync(employer, zone, Cancellation)).Succeeded);
        var (at, then) = (Utc(decided), Utc(told));

        await RemindAsync(at);
        Assert.Equal(at == then ? 1 : 0, (await MailsToAsync(employer)).Count);
        if (at != then)
        {
            Assert.Equal(0, await RemindAsync(then.AddMinutes(-1)));
            Assert.Equal(1, await RemindAsync(then));
        }

        Assert.Single(await MailsToAsync(employer));

        static DateTime Utc(string instant) => DateTime.Parse(instant, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);
    }

    [Fact]
    public async Task Whoever_is_holder_and_employer_gets_one_mail_for_both()
    {
        var (ana, _) = await school.CertifyAsync("Ana");
        var (emma, _) = await school.CertifyAsync("Emma");
        await people.RecordedAsync(emma with { Roles = new HashSet<string> { Roles.Employer } });
        await ClinicAsync(emma, ana);

        Assert.Equal(2, await RemindAsync(s_lastValidDay.AddDays(-30)));
        Assert.Equal(0, await RemindAsync(Noon(s_lastValidDay.AddDays(-30)).AddHours(2)));

        var mail = Assert.Single(await MailsToAsync(emma));
        Assert.Contains("- 30 days left: renew your certificate Microneedling competence", mail.Body, StringComparison.Ordinal);
        Assert.Contains("- Ana: Microneedling competence", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Emma: Microneedling", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Emma", Assert.Single(await MailsToAsync(ana)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_employer_learns_of_nobody_outside_the_organisation()
    {
        var (ana, _) = await school.CertifyAsync("Ana");
        var (ben, _) = await school.CertifyAsync("Ben");
        var (cora, _) = await school.CertifyAsync("Cora");
        var clinic = await ClinicAsync(employer, ana, ben);
        await MemberAsync(clinic, ben, member: false);

        // A school is no employer, and a colleague without the role is told nothing.
        var colleague = await school.TraineeAsync("Col League");
        await MemberAsync(clinic, colleague, member: true);
        await people.OrganisationAsync(administrator, "Other school", employer, cora);
        await ClinicAsync(await EmployerAsync("Other Employer"));

        await RemindAsync(s_lastValidDay.AddDays(-30));

        Assert.Equal(["- Ana"], Assert.Single(await MailsToAsync(employer)).Body.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[..5]));
        Assert.Empty(await MailsToAsync(colleague));
        Assert.Equal(4, (await school.OutboxAsync("renewal-reminder")).Count);
    }

    [Fact]
    public async Task Who_left_or_renewed_before_the_morning_is_not_told_of()
    {
        var (ana, _) = await school.CertifyAsync("Ana");
        var (ben, certificate) = await school.CertifyAsync("Ben");
        var clinic = await ClinicAsync(employer, ana, ben);
        await RemindAsync(new DateTime(2028, 10, 3, 6, 30, 0, DateTimeKind.Utc));
        await MemberAsync(clinic, ana, member: false);
        Assert.True((await school.RevokeCertificate.RunAsync(administrator, Serial.Parse(certificate.Serial), RevocationReason.HolderRequest, Cancellation)).Succeeded);

        Assert.Equal(0, await RemindAsync(new DateTime(2028, 10, 3, 14, 0, 0, DateTimeKind.Utc)));

        Assert.Empty(await MailsToAsync(employer));
        Assert.Equal([(30, false, false), (30, false, false)], await NoticesAsync());
    }

    [Fact]
    public async Task Ten_runs_at_once_tell_it_once()
    {
        var (ana, _) = await school.CertifyAsync("Ana");
        await ClinicAsync(employer, ana);
        school.Now = Noon(s_lastValidDay.AddDays(-30));

        var runs = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => school.SendRenewalReminders.RunAsync(school.Now, Cancellation))));

        Assert.Equal(2, runs.Sum());
        Assert.Single(await MailsToAsync(employer));
        Assert.Equal([(30, true, false)], await NoticesAsync());
    }

    [Fact]
    public async Task The_list_beforehand_names_employers_too_and_writes_nothing()
    {
        var (ana, _) = await school.CertifyAsync("Ana");
        await ClinicAsync(employer, ana);

        var due = await school.SendRenewalReminders.ListDueAsync(Noon(s_lastValidDay.AddDays(-7)), 200, Cancellation);

        Assert.Equal(
            [("Ana", "7 days left: renew your certificate Microneedling competence"), ("Emil Stone", "Ana: Microneedling competence, valid until Thursday, November 2, 2028, 7 days left")],
            due.Lines.Select(line => (line.Who, line.What)));
        Assert.Equal(2, due.Total);
        Assert.Empty(await NoticesAsync());
        Assert.Empty(await school.OutboxAsync("renewal-reminder"));

        // What was decided by night is on the list until the morning.
        await RemindAsync(new DateTime(2028, 10, 3, 6, 30, 0, DateTimeKind.Utc));
        var waiting = await school.SendRenewalReminders.ListDueAsync(new DateTime(2028, 10, 3, 14, 0, 0, DateTimeKind.Utc), 200, Cancellation);
        Assert.Equal(("Emil Stone", 1), (Assert.Single(waiting.Lines).Who, waiting.Total));
    }

    [Fact]
    public async Task A_mail_is_in_its_readers_language()
    {
        var (ana, _) = await school.CertifyAsync("Ana");
        var spanish = await EmployerAsync("Eva", "es");
        await ClinicAsync(spanish, ana);

        await RemindAsync(s_lastValidDay.AddDays(-30));

        var mail = Assert.Single(await MailsToAsync(spanish));
        Assert.Equal("Hay que renovar certificados de su gente en Skin School", mail.Subject);
        Assert.Contains("- Ana: Microneedling competence, válido hasta el jueves, 2 de noviembre de 2028, quedan 30 días", mail.Body, StringComparison.Ordinal);
    }
}
