using Microsoft.EntityFrameworkCore.Storage;

namespace TrainingPortal.Persistence;

/// <summary>A transaction that writes, with the turn it took among this program's writers. Disposed without a commit it undoes everything.</summary>
public sealed class WriteTurn : IAsyncDisposable
{
    private readonly IDbContextTransaction transaction;
    private SemaphoreSlim? turn;

    internal WriteTurn(IDbContextTransaction transaction, SemaphoreSlim? turn) => (this.transaction, this.turn) = (transaction, turn);

    public Task CommitAsync(CancellationToken cancellation) => transaction.CommitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        Interlocked.Exchange(ref turn, null)?.Release();
    }
}
