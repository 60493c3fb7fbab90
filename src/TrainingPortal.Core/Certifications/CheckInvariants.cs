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

    private const int Batch = 1000;

    // So long after the last thing done its certificate must be there.
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
        await AskAsync("fact-is-decided", database.Attempts
            .Where(attempt => attempt.AwaitsAward && attempt.ClosedAt < now - s_patience)
            .Where(attempt => database.Quizzes.Any(quiz => quiz.Id == attempt.QuizId && database.Programmes.Any(programme => programme.Id == quiz.ProgrammeId)))
            .Select(attempt => attempt.Id.ToString()));
        await AskAsync("one-award-a-cycle", certificates
            .Where(row => row.Cause == CertificateCause.PartRepeated || row.Cause == CertificateCause.Corrected
                ? !certificates.Any(replaced => replaced.Id == row.ReplacesId && replaced.Cycle == row.Cycle)
                : certificates.Any(other => other.HolderId == row.HolderId && other.ProgrammeId == row.ProgrammeId && other.Id != row.Id && other.Cycle == row.Cycle
                    && other.Cause != CertificateCause.PartRepeated && other.Cause != CertificateCause.Corrected))
            .Select(row => row.Serial));
        await EarnedAsync(database, broken, now, cancellation);

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

    // Whoever has done everything has the certificate, and whoever has it did everything that it says. Only people with something
    // that no award rests on yet are reckoned with, a bounded number at a time.
    private static async Task EarnedAsync(PortalDbContext database, List<string> broken, DateTime now, CancellationToken cancellation)
    {
        var book = await ProgrammeBook.ReadAsync(database, cancellation);
        var before = now - s_patience;
        var passed = database.Attempts
            .Where(attempt => attempt.Kind == QuizKind.Exam && attempt.Result == AttemptResult.Passed && attempt.ClosedAt < before
                && !database.Certificates.Any(row => row.HolderId == attempt.PersonId && row.EarnedAt >= attempt.ClosedAt))
            .Select(attempt => attempt.PersonId);
        var signed = database.PracticalMarkings
            .Where(marking => marking.Result == Practicals.PracticalResult.Passed && marking.DoubleOf == null && marking.SignedOffAt < before
                && !database.Certificates.Any(row => row.HolderId == marking.CandidateId && row.EarnedAt >= marking.SignedOffAt))
            .Select(marking => marking.CandidateId);
        var people = await database.Users
            .Where(person => person.ErasedAt == null && (passed.Contains(person.Id) || signed.Contains(person.Id)))
            .Select(person => person.Id)
            .ToListAsync(cancellation);
        var missing = new List<string>();
        foreach (var chunk in people.Chunk(Batch))
        {
            missing.AddRange(await MissingAsync(database, book, chunk, before, now, cancellation));
        }

        Tell(broken, "earned-has-certificate", [.. missing.Order(StringComparer.Ordinal).Take(MostNamed)]);
    }

    private static async Task<IEnumerable<string>> MissingAsync(PortalDbContext database, ProgrammeBook book, IReadOnlyCollection<Guid> people, DateTime before, DateTime now, CancellationToken cancellation)
    {
        var facts = await book.FactsAsync(database, people, cancellation);
        var wanted = people.ToList();
        var newest = (await database.Certificates
            .AsNoTracking()
            .Where(row => wanted.Contains(row.HolderId) && row.SupersededAt == null)
            .OrderBy(row => row.IssuedAt)
            .ToListAsync(cancellation)).ToLookup(row => row.HolderId);
        return people.SelectMany(person => book.Programmes
            .Where(programme =>
            {
                var last = newest[person].LastOrDefault(row => row.ProgrammeId == programme.Id);
                var states = RequirementRule.StatesOf(programme.Requirements, ProgrammeBook.For(programme, facts[person]), RequirementCycle.Following(last, programme), programme, now);
                return RequirementRule.IsEarned(states) && states.All(state => state.Fact!.At < before);
            })
            .Select(programme => $"{programme.Slug} of {person}"));
    }

    // What each certificate rests on was done by its holder and counted.
    private static async Task GroundsAsync(PortalDbContext database, List<(string Serial, Guid Holder, RequirementFact Fact)> grounds, List<string> wrong, CancellationToken cancellation)
    {
        var ids = grounds.Select(ground => ground.Fact.AttemptId ?? ground.Fact.Id).ToList();
        var passed = await database.Attempts
            .Where(attempt => EF.Parameter(ids).Contains(attempt.Id) && attempt.Result == AttemptResult.Passed)
            .ToDictionaryAsync(attempt => attempt.Id, attempt => attempt.PersonId, cancellation);
        var signed = await database.PracticalMarkings
            .Where(marking => EF.Parameter(ids).Contains(marking.Id) && marking.Result == Practicals.PracticalResult.Passed && marking.DoubleOf == null)
            .ToDictionaryAsync(marking => marking.Id, marking => marking.CandidateId, cancellation);
        wrong.AddRange(grounds
            .Where(ground => (ground.Fact.Kind == RequirementKind.Practical ? signed : passed).GetValueOrDefault(ground.Fact.AttemptId ?? ground.Fact.Id) != ground.Holder)
            .Select(ground => ground.Serial)
            .Distinct()
            .Take(Math.Max(0, MostNamed - wrong.Count)));
    }

    // What no database can work out, since it knows neither the zones nor the parts: one pass over all certificates.
    private static async Task ReckonAsync(PortalDbContext database, List<string> broken, CancellationToken cancellation)
    {
        var wrong = new Dictionary<string, List<string>> { ["last-valid-day"] = [], ["valid-until"] = [], ["next-reminder"] = [], ["certificate-has-every-requirement"] = [] };
        var grounds = new List<(string, Guid, RequirementFact)>();
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
            grounds.AddRange(certificate.Facts.Select(fact => (certificate.Serial, certificate.HolderId, fact)));
            Find("certificate-has-every-requirement", certificate.Facts.Count == 0 && certificate.AttemptId is null);
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

        foreach (var chunk in grounds.Chunk(Batch))
        {
            await GroundsAsync(database, [.. chunk], wrong["certificate-has-every-requirement"], cancellation);
        }

        foreach (var (rule, serials) in wrong)
        {
            Tell(broken, rule, serials);
        }
    }
}
