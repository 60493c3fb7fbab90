using Microsoft.EntityFrameworkCore;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Credentials;

/// <summary>What is revoked is said by a bit that is never taken back, in a list that is signed often enough to be believed.</summary>
public class StatusListTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0, 0x80)]
    [InlineData(7, 0, 0x01)]
    [InlineData(8, 1, 0x80)]
    [InlineData(131_071, 16_383, 0x01)]
    public void The_first_place_is_the_left_most_bit(int index, int at, byte value)
    {
        var list = new StatusList(1);
        list.Set([index]);

        Assert.Equal(value, list.Bits[at]);
        Assert.Equal([index], Enumerable.Range(0, StatusList.Size).Where(list.IsSet));
        Assert.Equal(list.Bits, StatusList.Decode(StatusList.Encode(list.Bits)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("uAAAA")]
    [InlineData("zH4sIAAAAAAAA")]
    public void What_is_no_list_is_not_read_as_one(string? encoded) => Assert.Null(StatusList.Decode(encoded));

    [Fact]
    public void A_list_shorter_than_the_specification_allows_is_refused() => Assert.Null(StatusList.Decode(StatusList.Encode(new byte[(StatusList.Size / 8) - 1])));

    [Fact]
    public async Task Revoking_one_issue_sets_the_bits_of_every_issue_of_its_award_and_no_other()
    {
        await using var school = await School.OpenAsync();
        await school.CertifyAsync("Bea");
        var (holder, old) = await school.CertifyAsync();
        school.Now = new DateTime(2028, 9, 15, 16, 0, 0, DateTimeKind.Utc);
        var renewed = await school.RenewAsync(holder, old);
        await RevokeAsync(school, renewed);

        Assert.Equal(1, await school.SignStatusLists.RunAsync(school.Now, Cancellation));
        Assert.Equal(0, await school.SignStatusLists.RunAsync(school.Now, Cancellation));

        await using var database = school.Database.CreateDbContext();
        var award = await database.Credentials.Where(row => row.AwardId == renewed.AwardId).Select(row => row.StatusIndex).ToListAsync(Cancellation);
        var list = await database.StatusLists.SingleAsync(Cancellation);
        Assert.Equal(2, award.Count);
        Assert.Equal(award.Order(), Enumerable.Range(0, StatusList.Size).Where(list.IsSet));
    }

    [Fact]
    public async Task A_corrected_issue_loses_its_own_bit_only()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        await school.CertifyAsync("Bea");
        await using (var database = school.Database.CreateDbContext())
        {
            await StatusLists.RevokeAsync(database, [certificate.Id], school.Now, Cancellation);
            await database.SaveChangesAsync(Cancellation);
        }

        await school.SignStatusLists.RunAsync(school.Now, Cancellation);

        await using var after = school.Database.CreateDbContext();
        var list = await after.StatusLists.SingleAsync(Cancellation);
        var revoked = await after.Credentials.SingleAsync(row => row.CertificateId == certificate.Id, Cancellation);
        Assert.Equal([revoked.StatusIndex], Enumerable.Range(0, StatusList.Size).Where(list.IsSet));
        Assert.Null(revoked.ListDueAt);
    }

    [Fact]
    public async Task A_list_is_signed_again_after_twelve_hours_and_never_between()
    {
        await using var school = await School.OpenAsync();
        await school.CertifyAsync();

        Assert.Equal(0, await school.SignStatusLists.RunAsync(School.Opening.AddHours(11), Cancellation));
        Assert.Equal(1, await school.SignStatusLists.RunAsync(School.Opening.AddHours(12), Cancellation));
        Assert.Equal(0, await school.SignStatusLists.RunAsync(School.Opening.AddHours(23), Cancellation));
        await using var database = school.Database.CreateDbContext();
        var list = await database.StatusLists.SingleAsync(Cancellation);
        var payload = JsonWebSignature.Read(list.Jwt)!.Payload;
        Assert.Equal("2026-11-04T21:30:00Z", payload.GetProperty("validUntil").GetString());
        Assert.Equal(300_000, payload.GetProperty("credentialSubject").GetProperty("ttl").GetInt32());
        Assert.Equal(2, list.Version);
    }

    [Fact]
    public async Task A_revocation_that_came_on_record_late_is_found_when_the_list_is_signed_again()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        await RevokeAsync(school, certificate);

        Assert.Equal(1, await school.SignStatusLists.RunAsync(School.Opening.AddDays(3), Cancellation));

        await using var database = school.Database.CreateDbContext();
        Assert.Equal(1, await database.Credentials.CountAsync(row => row.RevokedAt != null, Cancellation));
    }

    [Fact]
    public async Task Ten_runs_at_once_lose_no_bit()
    {
        await using var school = await School.OpenAsync();
        var certificates = new List<Certificate>();
        foreach (var name in new[] { "Ana", "Ben", "Cleo" })
        {
            certificates.Add((await school.CertifyAsync(name)).Certificate);
        }

        foreach (var certificate in certificates)
        {
            await RevokeAsync(school, certificate);
        }

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => school.SignStatusLists.RunAsync(school.Now, Cancellation))));
        await school.SignStatusLists.RunAsync(school.Now, Cancellation);

        await using var database = school.Database.CreateDbContext();
        var list = await database.StatusLists.SingleAsync(Cancellation);
        var places = await database.Credentials.Select(row => row.StatusIndex).ToListAsync(Cancellation);
        Assert.All(places, place => Assert.True(list.IsSet(place)));
    }

    private static async Task RevokeAsync(School school, Certificate certificate) => Assert.True(
        (await school.RevokeCertificate.RunAsync(await school.AdministratorAsync(), Serial.Parse(certificate.Serial), RevocationReason.IssuedInError, Cancellation)).Succeeded);
}
