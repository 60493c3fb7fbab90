using Microsoft.Data.Sqlite;

namespace TrainingPortal.Benchmarks.School;

/// <summary>Copies rows of a SQLite database with other keys, in one transaction.</summary>
internal sealed class RowCopy : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction transaction;
    private readonly Dictionary<string, SqliteCommand> commands = [];

    public RowCopy(SqliteConnection connection)
    {
        this.connection = connection;
        transaction = connection.BeginTransaction();
    }

    public IReadOnlyList<Guid> Ids(string table, string column, Guid key) =>
        [.. Rows($"SELECT Id, Id FROM \"{table}\" WHERE \"{column}\" = $key", key).Select(row => row[0])];

    /// <param name="query">Asks for two ids a row, by <c>$key</c> and perhaps <c>$other</c>.</param>
    public IReadOnlyList<Guid[]> Rows(string query, Guid key, Guid? other = null)
    {
        var command = Command(query);
        Set(command, "$key", key);
        if (other is { } second)
        {
            Set(command, "$other", second);
        }

        using var rows = command.ExecuteReader();
        var found = new List<Guid[]>();
        while (rows.Read())
        {
            found.Add([rows.GetGuid(0), rows.GetGuid(1)]);
        }

        return found;
    }

    /// <summary>The tables whose rows are parts of a row of another table and are known by its id.</summary>
    /// <param name="whole">The other table.</param>
    /// <param name="key">The column with its id, which is the first of the part's own key.</param>
    public IReadOnlyList<string> TablesWithin(string whole, string key)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "SELECT tables.name FROM sqlite_master AS tables, pragma_foreign_key_list(tables.name) AS keys, pragma_table_info(tables.name) AS columns " +
            "WHERE tables.type = 'table' AND keys.\"table\" = $whole AND keys.\"from\" = $key AND columns.name = $key AND columns.pk = 1";
        command.Parameters.AddWithValue("$whole", whole);
        command.Parameters.AddWithValue("$key", key);
        using var rows = command.ExecuteReader();
        var tables = new List<string>();
        while (rows.Read())
        {
            tables.Add(rows.GetString(0));
        }

        return tables;
    }

    /// <summary>Copies the rows of a table that have a key, with these columns changed.</summary>
    public void Insert(string table, string column, Guid key, params ReadOnlySpan<(string Column, Guid Value)> changed)
    {
        if (!commands.TryGetValue(table, out var command))
        {
            var names = Columns(table);
            var values = names.ToArray();
            foreach (var (name, _) in changed)
            {
                values[Array.IndexOf(values, $"\"{name}\"")] = $"${name}New";
            }

            command = commands[table] = Create($"INSERT INTO \"{table}\" ({string.Join(", ", names)}) SELECT {string.Join(", ", values)} FROM \"{table}\" WHERE \"{column}\" = $key");
        }

        Set(command, "$key", key);
        foreach (var (name, value) in changed)
        {
            Set(command, $"${name}New", value);
        }

        command.ExecuteNonQuery();
    }

    public void Commit() => transaction.Commit();

    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        transaction.Dispose();
        connection.Dispose();
    }

    private static void Set(SqliteCommand command, string name, Guid value)
    {
        if (command.Parameters.Contains(name))
        {
            command.Parameters[name].Value = value;
        }
        else
        {
            command.Parameters.AddWithValue(name, value);
        }
    }

    private SqliteCommand Command(string text) => commands.TryGetValue(text, out var known) ? known : commands[text] = Create(text);

    private SqliteCommand Create(string text)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        return command;
    }

    private List<string> Columns(string table)
    {
        using var command = Create($"SELECT name FROM pragma_table_info('{table}')");
        using var rows = command.ExecuteReader();
        var columns = new List<string>();
        while (rows.Read())
        {
            columns.Add($"\"{rows.GetString(0)}\"");
        }

        return columns;
    }
}
