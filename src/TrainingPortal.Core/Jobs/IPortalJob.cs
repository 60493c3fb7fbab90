namespace TrainingPortal.Jobs;

/// <summary>
/// Work that any engine can drive: what is due is computed from facts each time, so running it twice does nothing twice,
/// and a crash anywhere loses nothing.
/// </summary>
public interface IPortalJob
{
    /// <summary>One of <see cref="JobNames"/>.</summary>
    string Name { get; }

    /// <param name="now">The instant (UTC) as of which the job decides what is due.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <returns>How many rows it touched.</returns>
    Task<int> RunAsync(DateTime now, CancellationToken cancellation);
}

/// <summary>The jobs' names, as the verbs and the administrators know them.</summary>
public static class JobNames
{
    public const string Issue = "issue";
    public const string RenewalReminders = "renewal-reminders";
    public const string Expire = "expire";
    public const string Invariants = "invariants";
    public const string DeliverMail = "deliver-mail";
    public const string StatusLists = "status-lists";
    public const string CloseAttempts = "close-attempts";
    public const string Retention = "retention";
}
