using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Certifications;

/// <summary>A holder asks for another name, and an administrator answers.</summary>
public class NameCorrectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<Outcome<Guid, AskNameCorrectionRefusal>> AskAsync(School school, Actor actor, Certificate certificate, string? name = "Ana Ruiz", string? why = "I married.") =>
        school.AskNameCorrection.RunAsync(actor, Serial.Parse(certificate.Serial), name, why, Cancellation);

    [Fact]
    public async Task Approved_the_certificate_is_issued_anew_with_the_same_dates_and_the_old_name_stays_on_record()
    {
        await using var school = await School.OpenAsync();
        var (holder, wrong) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();
        school.Clock.Advance(TimeSpan.FromDays(10));
        var asked = await AskAsync(school, holder, wrong);
        var waiting = Assert.Single(await school.ReadNameCorrections.OpenAsync(administrator, Cancellation));
        Assert.Equal((wrong.HolderName, "Ana Ruiz", "I married."), (waiting.Correction.OldName, waiting.Correction.NewName, waiting.Correction.Why));

        var settled = await school.SettleNameCorrection.RunAsync(administrator, asked.Value, approve: true, null, Cancellation);

        var corrected = await school.NewestCertificateAsync(holder);
        Assert.Equal(Serial.Parse(corrected.Serial), settled.Value);
        Assert.Equal(("Ana Ruiz", CertificateCause.Corrected, wrong.Id), (corrected.HolderName, corrected.Cause, corrected.ReplacesId!.Value));
        Assert.Equal(
            (wrong.AttemptId, wrong.ValidFrom, wrong.ValidUntil, wrong.LastValidDay, wrong.RenewalOpensAt, wrong.NextReminderAt),
            (corrected.AttemptId, corrected.ValidFrom, corrected.ValidUntil, corrected.LastValidDay, corrected.RenewalOpensAt, corrected.NextReminderAt));
        Assert.Equal(wrong.Parts, corrected.Parts);
        await using var database = school.Database.CreateDbContext();
        var old = await database.Certificates.SingleAsync(row => row.Id == wrong.Id, Cancellation);
        Assert.Equal((CertificateStatus.Superseded, wrong.HolderName), (old.StatusAt(school.Now), old.HolderName));
        Assert.Equal("Ana Ruiz", await database.Users.Where(row => row.Id == holder.PersonId).Select(row => row.Name).SingleAsync(Cancellation));
        var correction = await database.NameCorrections.SingleAsync(Cancellation);
        Assert.Equal((corrected.Id, administrator.PersonId, school.Now), (correction.CorrectedId!.Value, correction.SettledById!.Value, correction.SettledAt!.Value));
        Assert.Contains(Serial.Parse(corrected.Serial).ToString(), Assert.Single(await school.OutboxAsync("name-correction")).Body, StringComparison.Ordinal);
        Assert.Equal(Serial.Parse(corrected.Serial), await new ReadOwnCertificates(school.Database, school.Clock).ForAttemptAsync(holder, wrong.AttemptId!.Value, Cancellation));
    }

    [Fact]
    public async Task Refused_nothing_changes_but_that_the_holder_reads_why_and_may_ask_again()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();
        var asked = await AskAsync(school, holder, certificate);
        Assert.Equal(SettleNameCorrectionRefusal.AnswerMissing, (await school.SettleNameCorrection.RunAsync(administrator, asked.Value, approve: false, " no ", Cancellation)).Refusal);

        Assert.True((await school.SettleNameCorrection.RunAsync(administrator, asked.Value, approve: false, "Send us a document first.", Cancellation)).Succeeded);

        var same = await school.NewestCertificateAsync(holder);
        Assert.Equal((certificate.Serial, certificate.HolderName, CertificateStatus.Active), (same.Serial, same.HolderName, same.StatusAt(school.Now)));
        Assert.Contains("Send us a document first.", Assert.Single(await school.OutboxAsync("name-correction")).Body, StringComparison.Ordinal);
        Assert.Equal("Send us a document first.", (await school.ReadNameCorrections.OwnAsync(holder, certificate.Id, Cancellation))!.Answer);
        Assert.Equal(SettleNameCorrectionRefusal.AlreadySettled, (await school.SettleNameCorrection.RunAsync(administrator, asked.Value, approve: true, null, Cancellation)).Refusal);
        Assert.True((await AskAsync(school, holder, certificate)).Succeeded);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();

        Assert.Equal(AskNameCorrectionRefusal.NotFound, (await AskAsync(school, await school.TraineeAsync("Ben Ode"), certificate)).Refusal);
        Assert.Equal(AskNameCorrectionRefusal.SameName, (await AskAsync(school, holder, certificate, $" {certificate.HolderName} ")).Refusal);
        Assert.All(new[] { null, " ", "=1+1", "Ana\u202ERuiz", new string('a', PortalUser.NameLength + 1) }, name =>
            Assert.Equal(AskNameCorrectionRefusal.NameNotValid, AskAsync(school, holder, certificate, name).GetAwaiter().GetResult().Refusal));
        Assert.Equal(AskNameCorrectionRefusal.WhyMissing, (await AskAsync(school, holder, certificate, why: "x")).Refusal);
        Assert.True((await AskAsync(school, holder, certificate)).Succeeded);
        Assert.Equal(AskNameCorrectionRefusal.AlreadyAsked, (await AskAsync(school, holder, certificate)).Refusal);
        await school.RevokeCertificate.RunAsync(administrator, Serial.Parse(certificate.Serial), RevocationReason.Misconduct, Cancellation);
        Assert.Equal(AskNameCorrectionRefusal.NotStanding, (await AskAsync(school, holder, certificate)).Refusal);
        var open = Assert.Single(await school.ReadNameCorrections.OpenAsync(administrator, Cancellation));
        Assert.Equal(SettleNameCorrectionRefusal.NotStanding, (await school.SettleNameCorrection.RunAsync(administrator, open.Correction.Id, approve: true, null, Cancellation)).Refusal);
        await Assert.ThrowsAsync<ActNotPermittedException>(() => school.SettleNameCorrection.RunAsync(holder, open.Correction.Id, approve: true, null, Cancellation));
    }

    [Fact]
    public async Task Ten_administrators_at_once_approve_it_once()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();
        var asked = await AskAsync(school, holder, certificate);

        var settled = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => school.SettleNameCorrection.RunAsync(administrator, asked.Value, approve: true, null, Cancellation))));

        Assert.Single(settled, row => row.Succeeded);
        Assert.All(settled.Where(row => !row.Succeeded), row => Assert.Equal(SettleNameCorrectionRefusal.AlreadySettled, row.Refusal));
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(2, await database.Certificates.CountAsync(Cancellation));
        Assert.Single(await school.OutboxAsync("name-correction"));
    }

    [Fact]
    public async Task A_corrected_certificate_keeps_a_suspension_and_is_renewed_like_any_other()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();
        await school.SuspendCertificate.RunAsync(administrator, Serial.Parse(certificate.Serial), SuspensionReason.IdentityInQuestion, null, Cancellation);
        school.Clock.Advance(TimeSpan.FromDays(1));
        await school.SettleNameCorrection.RunAsync(administrator, (await AskAsync(school, holder, certificate)).Value, approve: true, null, Cancellation);
        var corrected = await school.NewestCertificateAsync(holder);
        Assert.Equal(CertificateStatus.Suspended, corrected.StatusAt(school.Now));
        await school.ReinstateCertificate.RunAsync(administrator, Serial.Parse(corrected.Serial), ReinstatementReason.QuestionCleared, null, Cancellation);
        school.Now = corrected.RenewalOpensAt;

        var renewed = await school.RenewAsync(holder, corrected);

        Assert.Equal((CertificateCause.Renewed, corrected.Id, "Ana Ruiz"), (renewed.Cause, renewed.ReplacesId!.Value, renewed.HolderName));
    }
}
