using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Tests.Support;
using TrainingPortal.Verification;

namespace TrainingPortal.Tests.Certifications;

/// <summary>A person who asked for it is erased, as far as others' records allow.</summary>
public class ErasePersonTests(SharedPortal shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string AddressOf(Actor person) => $"{person.PersonId:N}@people.example";

    [Fact]
    public async Task Name_and_address_are_nowhere_any_more_and_the_record_of_learning_stays()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync("Zenobia Quist");
        var administrator = await school.AdministratorAsync();
        await school.SuspendCertificate.RunAsync(administrator, Serial.Parse(certificate.Serial), SuspensionReason.UnderReview, "Zenobia Quist wrote.", Cancellation);
        await school.AskNameCorrection.RunAsync(holder, Serial.Parse(certificate.Serial), "Zenobia Quist-Roe", "Quist was misspelt.", Cancellation);

        Assert.True((await school.ErasePerson.RunAsync(administrator, holder.PersonId, AddressOf(holder), Cancellation)).Succeeded);

        await using var database = school.Database.CreateDbContext();
        var person = await database.Users.SingleAsync(row => row.Id == holder.PersonId, Cancellation);
        Assert.Equal((PortalUser.ErasedName, null, false, DateTimeOffset.MaxValue, school.Now), (person.Name, person.PasswordHash, person.EmailConfirmed, person.LockoutEnd!.Value, person.ErasedAt!.Value));
        Assert.Equal((4, 0), (await database.Attempts.CountAsync(row => row.PersonId == holder.PersonId, Cancellation), await database.Outbox.CountAsync(Cancellation)));
        foreach (var table in await database.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table'").ToListAsync(Cancellation))
        {
            var columns = await database.Database.SqlQueryRaw<string>("SELECT name AS Value FROM pragma_table_info({0})", table).ToListAsync(Cancellation);
            foreach (var column in columns)
            {
                var sql = $"SELECT COUNT(*) AS Value FROM \"{table}\" WHERE \"{column}\" LIKE '%quist%' OR \"{column}\" LIKE '%{AddressOf(holder)}%'";
                Assert.True(await database.Database.SqlQueryRaw<int>(sql).SingleAsync(Cancellation) == 0, $"{table}.{column}");
            }
        }
    }

    [Fact]
    public async Task What_is_under_way_earns_no_certificate_any_more()
    {
        await using var school = await School.OpenAsync();
        var waiting = await school.PreparedTraineeAsync("Wim Ode");
        await school.PassExamAsync(waiting);
        var sitting = await school.PreparedTraineeAsync("Sia Ode");
        var attempt = await school.StartExamAsync(sitting);
        var administrator = await school.AdministratorAsync();

        foreach (var person in new[] { waiting, sitting })
        {
            Assert.True((await school.ErasePerson.RunAsync(administrator, person.PersonId, AddressOf(person), Cancellation)).Succeeded);
        }

        Assert.Equal(0, await school.IssueAsync());
        Assert.NotNull((await school.AttemptAsync(attempt)).ClosedAt);
        school.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await new CheckInvariants(school.Database).RunAsync(school.Now, Cancellation));
    }

    [Fact]
    public async Task Nobody_is_erased_by_a_slip()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();
        await using var database = school.Database.CreateDbContext();
        await database.UserRoles.AddAsync(new() { UserId = administrator.PersonId, RoleId = await database.Roles.Where(role => role.Name == Roles.Administrator).Select(role => role.Id).SingleAsync(Cancellation) }, Cancellation);
        await database.SaveChangesAsync(Cancellation);

        Task<Outcome<Guid, ErasePersonRefusal>> EraseAsync(Guid person, string? typed) => school.ErasePerson.RunAsync(administrator, person, typed, Cancellation);

        Assert.Equal(ErasePersonRefusal.NotConfirmed, (await EraseAsync(holder.PersonId, null)).Refusal);
        Assert.Equal(ErasePersonRefusal.NotConfirmed, (await EraseAsync(holder.PersonId, AddressOf(administrator))).Refusal);
        Assert.Equal(ErasePersonRefusal.NotFound, (await EraseAsync(Guid.NewGuid(), AddressOf(holder))).Refusal);
        Assert.Equal(ErasePersonRefusal.IsAdministrator, (await EraseAsync(administrator.PersonId, AddressOf(administrator))).Refusal);
        await Assert.ThrowsAsync<ActNotPermittedException>(() => school.ErasePerson.RunAsync(holder, holder.PersonId, AddressOf(holder), Cancellation));
        Assert.Equal(certificate.HolderName, (await school.NewestCertificateAsync(holder)).HolderName);
        Assert.True((await EraseAsync(holder.PersonId, AddressOf(holder).ToUpperInvariant())).Succeeded);
        Assert.Equal(ErasePersonRefusal.AlreadyErased, (await EraseAsync(holder.PersonId, AddressOf(holder))).Refusal);
        Assert.Equal(RevokeRefusal.NotFound, (await school.RevokeCertificate.RunAsync(administrator, Serial.Parse(certificate.Serial), RevocationReason.Misconduct, Cancellation)).Refusal);
        Assert.Null(await new CheckCertificate(school.Database, school.Clock).RunAsync(Serial.Parse(certificate.Serial), Cancellation));
    }

    [Fact]
    public async Task On_page_and_API_the_old_serial_answers_exactly_like_an_unknown_one_and_nobody_signs_in()
    {
        var portal = await shared.GetAsync();
        var (trainee, chief) = ($"{Guid.NewGuid():N}@example.org", $"{Guid.NewGuid():N}@example.org");
        var certificate = await portal.Data.AddCertifiedTraineeAsync(trainee, portal.Data.Now.AddMonths(-2));
        await portal.Data.AddPersonAsync(chief, Roles.Administrator);
        using var administrator = await portal.SignInAsync(chief);
        using var visitor = portal.Visit();
        var person = await administrator.OpenAsync($"/admin/people/{certificate.HolderId}");
        var form = await administrator.OpenAsync(person.Document.QuerySelector("a[href$='/erase']")!.GetAttribute("href")!);
        Assert.NotNull((await administrator.SubmitAsync(form, "erase-person", ("Input.Typed", "somebody@example.org"))).Document.QuerySelector("#typed-error"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/verify/{Serial.Parse(certificate.Serial)}")).Status);

        await administrator.SubmitAsync(form, "erase-person", ("Input.Typed", trainee));

        var unknown = Serial.Draw().ToString();
        var gone = Serial.Parse(certificate.Serial).ToString();
        foreach (var address in new[] { "/verify/", "/api/v1/certificates/" })
        {
            var (one, other) = (await visitor.GetAsync(address + gone), await visitor.GetAsync(address + unknown));
            Assert.Equal((HttpStatusCode.NotFound, other.Status), (one.Status, one.Status));
            Assert.Equal(Told(other, unknown), Told(one, gone));
        }

        var signIn = await visitor.SubmitAsync(await visitor.OpenAsync("/account/sign-in"), "sign-in", ("Input.Email", trainee), ("Input.Password", DataFolder.Password));
        Assert.StartsWith("/account/sign-in", signIn.Address, StringComparison.Ordinal);
    }

    // But for the serial itself and the number of the request.
    private static string Told(PortalPage page, string serial) =>
        Regex.Replace(SameBytes.Masked(page).Replace(serial, "", StringComparison.Ordinal), "\"traceId\":\"[^\"]*\"", "");
}
