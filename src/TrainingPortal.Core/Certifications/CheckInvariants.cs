using Microsoft.EntityFrameworkCore;
using TrainingPortal.Assessments;
using TrainingPortal.Jobs;
using TrainingPortal.Persistence;

namespace TrainingPortal.Certifications;

/// <summary>What must always hold was found broken. It names each such rule with some of the rows, never with a person's name.</summary>
public sealed class InvariantsBrokenException(string message) : Exception(message);

/// <summary>
/// The job <c>invariants</c>: asks the database for rows that contradict what must always hold. It changes nothing; what it
/// finds is a fault of the portal or of whoever wrote to the database past it, and fails the job so that it is seen.
/// </summary>
public sealed class CheckInvariants(IDbContextFactory<PortalDbContext> databases) : IPortalJob
{
    /// <summary>Rows named for each broken rule at most.</summary>
    public const int MostNamed = 5;

    // So long after a pass its certificate must be there.
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    public string Name => JobNames.Invariants;

    /// <exception cref="InvariantsBrokenException">Something is broken.</exception>
    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var certificates = database.Certificates.AsNoTracking().IgnoreAutoIncludes();
        var live = certificates.Where(row => row.SupersededAt == null && row.Revocation == null && !row.Events.Any(happened => happened.Kind == CertificateEventKind.Withdrawn));
        var broken = new List<string>();

        await AskAsync("one-live-certificate", live
            .Where(row => live.Any(other => other.Id != row.Id && other.HolderId == row.HolderId && other.ProgrammeId == row.ProgrammeId))
            .Select(row => row.Serial));

