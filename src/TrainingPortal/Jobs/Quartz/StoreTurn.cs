namespace TrainingPortal.Web.Jobs.Quartz;

/// <summary>
/// Which process has Quartz's SQLite file: Quartz clusters over SQL Server only, and a second scheduler on the file would take
/// the first one's jobs for those of a process that is gone, and run them again beside it. A lock of the operating system ends
/// with its process.
/// </summary>
/// <param name="file">The file that is locked; none where the store itself keeps the nodes apart.</param>
public sealed class StoreTurn(string? file, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private FileStream? locked;

    /// <summary>Whether this process may use the store.</summary>
    public bool Held { get; private set; }

    /// <summary>Waits until no other process has it.</summary>
    public async Task TakeAsync(CancellationToken cancellation)
    {
        while (file is not null && locked is null)
        {
            try
            {
                locked = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Pause, clock, cancellation);
            }
        }

        Held = true;
    }

    public void Release()
    {
        Held = false;
        locked?.Dispose();
        locked = null;
    }

    public void Dispose() => Release();
}
