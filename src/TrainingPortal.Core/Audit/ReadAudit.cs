using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Audit;

/// <param name="At">UTC.</param>
/// <param name="ByPerson">False for a job or a verb of the command line.</param>
/// <param name="Name">The person's; none where no person acted or the account is gone.</param>
public sealed record AuditLine(DateTime At, bool ByPerson, string? Name, string Act, string Subject);

/// <summary>Who did what, newest first.</summary>
public sealed class ReadAudit(IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 50;

    /// <param name="page">From 1.</param>
    /// <returns>The rows of the page and how many there are in all.</returns>
    public async Task<(IReadOnlyList<AuditLine> Lines, int Total)> RunAsync(Actor actor, int page, CancellationToken cancellation)
    {
        actor.Demand(Act.SeeAudit);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var total = await database.AuditEntries.CountAsync(cancellation);
        var lines = await database.AuditEntries
            .OrderByDescending(entry => entry.At)
            .ThenByDescending(entry => entry.Id)
            .Skip((Math.Max(page, 1) - 1) * PageSize)
            .Take(PageSize)
            .Select(entry => new AuditLine(
                entry.At,
                entry.ActorId != null,
                database.Users.Where(person => person.Id == entry.ActorId).Select(person => person.Name).FirstOrDefault(),
                entry.Act,
                entry.Subject))
            .ToListAsync(cancellation);
        return (lines, total);
    }
}
