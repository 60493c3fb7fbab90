using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Certifications;

namespace TrainingPortal.Tests.Certifications;

/// <summary>What a certificate is worth: a pure function of its facts and the time.</summary>
public class CertificateStatusTests
{
    private static readonly DateTime s_award = new(2026, 11, 2, 9, 30, 0, DateTimeKind.Utc);

    private static Certificate Issue(int months = 24, int window = 90, string zone = "America/Denver", int[]? reminders = null)
    {
        var programme = new Programme
        {
            Slug = "competence",
            Title = "Microneedling competence",
            Level = "Foundation",
            TimeZone = zone,
            Scope = "Theory only.",
            ReminderDays = reminders ?? [90, 30, 7, 0],
            ValidityMonths = months,
            RenewalWindowDays = window,
        };
        var validity = Validity.From(s_award, programme);
        return new Certificate(programme, Guid.NewGuid(), Guid.NewGuid(), "Ana", validity, replaces: null, s_award);
    }

    [Fact]
    public void It_is_active_then_expiring_then_expired_each_to_the_second()
    {
        var certificate = Issue();

        Assert.Equal(CertificateStatus.Active, certificate.StatusAt(s_award));
        Assert.Equal(CertificateStatus.Active, certificate.StatusAt(certificate.RenewalOpensAt.AddTicks(-1)));
        Assert.Equal(CertificateStatus.Expiring, certificate.StatusAt(certificate.RenewalOpensAt));
        Assert.Equal(CertificateStatus.Expiring, certificate.StatusAt(certificate.ValidUntil));
        Assert.Equal(CertificateStatus.Expired, certificate.StatusAt(certificate.ValidUntil.AddSeconds(1)));
    }

    [Fact]
    public void It_is_good_through_the_whole_of_its_last_second()
    {
        var certificate = Issue();

        Assert.Equal(CertificateStatus.Expiring, certificate.StatusAt(certificate.ValidUntil.AddMilliseconds(999)));
    }

    [Theory]
    [InlineData(false, false, CertificateStatus.Expired)]
    [InlineData(false, true, CertificateStatus.Superseded)]
    [InlineData(true, false, CertificateStatus.Revoked)]
    [InlineData(true, true, CertificateStatus.Revoked)]
    public void Revoked_comes_before_superseded_and_that_before_expired(bool revoked, bool superseded, CertificateStatus status)
    {
        var certificate = Issue();
        if (superseded)
        {
            certificate.Supersede(s_award.AddDays(1));
        }

        if (revoked)
        {
            certificate.Revoke(RevocationReason.Misconduct, Guid.NewGuid(), s_award.AddDays(2));
        }

        Assert.Equal(status, certificate.StatusAt(s_award.AddYears(10)));
    }

    [Fact]
    public void With_time_alone_the_status_only_moves_forward() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from months in Gen.Choose(1, 60)
         from window in Gen.Choose(0, 120)
         from zone in Gen.Elements("America/Denver", "Asia/Beirut", "Pacific/Kiritimati", "UTC")
         from hours in Gen.Choose(0, 24 * 365 * 6).Two()
         select (Certificate: Issue(months, window, zone), Earlier: Math.Min(hours.Item1, hours.Item2), Later: Math.Max(hours.Item1, hours.Item2))).ToArbitrary(),
        drawn =>
        {
            CertificateStatus[] forward = [CertificateStatus.Active, CertificateStatus.Expiring, CertificateStatus.Expired];
            var earlier = Array.IndexOf(forward, drawn.Certificate.StatusAt(s_award.AddHours(drawn.Earlier)));
            var later = Array.IndexOf(forward, drawn.Certificate.StatusAt(s_award.AddHours(drawn.Later)));
            Assert.InRange(earlier, 0, later);
        }));

    [Fact]
    public void Once_revoked_it_stays_so()
    {
        var certificate = Issue();
        certificate.Revoke(RevocationReason.HolderRequest, Guid.NewGuid(), s_award.AddDays(1));

        Assert.Equal(RevokeRefusal.AlreadyRevoked, certificate.RefusalToRevoke());
        Assert.Throws<InvalidOperationException>(() => certificate.Revoke(RevocationReason.Replaced, Guid.NewGuid(), s_award.AddDays(2)));
        Assert.Equal(nameof(RevocationReason.HolderRequest), certificate.Revocation?.Reason);
    }

    [Fact]
    public void A_reminder_is_due_as_its_day_begins_and_the_last_one_the_second_after_the_end()
    {
        var certificate = Issue();

        Assert.Equal(new DateTime(2028, 8, 4, 6, 0, 0, DateTimeKind.Utc), certificate.ReminderDueAt(90));
        Assert.Equal(new DateTime(2028, 11, 3, 6, 0, 0, DateTimeKind.Utc), certificate.ReminderDueAt(0));
        Assert.Equal(certificate.ReminderDueAt(90), certificate.NextReminderAt);
    }

    [Fact]
    public void Reminders_written_in_any_order_are_taken_most_days_first()
    {
        var certificate = Issue(reminders: [0, 30, 90, 7]);

        Assert.Equal([90, 30, 7, 0], certificate.ReminderDays);
        Assert.Equal([90, 30], certificate.TakeDueReminders(certificate.ReminderDueAt(30)));
        Assert.Equal([7], certificate.TakeDueReminders(certificate.ReminderDueAt(7)));
        Assert.Equal([0], certificate.TakeDueReminders(certificate.ReminderDueAt(0)));
        Assert.Null(certificate.NextReminderAt);
        Assert.Empty(certificate.TakeDueReminders(certificate.ReminderDueAt(0).AddYears(1)));
    }

    [Fact]
    public void The_days_left_are_days_of_the_programmes_zone()
    {
        var certificate = Issue();

        Assert.Equal(1, certificate.DaysLeft(new DateTime(2028, 11, 2, 5, 59, 59, DateTimeKind.Utc)));
        Assert.Equal(0, certificate.DaysLeft(new DateTime(2028, 11, 2, 6, 0, 0, DateTimeKind.Utc)));
    }
}
