using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Jobs;

/// <summary>One line of a job's history.</summary>
/// <param name="By">The name of the administrator who asked for it; none where nobody did or the account is gone.</param>
public sealed record JobRunLine(JobRun Run, JobRunState State, string? By);

/// <summary>A job's history.</summary>
/// <param name="Lines">The runs of the page, the newest first.</param>
/// <param name="Total">Runs on record in all.</param>
/// <param name="Recent">The last finished runs, the oldest first, for a plot.</param>
/// <param name="Running">The runs under way.</param>
public sealed record JobHistory(IReadOnlyList<JobRunLine> Lines, int Total, IReadOnlyList<JobRun> Recent, IReadOnlyList<JobRun> Running);

/// <summary>What a job did, run by run.</summary>
public sealed class ReadJobRuns(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>Runs in the plot.</summary>
    public const int Plotted = 60;

    /// <param name="page">From 1.</param>
    public async Task<JobHistory> RunAsync(Actor actor, string name, int page, CancellationToken cancellation)
    {
        actor.Demand(Act.RunJobs);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var runs = database.JobRuns.AsNoTracking().Where(run => run.Name == name);
        var total = await runs.CountAsync(cancellation);
        var lines = await runs
            .OrderByDescending(run => run.StartedAt)
            .ThenByDescending(run => run.Id)
            .Skip((Math.Max(page, 1) - 1) * PageSize)
            .Take(PageSize)
            .Select(run => new { Run = run, By = database.Users.Where(person => person.Id == run.PersonId).Select(person => person.Name).FirstOrDefault() })
            .ToListAsync(cancellation);
        var recent = await runs.Where(run => run.FinishedAt != null).OrderByDescending(run => run.StartedAt).Take(Plotted).ToListAsync(cancellation);
        var underWay = await runs.Where(run => run.FinishedAt == null && run.SeenAt >= now - JobRun.Silence).OrderBy(run => run.StartedAt).ToListAsync(cancellation);
        recent.Reverse();
        return new JobHistory([.. lines.Select(line => new JobRunLine(line.Run, line.Run.StateAt(now), line.By))], total, recent, underWay);
    }
}
