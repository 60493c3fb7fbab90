using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Certifications;

public class RevokeCertificateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<Outcome<Serial, RevokeRefusal>> RevokeAsync(School school, Actor actor, string serial, RevocationReason reason = RevocationReason.IssuedInError) =>
        school.RevokeCertificate.RunAsync(actor, Serial.Parse(serial), reason, Cancellation);

    [Fact]
    public async Task A_revocation_is_kept_with_its_reason_and_on_the_record()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();
        school.Clock.Advance(TimeSpan.FromDays(3));

        Assert.True((await RevokeAsync(school, administrator, certificate.Serial, RevocationReason.Misconduct)).Succeeded);

        var revoked = await school.NewestCertificateAsync(holder);
        Assert.Equal(
            (nameof(RevocationReason.Misconduct), administrator.PersonId, School.Opening.AddDays(3)),
            (revoked.Revocation!.Reason, revoked.Revocation.ActorId, revoked.Revocation.At));
        await using var database = school.Database.CreateDbContext();
        var entry = await database.AuditEntries.SingleAsync(Cancellation);
        Assert.Equal(
            (administrator.PersonId, "certificate revoked", Serial.Parse(certificate.Serial).ToString(), School.Opening.AddDays(3)),
            (entry.ActorId, entry.Act, entry.Subject, entry.At));
    }

    [Fact]
    public async Task Only_an_administrator_revokes()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();

        foreach (var actor in new[] { holder, await school.InstructorAsync() })
        {
            await Assert.ThrowsAsync<ActNotPermittedException>(() => RevokeAsync(school, actor, certificate.Serial));
        }

        Assert.Null((await school.NewestCertificateAsync(holder)).Revocation);
    }

    [Fact]
    public async Task A_second_revocation_is_refused_and_the_first_stands()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();
        await RevokeAsync(school, administrator, certificate.Serial, RevocationReason.HolderRequest);

        Assert.Equal(RevokeRefusal.AlreadyRevoked, (await RevokeAsync(school, administrator, certificate.Serial, RevocationReason.Misconduct)).Refusal);
        Assert.Equal(nameof(RevocationReason.HolderRequest), (await school.NewestCertificateAsync(holder)).Revocation!.Reason);
    }

    [Fact]
    public async Task Ten_administrators_at_once_revoke_it_once()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();

        var revocations = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => RevokeAsync(school, administrator, certificate.Serial))));

        Assert.Single(revocations, revocation => revocation.Succeeded);
        Assert.All(revocations.Where(revocation => !revocation.Succeeded), revocation => Assert.Equal(RevokeRefusal.AlreadyRevoked, revocation.Refusal));
        await using var database = school.Database.CreateDbContext();
        Assert.Equal((1, 1), (await database.CertificateEvents.CountAsync(Cancellation), await database.AuditEntries.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task A_serial_that_nobody_holds_is_not_found()
    {
        await using var school = await School.OpenAsync();

        Assert.Equal(RevokeRefusal.NotFound, (await RevokeAsync(school, await school.AdministratorAsync(), Serial.Draw().Value)).Refusal);
    }

    [Fact]
    public async Task An_administrator_finds_a_certificate_by_serial_or_by_the_start_of_the_name()
    {
        await using var school = await School.OpenAsync();
        var (_, ana) = await school.CertifyAsync("Ana Peña");
        await school.CertifyAsync("Ben Ode");
        var administrator = await school.AdministratorAsync();
        var find = new FindCertificates(school.Database, school.Clock);

        async Task<IEnumerable<string>> FoundAsync(string? search) =>
            (await find.RunAsync(administrator, search, Cancellation)).Select(found => found.Certificate.HolderName).Order();

        Assert.Equal(["Ana Peña"], await FoundAsync(Serial.Parse(ana.Serial).ToString().ToLowerInvariant()));
        Assert.Equal(["Ben Ode"], await FoundAsync(" Ben "));
        Assert.Equal(["Ana Peña", "Ben Ode"], await FoundAsync(null));
        Assert.Empty(await FoundAsync("%"));
    }
}
