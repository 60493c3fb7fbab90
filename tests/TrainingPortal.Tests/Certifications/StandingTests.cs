using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Certifications;
using TrainingPortal.Tests.Support;
using TrainingPortal.Verification;

namespace TrainingPortal.Tests.Certifications;

/// <summary>A certificate on hold and off it again.</summary>
public class StandingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<Outcome<Serial, StandingRefusal>> SuspendAsync(School school, Actor actor, Certificate certificate, SuspensionReason reason = SuspensionReason.UnderReview, string? note = null) =>
        school.SuspendCertificate.RunAsync(actor, Serial.Parse(certificate.Serial), reason, note, Cancellation);

    private static Task<Outcome<Serial, StandingRefusal>> ReinstateAsync(School school, Actor actor, Certificate certificate, ReinstatementReason reason = ReinstatementReason.QuestionCleared) =>
        school.ReinstateCertificate.RunAsync(actor, Serial.Parse(certificate.Serial), reason, null, Cancellation);

    [Fact]
    public async Task Each_event_is_a_row_of_its_own_with_an_audit_entry_and_a_mail_in_the_holders_language()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync(language: "es");
        var administrator = await school.AdministratorAsync();

        Assert.True((await SuspendAsync(school, administrator, certificate, SuspensionReason.ConductInQuestion, " A letter came. ")).Succeeded);
        school.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True((await ReinstateAsync(school, administrator, certificate)).Succeeded);
        school.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True((await school.RevokeCertificate.RunAsync(administrator, Serial.Parse(certificate.Serial), RevocationReason.Misconduct, Cancellation)).Succeeded);

        var now = await school.NewestCertificateAsync(holder);
        Assert.Equal(
            [
                (1, CertificateEventKind.Suspended, "ConductInQuestion", "A letter came.", School.Opening),
                (2, CertificateEventKind.Reinstated, "QuestionCleared", null, School.Opening.AddDays(2)),
                (3, CertificateEventKind.Revoked, "Misconduct", (string?)null, School.Opening.AddDays(3)),
            ],
            now.Events.OrderBy(row => row.Number).Select(row => (row.Number, row.Kind, row.Reason, row.Note, row.At)));
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(["certificate suspended", "certificate reinstated", "certificate revoked"], await database.AuditEntries.OrderBy(row => row.At).Select(row => row.Act).ToListAsync(Cancellation));
        var mails = await school.OutboxAsync("certificate-event");
        Assert.Equal(3, mails.Count);
        Assert.All(mails, mail => Assert.StartsWith("Hola", mail.Body, StringComparison.Ordinal));
        Assert.Contains("Se está aclarando una duda sobre la conducta.", mails[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("A letter came.", mails[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspended_comes_after_expired_and_before_expiring()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        await SuspendAsync(school, await school.AdministratorAsync(), certificate);
        var suspended = await school.NewestCertificateAsync(holder);

        Assert.Equal(CertificateStatus.Suspended, suspended.StatusAt(school.Now));
        Assert.Equal(CertificateStatus.Suspended, suspended.StatusAt(suspended.RenewalOpensAt));
        Assert.Equal(CertificateStatus.Suspended, suspended.StatusAt(suspended.ValidUntil));
        Assert.Equal(CertificateStatus.Expired, suspended.StatusAt(suspended.ValidUntil.AddSeconds(1)));
        suspended.Supersede(school.Now);
        Assert.Equal(CertificateStatus.Superseded, suspended.StatusAt(school.Now));
    }

    [Fact]
    public async Task Whoever_checks_reads_since_when_and_why_it_is_on_hold()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        school.Clock.Advance(TimeSpan.FromDays(5));
        await SuspendAsync(school, await school.AdministratorAsync(), certificate);
        school.Clock.Advance(TimeSpan.FromDays(1));

        var check = await new CheckCertificate(school.Database, school.Clock).RunAsync(Serial.Parse(certificate.Serial), Cancellation);

        Assert.Equal((CertificateStatus.Suspended, false, SuspensionReason.UnderReview, School.Opening.AddDays(5)), (check!.Status, check.IsGood, check.SuspensionReason!.Value, check.StatusSince));
        Assert.Null(check.RevocationReason);
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_and_leaves_no_trace()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();

        Assert.Equal(StandingRefusal.NotSuspended, (await ReinstateAsync(school, administrator, certificate)).Refusal);
        Assert.Equal(StandingRefusal.NoteTooLong, (await SuspendAsync(school, administrator, certificate, note: new string('n', CertificateEvent.NoteLength + 1))).Refusal);
        Assert.Equal(StandingRefusal.NotFound, (await school.SuspendCertificate.RunAsync(administrator, Serial.Draw(), SuspensionReason.UnderReview, null, Cancellation)).Refusal);
        await Assert.ThrowsAsync<ActNotPermittedException>(() => SuspendAsync(school, holder, certificate));
        Assert.Empty((await school.NewestCertificateAsync(holder)).Events);

        await SuspendAsync(school, administrator, certificate);
        Assert.Equal(StandingRefusal.AlreadySuspended, (await SuspendAsync(school, administrator, certificate)).Refusal);
        await school.RevokeCertificate.RunAsync(administrator, Serial.Parse(certificate.Serial), RevocationReason.Misconduct, Cancellation);
        Assert.Equal(StandingRefusal.AlreadyRevoked, (await SuspendAsync(school, administrator, certificate)).Refusal);
        Assert.Equal(StandingRefusal.AlreadyRevoked, (await ReinstateAsync(school, administrator, certificate)).Refusal);
        Assert.Equal(2, (await school.NewestCertificateAsync(holder)).Events.Count);
    }

    [Fact]
    public async Task Ten_administrators_at_once_suspend_it_once()
    {
        await using var school = await School.OpenAsync();
        var (_, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();

        var suspensions = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => SuspendAsync(school, administrator, certificate))));

        Assert.Single(suspensions, suspension => suspension.Succeeded);
        Assert.All(suspensions.Where(suspension => !suspension.Succeeded), suspension => Assert.Equal(StandingRefusal.AlreadySuspended, suspension.Refusal));
        await using var database = school.Database.CreateDbContext();
        Assert.Equal((1, 1, 1), (await database.CertificateEvents.CountAsync(Cancellation), await database.AuditEntries.CountAsync(Cancellation), (await school.OutboxAsync("certificate-event")).Count));
    }

    [Fact]
    public async Task A_renewal_keeps_the_suspension_until_it_is_lifted()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();
        await SuspendAsync(school, administrator, certificate);
        Assert.Equal(StartRenewalRefusal.TooEarly, (await school.StartRenewal.RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation)).Refusal);
        school.Now = certificate.RenewalOpensAt;

        var renewed = await school.RenewAsync(holder, certificate);

        Assert.Equal((CertificateCause.Renewed, CertificateStatus.Suspended), (renewed.Cause, renewed.StatusAt(school.Now)));
        Assert.Equal(StandingRefusal.Superseded, (await ReinstateAsync(school, administrator, certificate)).Refusal);
        Assert.True((await ReinstateAsync(school, administrator, renewed)).Succeeded);
        Assert.Equal(CertificateStatus.Active, (await school.NewestCertificateAsync(holder)).StatusAt(school.Now));
    }

    [Fact]
    public async Task The_explanation_gives_every_fact_in_order_and_who_did_it()
    {
        await using var school = await School.OpenAsync();
        var (holder, certificate) = await school.CertifyAsync();
        var administrator = await school.AdministratorAsync();
        school.Clock.Advance(TimeSpan.FromDays(1));
        await SuspendAsync(school, administrator, certificate, note: "See letter 7");
        school.Now = certificate.ReminderDueAt(90);
        await school.SendRenewalReminders.RunAsync(school.Now, Cancellation);
        var explain = new ExplainCertificate(school.Database, school.Clock);

        var found = (await explain.RunAsync(administrator, Serial.Parse(certificate.Serial), Cancellation))!;

        Assert.Equal(CertificateStatus.Suspended, found.Status);
        Assert.Equal(
            [CertificateFactKind.Passed, CertificateFactKind.Issued, CertificateFactKind.Suspended, CertificateFactKind.ReminderSent, CertificateFactKind.RenewalOpens, CertificateFactKind.Ends],
            found.Facts.Select(fact => fact.Kind));
        Assert.Equal(("Ada Moss", "UnderReview", "See letter 7"), (found.Facts[2].Who, found.Facts[2].Reason, found.Facts[2].Note));
        Assert.Equal(90, found.Facts[3].DaysBefore);
        Assert.Equal([certificate.Serial], found.Issues.Select(issue => issue.Certificate.Serial));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => explain.RunAsync(holder, Serial.Parse(certificate.Serial), Cancellation));
        Assert.Null(await explain.RunAsync(administrator, Serial.Draw(), Cancellation));
    }
}
