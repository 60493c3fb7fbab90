using Microsoft.Data.Sqlite;

namespace TrainingPortal.Benchmarks.Bare;

/// <summary>
/// The bare server's own tables of attempts, beside the portal's in a copy of its database: they have what the portal's
/// have, and stay as they are when the portal's change.
/// </summary>
internal static class BareTables
{
    private const string Schema =
        """
        CREATE TABLE BareAttempts (
            Id TEXT NOT NULL PRIMARY KEY, PersonId TEXT NOT NULL, EnrollmentId TEXT NOT NULL, QuizId TEXT NOT NULL,
            PassPercent INTEGER NOT NULL, Blueprint TEXT NOT NULL, Seed INTEGER NOT NULL, Paper TEXT NOT NULL,
            StartedAt TEXT NOT NULL, DeadlineAt TEXT, ClosedAt TEXT, Result TEXT, Points INTEGER, Domains TEXT, Revision INTEGER NOT NULL);
        CREATE UNIQUE INDEX BareOneOpen ON BareAttempts (PersonId, QuizId) WHERE ClosedAt IS NULL;
        CREATE INDEX BareOfEnrollment ON BareAttempts (EnrollmentId);
        CREATE INDEX BareOfQuiz ON BareAttempts (QuizId, ClosedAt);
        CREATE TABLE BareAnswers (
            AttemptId TEXT NOT NULL REFERENCES BareAttempts (Id), Slot INTEGER NOT NULL, Chosen INTEGER NOT NULL,
            AnsweredAt TEXT NOT NULL, Revision INTEGER NOT NULL, Correct INTEGER, PRIMARY KEY (AttemptId, Slot)) WITHOUT ROWID;
        """;

    public static void Create(string file)
    {
        using var database = new BareConnection(file);
        database.Execute(Schema);
    }
}

/// <summary>One connection with the portal's pragmas, which keeps its prepared statements.</summary>
internal sealed class BareConnection : IDisposable
{
    // As in SqlitePragmas.
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;";

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = [];

    public BareConnection(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = Pragmas;
        pragmas.ExecuteNonQuery();
    }

    public int Execute(string statement, params ReadOnlySpan<object> values) => Command(statement, values).ExecuteNonQuery();

    /// <summary>The rows of a query, each as its values.</summary>
    public List<object[]> Query(string statement, params ReadOnlySpan<object> values)
    {
        using var rows = Command(statement, values).ExecuteReader();
        var all = new List<object[]>();
        while (rows.Read())
        {
            var row = new object[rows.FieldCount];
            rows.GetValues(row);
            all.Add(row);
        }

        return all;
    }

    public object[]? First(string statement, params ReadOnlySpan<object> values) => Query(statement, values) is [var first, ..] ? first : null;

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Command(string statement, ReadOnlySpan<object> values)
    {
        if (!prepared.TryGetValue(statement, out var command))
        {
            command = prepared[statement] = connection.CreateCommand();
            command.CommandText = statement;
            for (var number = 1; number <= values.Length; number++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${number}" });
            }
        }

        for (var number = 0; number < values.Length; number++)
        {
            command.Parameters[number].Value = values[number];
        }

        return command;
    }
}