        // With the unique index on the replaced one, each chain has one end.
        await AskAsync("superseded-has-successor", certificates
            .Where(row => row.SupersededAt != null && !certificates.Any(other => other.ReplacesId == row.Id))
            .Select(row => row.Serial));
        await AskAsync("chain-goes-forward", certificates
            .Where(row => row.ReplacesId != null && !certificates.Any(replaced => replaced.Id == row.ReplacesId
                && replaced.Id != row.Id
                && replaced.SupersededAt != null
                && replaced.IssuedAt <= row.IssuedAt
                && replaced.HolderId == row.HolderId
                && replaced.ProgrammeId == row.ProgrammeId))
            .Select(row => row.Serial));
        await AskAsync("dates-ordered", certificates
            .Where(row => row.ValidFrom > row.IssuedAt || row.ValidFrom > row.ValidUntil || row.RenewalOpensAt > row.ValidUntil || row.LastValidDay > row.WholeLastValidDay)
            .Select(row => row.Serial));
        await AskAsync("pass-has-certificate", database.Attempts
            .Where(attempt => attempt.Kind == QuizKind.Exam && attempt.Result == AttemptResult.Passed && attempt.ClosedAt < now - s_patience)
            .Where(attempt => database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && database.Programmes.Any(programme => programme.Id == quiz.ProgrammeId)))
            .Where(attempt => !database.Users.Any(person => person.Id == attempt.PersonId && person.ErasedAt != null))
            .Where(attempt => !certificates.Any(row => row.AttemptId == attempt.Id))
            .Select(attempt => attempt.Id.ToString()));

        var events = database.CertificateEvents;
        await AskAsync("events-in-order", events
            .Where(row => !(row.Number == 1 && row.Kind != CertificateEventKind.Reinstated)
                && !events.Any(before => before.CertificateId == row.CertificateId
                    && before.Number == row.Number - 1
                    && before.At <= row.At
                    && ((before.Kind == CertificateEventKind.Suspended && row.Kind != CertificateEventKind.Suspended)
                        || (before.Kind == CertificateEventKind.Reinstated && row.Kind != CertificateEventKind.Reinstated)
                        || (before.Kind == CertificateEventKind.Revoked && row.Kind == CertificateEventKind.Withdrawn))))
            .Select(row => row.Id.ToString()));
        await AskAsync("revocation-is-an-event", certificates
            .Where(row => row.Revocation == null
                ? row.Events.Any(happened => happened.Kind == CertificateEventKind.Revoked)
                : row.Revocation.Kind != CertificateEventKind.Revoked || row.Revocation.CertificateId != row.Id)
            .Select(row => row.Serial));

        var erased = database.Users.Where(person => person.ErasedAt != null);
        await AskAsync("no-mail-to-the-erased", database.Outbox
            .Where(mail => erased.Any(person => person.Email == mail.To))
            .Select(mail => mail.Id.ToString()));
        await AskAsync("the-erased-cannot-sign-in", erased
            .Where(person => person.PasswordHash != null
                || person.Name != Accounts.PortalUser.ErasedName
                || database.UserRoles.Any(held => held.UserId == person.Id)
                || database.UserLogins.Any(login => login.UserId == person.Id)
                || database.UserTokens.Any(token => token.UserId == person.Id))
            .Select(person => person.Id.ToString()));
        await AskAsync("the-erased-hold-nothing", certificates
            .Where(row => erased.Any(person => person.Id == row.HolderId) != row.Events.Any(happened => happened.Kind == CertificateEventKind.Withdrawn))
            .Select(row => row.Serial));

        await ReckonAsync(database, broken, cancellation);
        return broken.Count == 0 ? 0 : throw new InvariantsBrokenException(string.Join("; ", broken));

        async Task AskAsync(string rule, IQueryable<string> rows) => Tell(broken, rule, await rows.OrderBy(row => row).Take(MostNamed).ToListAsync(cancellation));
    }

    private static void Tell(List<string> broken, string rule, IReadOnlyCollection<string> rows)
    {
        if (rows.Count > 0)
        {
            broken.Add($"{rule}: {string.Join(", ", rows)}{(rows.Count == MostNamed ? ", …" : "")}");
        }
    }

    // What no database can work out, since it knows neither the zones nor the parts: one pass over all certificates.
    private static async Task ReckonAsync(PortalDbContext database, List<string> broken, CancellationToken cancellation)
    {
        var wrong = new Dictionary<string, List<string>> { ["last-valid-day"] = [], ["valid-until"] = [], ["next-reminder"] = [] };
        var rows = database.Certificates
            .AsNoTracking()
            .IgnoreAutoIncludes()
            .Select(row => new
            {
                Certificate = row,
                Live = row.SupersededAt == null && row.Revocation == null && !row.Events.Any(happened => happened.Kind == CertificateEventKind.Withdrawn),
                Notices = database.ReminderNotices.Count(notice => notice.CertificateId == row.Id),
                NoticesOfEnd = database.ReminderNotices.Count(notice => notice.CertificateId == row.Id && notice.DaysBefore == 0),
            });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var certificate = row.Certificate;
            Find("last-valid-day", certificate.LastValidDay != certificate.Parts.Select(part => part.LastValidDay).Append(certificate.WholeLastValidDay).Min());
            Find("valid-until", certificate.ValidUntil.AddSeconds(1) != Validity.StartOfDay(certificate.LastValidDay.AddDays(1), TimeZoneInfo.FindSystemTimeZoneById(certificate.TimeZone)));

            // The notice of the end may also come from the job that sends it where none was promised.
            var decided = certificate.ReminderDays.Contains(0) ? row.Notices : row.Notices - row.NoticesOfEnd;
            var expected = certificate.ReminderDays.Count(days => certificate.NextReminderAt is not { } next || certificate.ReminderDueAt(days) < next);
            Find("next-reminder", row.Live
                ? (certificate.NextReminderAt is { } due && !certificate.ReminderDays.Any(days => certificate.ReminderDueAt(days) == due))
                    || (certificate.Cause == CertificateCause.Corrected ? decided > expected : decided != expected)
                : certificate.NextReminderAt is not null);

            void Find(string rule, bool found)
            {
                if (found && wrong[rule].Count < MostNamed)
                {
                    wrong[rule].Add(certificate.Serial);
                }
            }
        }

        foreach (var (rule, serials) in wrong)
        {
            Tell(broken, rule, serials);
        }
    }
}
