using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingPortal.Assessments;
using TrainingPortal.Certifications;
using TrainingPortal.Jobs;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;
using TrainingPortal.Practicals;

namespace TrainingPortal.Credentials;

/// <summary>
/// The job <c>issue</c>: decides what comes of every passed exam, signed practical and completed course that nobody has
/// looked at, and makes the certificate where that was the last thing missing. It finds them through an index on the fact
/// itself, so there is no second row to lose; a unique index on person, programme and cycle makes it exactly one, however
/// many copies race and whichever fact came last. Certificate, signed credential and mail are one save. What it takes to make
/// them is read for many people at once.
/// </summary>
public sealed class IssueCertificates(IDbContextFactory<PortalDbContext> databases, IOptions<PortalOptions> portal, CredentialIssue credentials, TimeProvider clock) : IPreviewedJob
{
    public string Name => JobNames.Issue;

    public async Task<int> RunAsync(DateTime now, CancellationToken cancellation)
    {
        var done = 0;
        var failures = new List<AggregateException>();
        foreach (var part in new Func<Task<int>>[]
        {
            () => new SignEarlierCertificates(databases, credentials).RunAsync(now, cancellation),
            () => IssueForFactsAsync(now, cancellation),
            () => new ReissueForParts(databases, portal, credentials, clock).RunAsync(now, cancellation),
        })
        {
            try
            {
                done += await part();
            }
            catch (AggregateException failure)
            {
                // Rows that are broken in one part hold up none of the others; they are told below.
                failures.Add(failure);
            }
        }

        return failures.Count switch
        {
            0 => done,
            1 => throw failures[0],
            _ => throw new AggregateException(failures),
        };
    }

