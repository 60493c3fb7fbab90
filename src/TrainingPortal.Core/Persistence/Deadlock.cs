using Microsoft.Data.SqlClient;

namespace TrainingPortal.Persistence;

/// <summary>
/// Tells a transaction that SQL Server gave up in favour of another, and that may simply be run again, from one that is
/// broken. On SQLite writers wait for their turn instead.
/// </summary>
public static class Deadlock
{
    private const int SqlServerDeadlockVictim = 1205;

    public static bool Lost(Exception failure) => failure.GetBaseException() is SqlException { Number: SqlServerDeadlockVictim };
}
