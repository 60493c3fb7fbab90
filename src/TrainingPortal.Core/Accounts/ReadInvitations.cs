using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <param name="SentAt">UTC.</param>
/// <param name="ExpiresAt">UTC.</param>
/// <param name="Organisation">None where none is joined.</param>
public sealed record InvitationLine(Guid Id, string Email, string? Name, IReadOnlyList<string> Roles, string? Organisation, DateTime SentAt, DateTime ExpiresAt, bool Expired);

/// <summary>The invitations to the portal that wait for an answer, newest first; those to cohorts are their instructors'.</summary>
public sealed class ReadInvitations(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <param name="page">From 1.</param>
    /// <returns>The rows of the page and how many there are in all.</returns>
    public async Task<(IReadOnlyList<InvitationLine> Lines, int Total)> RunAsync(Actor actor, int page, CancellationToken cancellation)
    {
        actor.Demand(Act.InvitePeople);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var open = database.Invitations.Where(row => row.CohortId == null && row.AcceptedAt == null && row.WithdrawnAt == null);
        var total = await open.CountAsync(cancellation);
        var lines = await open
            .OrderByDescending(row => row.SentAt)
            .ThenBy(row => row.Id)
            .Skip((Math.Max(page, 1) - 1) * PageSize)
            .Take(PageSize)
            .Select(row => new InvitationLine(
                row.Id,
                row.Email,
                row.Name,
                row.Roles,
                database.Organisations.Where(organisation => organisation.Id == row.OrganisationId).Select(organisation => organisation.Name).FirstOrDefault(),
                row.SentAt,
                row.ExpiresAt,
                row.ExpiresAt <= now))
            .ToListAsync(cancellation);
        return (lines, total);
    }
}