    public async Task<DueList> ListDueAsync(DateTime now, int most, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var book = await ProgrammeBook.ReadAsync(database, cancellation);
        var decided = await DecideAsync(database, book, most, now, cancellation);
        var people = decided.Found.Select(row => row.Holder.Id).ToList();
        var names = await database.Users.Where(row => people.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToDictionaryAsync(row => row.Id, row => row.Name, cancellation);
        List<DueLine> earned = [.. decided.Found.SelectMany(row => row.Made.Select(award => new DueLine(award.Earning.At, names[row.Holder.Id], award.Programme.Title))).OrderBy(line => line.DueAt).Take(most)];
        var repetitions = await ReissueForParts.ListDueAsync(database, most - earned.Count, cancellation);

        // Where more waits than was looked at, how many of it earn something is not known yet: all of it is counted.
        var total = decided.Facts < most ? earned.Count : await CountAsync(database, book, cancellation);
        return new DueList([.. earned, .. repetitions.Lines], total + repetitions.Total);
    }

    private static async Task<int> CountAsync(PortalDbContext database, ProgrammeBook book, CancellationToken cancellation) =>
        await book.AwaitingAttempts(database).CountAsync(cancellation) + (book.AsksPracticals ? await book.AwaitingMarkings(database).CountAsync(cancellation) : 0);

    private async Task<int> IssueForFactsAsync(DateTime now, CancellationToken cancellation)
    {
        // Several facts of one person are decided at once, so that fewer people than a whole batch may be found while more wait.
        var (done, again) = (0, true);
        while (again)
        {
            var (full, idle) = (false, false);
            var issued = await DueRows.WorkThroughAsync(
                async most =>
                {
                    var (found, facts) = await FindAsync(most, now, cancellation);
                    full |= facts >= most && found.Count < most;
                    idle |= found.Count == 0;
                    return found;
                },
                awards => awards.Holder.Id,
                async () =>
                {
                    await using var database = await databases.CreateDbContextAsync(cancellation);
                    return await CountAsync(database, await ProgrammeBook.ReadAsync(database, cancellation), cancellation);
                },
                awards => IssueAsync(awards, now, cancellation),
                cancellation);
            done += issued;

            // Where none could be made although some were found, another copy of the job is at work on the same people.
            again = full && (issued > 0 || idle);
        }

        return done;
    }

    /// <returns>The people for whom something is to be made, and how many facts were looked at. What leads to nothing is marked as decided.</returns>
    private async Task<(List<Awards> Found, int Facts)> FindAsync(int most, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var decided = await DecideAsync(database, await ProgrammeBook.ReadAsync(database, cancellation), most, now, cancellation);
        await MarkDecidedAsync(database, decided.IdleAttempts, decided.IdleMarkings, cancellation);
        return (await WithSheetAsync(database, decided.Found, now, cancellation), decided.Facts);
    }

    private static async Task<Decided> DecideAsync(PortalDbContext database, ProgrammeBook book, int most, DateTime now, CancellationToken cancellation)
    {
        // What waits is read first, and then everything that was done: of two facts at once, whichever job looks later sees both.
        var attempts = await book.AwaitingAttempts(database).AsNoTracking().OrderBy(attempt => attempt.ClosedAt).Take(most).ToListAsync(cancellation);
        var markings = book.AsksPracticals
            ? await book.AwaitingMarkings(database).AsNoTracking().OrderBy(marking => marking.SignedOffAt).Take(most).ToListAsync(cancellation)
            : [];
        if (attempts.Count + markings.Count == 0)
        {
            return new Decided([], 0, [], []);
        }

        var people = attempts.Select(row => row.PersonId).Concat(markings.Select(row => row.CandidateId)).Distinct().ToList();
        var facts = await book.FactsAsync(database, people, cancellation);
        var programmeIds = book.Programmes.Select(programme => programme.Id).ToList();
        var certificates = (await database.Certificates
            .AsNoTracking()
            .Where(row => people.Contains(row.HolderId) && row.SupersededAt == null && programmeIds.Contains(row.ProgrammeId))
            .OrderBy(row => row.IssuedAt)
            .ToListAsync(cancellation)).ToLookup(row => row.HolderId);
        var waitingAttempts = attempts.ToLookup(row => row.PersonId);
        var waitingMarkings = markings.ToLookup(row => row.CandidateId);
        var found = new List<Awards>();
        var (idleAttempts, idleMarkings) = (new List<Guid>(), new List<Guid>());
        foreach (var person in people)
        {
            var awards = book.Programmes.Select(programme => Decide(programme, facts[person], certificates[person].LastOrDefault(row => row.ProgrammeId == programme.Id), now)).OfType<Award>().ToList();
            if (awards.Count == 0)
            {
                idleAttempts.AddRange(waitingAttempts[person].Select(row => row.Id));
                idleMarkings.AddRange(waitingMarkings[person].Select(row => row.Id));
                continue;
            }

            // What no certificate rests on now waits for the next look, since it may belong to the cycle that begins. The checks of a
            // completed course are decided with it.
            var used = awards.SelectMany(award => award.Earning.Facts).SelectMany(fact => new[] { fact.Id, fact.AttemptId }).ToHashSet();
            found.Add(new Awards(
                new Holder(person, "", null, ""),
                awards,
                [.. waitingAttempts[person].Where(row => used.Contains(row.Id) || (row.Kind == QuizKind.Check && used.Contains(row.EnrollmentId)))],
                [.. waitingMarkings[person].Where(row => used.Contains(row.Id))]));
        }

        return new Decided(found, Math.Max(attempts.Count, markings.Count), idleAttempts, idleMarkings);
    }

    private static async Task MarkDecidedAsync(PortalDbContext database, List<Guid> attempts, List<Guid> markings, CancellationToken cancellation)
    {
        if (attempts.Count > 0)
        {
            await database.Attempts
                .Where(row => EF.Parameter(attempts).Contains(row.Id) && row.AwaitsAward)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.AwaitsAward, false).SetProperty(row => row.Revision, row => row.Revision + 1), cancellation);
        }

