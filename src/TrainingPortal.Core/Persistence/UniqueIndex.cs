using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TrainingPortal.Persistence;

/// <summary>Tells a save that lost a race for a unique row from a save that is broken.</summary>
public static class UniqueIndex
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqlServerDuplicateInIndex = 2601;
    private const int SqlServerDuplicateKey = 2627;

    public static bool Refused(DbUpdateException failure) => failure.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintUnique or SqliteConstraintPrimaryKey,
        SqlException sqlServer => sqlServer.Number is SqlServerDuplicateInIndex or SqlServerDuplicateKey,
        _ => false,
    };
}
