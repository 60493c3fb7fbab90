using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;

namespace TrainingPortal.Cohorts;

/// <summary>Withdraws an invitation that nobody has accepted: its link ends.</summary>
public sealed class WithdrawInvitation(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <returns>The address that was invited.</returns>
    public async Task<Outcome<string, InvitationRefusal>> RunAsync(Actor actor, Guid invitationId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var invitation = await database.InvitationsOf(actor).FirstOrDefaultAsync(row => row.Id == invitationId, cancellation);
        if (invitation is null)
        {
            return InvitationRefusal.NotFound;
        }

        if (!invitation.Open)
        {
            return InvitationRefusal.NotOpen;
        }

        invitation.Withdraw(now);
        database.AuditEntries.Add(new AuditEntry(now, actor.PersonId, "invitation withdrawn", invitation.Id.ToString()));
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Accepted, sent or withdrawn meanwhile: look again.
            return await RunAsync(actor, invitationId, cancellation);
        }

        return invitation.Email;
    }
}
