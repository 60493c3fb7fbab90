using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TrainingPortal.Persistence.Sqlite;

/// <summary>
/// What every connection to the embedded database promises: an acknowledged write survives a power cut
/// (<c>synchronous=FULL</c>, not the NORMAL that is usual with a write-ahead log), foreign keys hold, and a writer waits
/// for its turn instead of failing.
/// </summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
