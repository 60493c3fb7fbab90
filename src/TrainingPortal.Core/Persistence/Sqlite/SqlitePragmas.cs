using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
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

    // A pooled connection keeps what it was told once.
    private static readonly ConditionalWeakTable<object, object> s_told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!MustBeTold(connection))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!MustBeTold(connection))
        {
            return;
        }

        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static bool MustBeTold(DbConnection connection) =>
        connection is not SqliteConnection { Handle: { } handle } || s_told.TryAdd(handle, handle);
}
