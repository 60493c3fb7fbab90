using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;
using TrainingPortal.Practicals;

namespace TrainingPortal.Credentials;

public enum ErasePersonRefusal
{
    NotFound,
    AlreadyErased,

    /// <summary>What was typed is not the person's address.</summary>
    NotConfirmed,

    /// <summary>An administrator: the role is taken first, so that the portal is never without one.</summary>
    IsAdministrator,

    /// <summary>Something of the person's changed at the same instant.</summary>
    ChangedMeanwhile,
}

/// <summary>
/// Erases a person who asked for it. Name, address and whatever lets them in go; courses and attempts stay without a name,
/// since statistics rest on them; every certificate is withdrawn, and its serial then answers like one that never was.
/// </summary>
public sealed class ErasePerson(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <param name="typedAddress">The person's address, typed as a confirmation.</param>
    public async Task<Outcome<Guid, ErasePersonRefusal>> RunAsync(Actor actor, Guid personId, string? typedAddress, CancellationToken cancellation)
    {
        actor.Demand(Act.ErasePeople);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var turn = await database.BeginWriteAsync(cancellation);
        var person = await database.Users.FirstOrDefaultAsync(row => row.Id == personId, cancellation);
        if (person is null)
        {
            return ErasePersonRefusal.NotFound;
        }

        if (person.ErasedAt is not null)
        {
            return ErasePersonRefusal.AlreadyErased;
        }

        if (await database.UserRoles.AnyAsync(held => held.UserId == personId && database.Roles.Any(role => role.Id == held.RoleId && role.Name == Roles.Administrator), cancellation))
        {
            return ErasePersonRefusal.IsAdministrator;
        }

        if (!string.Equals(typedAddress?.Trim(), person.Email, StringComparison.OrdinalIgnoreCase))
        {
            return ErasePersonRefusal.NotConfirmed;
        }

        foreach (var certificate in await database.Certificates.Where(row => row.HolderId == personId).ToListAsync(cancellation))
        {
            certificate.Withdraw(actor.PersonId, now);
        }

        // The signed copies name the person too. What was signed stays on record by its hash, and its bit is set.
        foreach (var credential in await database.Credentials.Where(row => database.Certificates.Any(certificate => certificate.Id == row.CertificateId && certificate.HolderId == personId)).ToListAsync(cancellation))
        {
            credential.Revoke(now);
            credential.Forget();
        }

        // No certificate may come of what is under way or waits.
        foreach (var attempt in await database.Attempts.Include(row => row.Paper).Where(row => row.PersonId == personId && row.ClosedAt == null).ToListAsync(cancellation))
        {
            attempt.Void(now);
        }

        foreach (var pass in await database.Attempts.Where(row => row.PersonId == personId && row.AwaitsAward).ToListAsync(cancellation))
        {
            pass.MarkAwarded();
        }

        foreach (var cycle in await database.Enrollments.Where(row => row.PersonId == personId && row.RenewsCertificateId != null).ToListAsync(cancellation))
        {
            cycle.SettleRenewal();
        }

        foreach (var marking in await database.PracticalMarkings.Where(row => row.CandidateId == personId && row.Result == PracticalResult.Open).ToListAsync(cancellation))
        {
            marking.BreakOff(reason: null, now);
        }

        foreach (var marking in await database.PracticalMarkings.Where(row => row.CandidateId == personId && row.AwaitsAward).ToListAsync(cancellation))
        {
            marking.MarkAwarded();
        }

        var (address, normalized) = (person.Email!, person.NormalizedEmail!);
        Anonymise(person, now);
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "person erased", personId.ToString()));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ErasePersonRefusal.ChangedMeanwhile;
        }

        await DeleteTracesAsync(database, personId, address, normalized, cancellation);
        await turn.CommitAsync(cancellation);
        return personId;
    }

    private static void Anonymise(PortalUser person, DateTime now)
    {
        person.ErasedAt = now;
        person.Name = PortalUser.ErasedName;

        // .invalid is no domain and never will be (RFC 2606), and accounts need an address of their own.
        person.Email = person.UserName = string.Create(CultureInfo.InvariantCulture, $"{person.Id:N}@erased.invalid");
        person.NormalizedEmail = person.NormalizedUserName = person.Email.ToUpperInvariant();
        person.EmailConfirmed = false;
        person.PhoneNumber = null;
        person.PasswordHash = null;
        person.TwoFactorEnabled = false;
        person.LockoutEnabled = true;
        person.LockoutEnd = DateTimeOffset.MaxValue;

        // Open sessions end when their sign-in is looked at again.
        person.SecurityStamp = Guid.NewGuid().ToString("N");
        person.ConcurrencyStamp = Guid.NewGuid().ToString();
    }

    // Whatever says who it was, or lets them in.
    private static async Task DeleteTracesAsync(PortalDbContext database, Guid personId, string address, string normalized, CancellationToken cancellation)
    {
        await database.UserTokens.Where(row => row.UserId == personId).ExecuteDeleteAsync(cancellation);
        await database.UserLogins.Where(row => row.UserId == personId).ExecuteDeleteAsync(cancellation);
        await database.UserClaims.Where(row => row.UserId == personId).ExecuteDeleteAsync(cancellation);
        await database.UserRoles.Where(row => row.UserId == personId).ExecuteDeleteAsync(cancellation);
        await database.OrganisationMembers.Where(row => row.PersonId == personId).ExecuteDeleteAsync(cancellation);
        await database.CohortMembers.Where(row => row.PersonId == personId).ExecuteDeleteAsync(cancellation);
        await database.Invitations.Where(row => row.NormalizedEmail == normalized || row.AcceptedById == personId).ExecuteDeleteAsync(cancellation);
        await database.NameCorrections.Where(row => row.HolderId == personId).ExecuteDeleteAsync(cancellation);
        await database.CertificateFiles
            .Where(row => database.Certificates.Any(certificate => certificate.Id == row.CertificateId && certificate.HolderId == personId))
            .ExecuteDeleteAsync(cancellation);
        await database.Outbox.Where(row => row.To == address).ExecuteDeleteAsync(cancellation);

        // Reasons in somebody's own words, which may tell of the person's health.
        await database.Accommodations
            .Where(row => database.Enrollments.Any(cycle => cycle.Id == row.EnrollmentId && cycle.PersonId == personId))
            .ExecuteDeleteAsync(cancellation);
        await database.AttemptEvents
            .Where(row => row.Reason != null && database.Attempts.Any(attempt => attempt.Id == row.AttemptId && attempt.PersonId == personId))
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Reason, (string?)null), cancellation);
        await database.PracticalMarks
            .Where(row => row.Note != null && database.PracticalMarkings.Any(marking => marking.Id == row.MarkingId && marking.CandidateId == personId))
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Note, (string?)null), cancellation);
        await database.PracticalMarkings
            .Where(row => row.Reason != null && row.CandidateId == personId)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Reason, (string?)null), cancellation);
        await database.CertificateEvents
            .Where(row => row.Note != null && database.Certificates.Any(certificate => certificate.Id == row.CertificateId && certificate.HolderId == personId))
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Note, (string?)null), cancellation);
    }
}