        if (markings.Count > 0)
        {
            await database.PracticalMarkings
                .Where(row => EF.Parameter(markings).Contains(row.Id) && row.AwaitsAward)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.AwaitsAward, false).SetProperty(row => row.Revision, row => row.Revision + 1), cancellation);
        }
    }

    /// <returns>None where nothing is to be made of it.</returns>
    private static Award? Decide(Programme programme, IEnumerable<DoneFact> done, Certificate? newest, DateTime now)
    {
        var facts = ProgrammeBook.For(programme, done);
        var cycle = RequirementCycle.Following(newest, programme);
        var states = RequirementRule.StatesOf(programme.Requirements, facts, cycle, programme, now);
        if (RequirementRule.IsEarned(states))
        {
            var used = states.Select(state => state.Fact!).ToList();
            var last = used.MaxBy(fact => fact.At)!;
            return new Award(programme, newest is { Stands: true } ? newest : null, new Earning(cycle.Number, last.At, used, last.AttemptId), Repeated: null);
        }

        // An exam or a practical with months of its own that was done again before the whole is due; courses have their own cycle.
        if (newest is not { Stands: true })
        {
            return null;
        }

        var repeated = newest.Parts
            .Where(part => part.Kind is RequirementKind.Exam or RequirementKind.Practical)
            .Select(part => facts.Where(fact => fact.Kind == part.Kind && fact.Slug == part.Slug && fact.At >= newest.EarnedAt && newest.Facts.All(kept => kept.Id != fact.Id && !(kept.Kind == fact.Kind && kept.Slug == fact.Slug && kept.At >= fact.At))).MaxBy(fact => fact.At))
            .FirstOrDefault(fact => fact is not null);
        if (repeated is null || Validity.PartRepeated(newest, repeated.Slug, repeated.At, programme, repeated.Kind).Parts.SequenceEqual(newest.Parts))
        {
            return null;
        }

        return new Award(
            programme,
            newest,
            new Earning(newest.Cycle, newest.EarnedAt, [.. newest.Facts.Where(kept => kept.Kind != repeated.Kind || kept.Slug != repeated.Slug), repeated], repeated.AttemptId),
            repeated);
    }

    private async Task<List<Awards>> WithSheetAsync(PortalDbContext database, List<Awards> found, DateTime now, CancellationToken cancellation)
    {
        if (found.Count == 0)
        {
            return [];
        }

        var people = found.Select(row => row.Holder.Id).ToList();
        var holders = await database.Users
            .Where(row => people.Contains(row.Id))
            .Select(row => new Holder(row.Id, row.Name, row.Email, row.Language))
            .ToDictionaryAsync(row => row.Id, cancellation);
        var awardIds = found.SelectMany(row => row.Made).Select(row => row.Current?.AwardId).Where(id => id is not null).ToList();
        var awardedAt = awardIds.Count == 0
            ? []
            : await database.Certificates
                .Where(row => awardIds.Contains(row.AwardId))
                .GroupBy(row => row.AwardId)
                .Select(award => new { Award = award.Key!.Value, At = award.Min(row => row.ValidFrom) })
                .ToDictionaryAsync(row => row.Award, row => row.At, cancellation);
        var sheet = await credentials.PrepareAsync(database, found.Sum(row => row.Made.Count), now, cancellation);
        await SaveNewListAsync(database, cancellation);

        // One person follows the other, so that the next is signed while the last is saved.
        List<Awards> prepared =
        [
            .. found.Select(row => row with
            {
                Holder = holders[row.Holder.Id],
                Sheet = sheet,
                Made = [.. row.Made.Select(award => award.Current?.AwardId is { } id ? award with { FirstAt = awardedAt[id] } : award)],
            }),
        ];
        foreach (var (awards, next) in prepared.Zip(prepared.Skip(1)))
        {
            awards.Next = next;
        }

        return prepared;
    }

    private async Task<bool> IssueAsync(Awards awards, DateTime now, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var signing = awards.SignAsync(now);

        // A signature takes about as long as a save: the next one is made meanwhile.
        _ = awards.Next?.SignAsync(now);
        var signed = await signing;
        foreach (var attempt in awards.Attempts)
        {
            database.Attach(attempt);
            attempt.MarkAwarded();
        }

        foreach (var marking in awards.Markings)
        {
            database.Attach(marking);
            marking.MarkAwarded();
        }

        foreach (var (award, (certificate, credential)) in awards.Made.Zip(signed))
        {
            if (award.Current is { } current)
            {
                database.Attach(current);
                current.Supersede(now);
            }

            database.Certificates.Add(certificate);
            database.Credentials.Add(credential);
            database.Outbox.Add(IssuedMail(certificate, awards.Holder, portal.Value, clock.GetUtcNow().UtcDateTime));
        }

        try
        {
            await database.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || UniqueIndex.Refused(failure))
        {
            // Another copy of the job was first with this person; if not, the next run finds them again.
            return false;
        }
    }

    private static async Task SaveNewListAsync(PortalDbContext database, CancellationToken cancellation)
    {
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (UniqueIndex.Refused(failure))
        {
            // Another copy of the job began the same list, which is as good.
        }
    }

    /// <summary>The mail that a certificate is there, once for each.</summary>
    internal static OutboxMail IssuedMail(Certificate certificate, Holder holder, PortalOptions portal, DateTime now)
    {
        var serial = Serial.Parse(certificate.Serial);
        return new OutboxMail(
            $"certificate-issued/{certificate.Id}",
            holder.Email!,
            MailTexts.CertificateIssued(
                holder.Language,
                portal.Name,
                holder.Name,
                certificate.Title,
                certificate.LastValidDay,
                serial.ToString(),
                portal.Link($"/me/certificates/{serial}"),
                portal.Link($"/verify/{serial}")),
            confidential: false,
            now);
    }

    /// <summary>What waiting facts lead to.</summary>
    /// <param name="Facts">How many were looked at, of attempts or of markings, whichever are more.</param>
    /// <param name="IdleAttempts">Passes that lead to nothing by themselves; a later fact counts them again.</param>
    /// <param name="IdleMarkings">The same of sign-offs.</param>
    private sealed record Decided(List<Awards> Found, int Facts, List<Guid> IdleAttempts, List<Guid> IdleMarkings);

    /// <summary>One certificate that is to be made.</summary>
    /// <param name="Current">The live certificate that it renews, or none.</param>
    /// <param name="Repeated">The part that was done again; none where the whole was earned.</param>
    /// <param name="FirstAt">UTC: when the award of <paramref name="Current"/> was first made.</param>
    private sealed record Award(Programme Programme, Certificate? Current, Earning Earning, RequirementFact? Repeated, DateTime? FirstAt = null)
    {
        public (Certificate Certificate, Credential Credential) Sign(Holder holder, SigningSheet sheet, DateTime now)
        {
            var validity = Repeated is { } repeated ? Validity.PartRepeated(Current!, repeated.Slug, repeated.At, Programme, repeated.Kind)
                : Current is null ? Validity.From(Earning.At, Programme, Earning.Facts)
                : Validity.Renewed(Earning.At, Current.WholeLastValidDay, Programme, Earning.Facts, Current);
            var certificate = new Certificate(Programme, Earning.AttemptId, holder.Id, holder.Name, validity, Current, now, Earning);
            return (certificate, sheet.Sign(certificate, new CredentialFacts(holder.Email!, Programme.Slug, FirstAt ?? certificate.ValidFrom), now));
        }
    }

    /// <summary>What is to be made for one person, with the facts that are decided by it.</summary>
    private sealed record Awards(Holder Holder, IReadOnlyList<Award> Made, IReadOnlyList<Attempt> Attempts, IReadOnlyList<PracticalMarking> Markings, SigningSheet? Sheet = null)
    {
        private Task<List<(Certificate Certificate, Credential Credential)>>? signed;

        /// <summary>Who is made certificates for next.</summary>
        public Awards? Next { get; set; }

        /// <summary>Writes and signs the certificates beside whatever else is done; asked again, they are the same ones.</summary>
        public Task<List<(Certificate Certificate, Credential Credential)>> SignAsync(DateTime now) => signed ??= Task.Run(() => Made.Select(award => award.Sign(Holder, Sheet!, now)).ToList());
    }
}

/// <summary>Whom a certificate is for, and where and in which language to tell them.</summary>
internal sealed record Holder(Guid Id, string Name, string? Email, string Language);
