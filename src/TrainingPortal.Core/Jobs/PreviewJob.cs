namespace TrainingPortal.Jobs;

/// <summary>A job that can say beforehand what it would do. The list and the run ask the same query.</summary>
public interface IPreviewedJob : IPortalJob
{
    /// <param name="now">The instant (UTC) as of which it decides.</param>
    /// <param name="most">Lines at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task<DueList> ListDueAsync(DateTime now, int most, CancellationToken cancellation);
}

/// <summary>What one row would get.</summary>
/// <param name="DueAt">Since when it is due (UTC).</param>
/// <param name="Who">A name or an address.</param>
/// <param name="What">A title or a mail's subject.</param>
public sealed record DueLine(DateTime DueAt, string Who, string What);

/// <summary>What a job would do.</summary>
/// <param name="Lines">The longest due first, as many as were asked for at most.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record DueList(IReadOnlyList<DueLine> Lines, int Total);

/// <summary>What a job would do as of an instant: nothing is written and nothing is sent.</summary>
public sealed class PreviewJob(IEnumerable<IPortalJob> jobs, TimeProvider clock)
{
    /// <summary>Lines at most.</summary>
    public const int Most = 200;

    /// <summary>The jobs that can say so, by name.</summary>
    public IReadOnlyList<string> Names { get; } = [.. jobs.OfType<IPreviewedJob>().Select(job => job.Name)];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="asOf">The instant (UTC) as of which it decides; none for now.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null where there is no such job.</returns>
    public async Task<DueList?> RunAsync(string name, DateTime? asOf, CancellationToken cancellation) =>
        jobs.OfType<IPreviewedJob>().FirstOrDefault(job => job.Name == name) is { } job
            ? await job.ListDueAsync(asOf ?? clock.GetUtcNow().UtcDateTime, Most, cancellation)
            : null;
}
