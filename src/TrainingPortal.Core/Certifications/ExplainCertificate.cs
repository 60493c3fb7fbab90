using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

public enum CertificateFactKind
{
    /// <summary>The last thing done that earned it, or the repetition of a part.</summary>
    Passed,
    Issued,
    Suspended,
    Reinstated,
    Revoked,
    Withdrawn,

    /// <summary>A newer issue took its place.</summary>
    Superseded,
    ReminderSent,

    /// <summary>A more urgent reminder was sent in the same run instead.</summary>
    ReminderOvertaken,
    RenewalOpens,

    /// <summary>The first instant at which a part is no longer good.</summary>
    PartEnds,

    /// <summary>The first instant at which it is no longer good.</summary>
    Ends,
}

/// <summary>One fact that a certificate's status rests on.</summary>
/// <param name="At">UTC; it may lie ahead.</param>
/// <param name="Who">The name of whoever did it; none where nobody did.</param>
/// <param name="Reason">A value of a closed list, or none.</param>
/// <param name="Note">For the staff only, or none.</param>
/// <param name="Part">The name of the part, for its end only.</param>
/// <param name="DaysBefore">For a reminder only: days before the last valid day, 0 for the first day after it.</param>
public sealed record CertificateFact(
    DateTime At, CertificateFactKind Kind, string? Who = null, string? Reason = null, string? Note = null, string? Part = null, int? DaysBefore = null);

/// <summary>One certificate with every fact in the order of time, and all issues of its holder and programme, oldest first.</summary>
/// <param name="Now">UTC: when it was read.</param>
public sealed record CertificateExplanation(
    Certificate Certificate, CertificateStatus Status, DateTime Now, IReadOnlyList<CertificateFact> Facts, IReadOnlyList<OwnCertificate> Issues);

/// <summary>Why does this person have this status? Everything that it rests on, for an administrator.</summary>
public sealed class ExplainCertificate(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>Null where no certificate has this serial.</returns>
    public async Task<CertificateExplanation?> RunAsync(Actor actor, Serial serial, CancellationToken cancellation)
    {
        actor.Demand(Act.RevokeCertificates);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificate = await database.Certificates.AsNoTracking().FirstOrDefaultAsync(row => row.Serial == serial.Value, cancellation);
        if (certificate is null)
        {
            return null;
        }

        var notices = await database.ReminderNotices.AsNoTracking().Where(row => row.CertificateId == certificate.Id).ToListAsync(cancellation);
        var actors = certificate.Events.Select(row => row.ActorId).Distinct().ToList();
        var names = await database.Users.Where(row => actors.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancellation);
        var issues = await database.Certificates
            .AsNoTracking()
            .Where(row => row.HolderId == certificate.HolderId && row.ProgrammeId == certificate.ProgrammeId)
            .OrderBy(row => row.IssuedAt)
            .ToListAsync(cancellation);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(certificate.TimeZone);
        List<CertificateFact> facts =
        [
            new(certificate.Cause == CertificateCause.PartRepeated ? certificate.ValidFrom : certificate.EarnedAt, CertificateFactKind.Passed),
            new(certificate.IssuedAt, CertificateFactKind.Issued),
            .. certificate.Events.OrderBy(row => row.Number).Select(row => new CertificateFact(row.At, KindOf(row.Kind), names.GetValueOrDefault(row.ActorId), row.Reason, row.Note)),
            .. notices.Select(row => new CertificateFact(row.DecidedAt, row.Mailed ? CertificateFactKind.ReminderSent : CertificateFactKind.ReminderOvertaken, DaysBefore: row.DaysBefore)),
            new(certificate.RenewalOpensAt, CertificateFactKind.RenewalOpens),
            .. certificate.Parts.Select(part => new CertificateFact(Validity.StartOfDay(part.LastValidDay.AddDays(1), zone), CertificateFactKind.PartEnds, Part: part.Name)),
            new(certificate.ValidUntil.AddSeconds(1), CertificateFactKind.Ends),
        ];
        if (certificate.SupersededAt is { } superseded)
        {
            facts.Add(new CertificateFact(superseded, CertificateFactKind.Superseded));
        }

        // The order of those at the same instant stays as above.
        return new CertificateExplanation(
            certificate,
            certificate.StatusAt(now),
            now,
            [.. facts.OrderBy(fact => fact.At)],
            [.. issues.Select(row => new OwnCertificate(row, row.StatusAt(now)))]);
    }

    private static CertificateFactKind KindOf(CertificateEventKind kind) => kind switch
    {
        CertificateEventKind.Suspended => CertificateFactKind.Suspended,
        CertificateEventKind.Reinstated => CertificateFactKind.Reinstated,
        CertificateEventKind.Revoked => CertificateFactKind.Revoked,
        CertificateEventKind.Withdrawn => CertificateFactKind.Withdrawn,
    };
}
