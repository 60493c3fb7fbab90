using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace TrainingPortal.Benchmarks.Bare;

/// <summary>
/// The four statements and the one signature of a certificate, by hand: rows are copies of a certificate that is there, each in
/// a transaction of its own, as the job does.
/// </summary>
internal sealed class BareIssuing : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly RSA key = RSA.Create(3072);
    private readonly byte[] payload = new byte[3_000];
    private readonly SqliteCommand[] commands;

    public BareIssuing(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
        var template = Read("SELECT Id FROM Certificates LIMIT 1")[0];
        commands =
        [
            Copy("Certificates", "Id", template, "Id", "Serial", "AttemptId", "HolderId", "AwardId"),
            Copy("Credentials", "CertificateId", template, "CertificateId", "SubjectId", "StatusIndex", "Jws"),
            Copy("Outbox", "Id", Read("SELECT Id FROM Outbox WHERE \"Key\" LIKE 'certificate-issued/%' LIMIT 1")[0], "Id", "Key"),
            Command("UPDATE Attempts SET AwaitsAward = 0, Revision = Revision + 1 WHERE Id = $Id AND AwaitsAward = 1"),
        ];
    }

    /// <returns>How many passes it made a certificate for.</returns>
    public int IssueAll()
    {
        var places = new HashSet<string>(Read("SELECT StatusIndex FROM Credentials"));
        var done = 0;
        while (Read("SELECT Id || ' ' || PersonId FROM Attempts WHERE AwaitsAward = 1 ORDER BY ClosedAt LIMIT 200") is { Count: > 0 } due)
        {
            foreach (var pass in due.Select(row => row.Split(' ')))
            {
                var (certificate, place) = (NewId(), done);
                do
                {
                    place = RandomNumberGenerator.GetInt32(131_072);
                }
                while (!places.Add($"{place}"));

                var jws = Base64Url.EncodeToString(payload) + "." + Base64Url.EncodeToString(key.SignData(payload, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
                Execute("BEGIN IMMEDIATE");
                Run(commands[0], certificate, RandomNumberGenerator.GetHexString(17), pass[0], pass[1], NewId());
                Run(commands[1], certificate, NewId(), place, jws);
                Run(commands[2], NewId(), "certificate-issued/" + pass[0]);
                Run(commands[3], pass[0]);
                Execute("COMMIT");
                done++;
            }
        }

        return done;
    }

    public void Dispose()
    {
        foreach (var command in commands)
        {
            command.Dispose();
        }

        connection.Dispose();
        key.Dispose();
    }

    private static string NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString().ToUpperInvariant();

    private SqliteCommand Copy(string table, string key, string template, params string[] changed)
    {
        var columns = Read($"SELECT name FROM pragma_table_info('{table}')");
        var values = columns.Select(name => changed.Contains(name) ? $"${name}" : $"\"{name}\"");
        var command = Command($"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(name => $"\"{name}\""))}) SELECT {string.Join(", ", values)} FROM \"{table}\" WHERE \"{key}\" = '{template}'");
        foreach (var name in changed)
        {
            command.Parameters.Add(new SqliteParameter($"${name}", null));
        }

        return command;
    }

    private SqliteCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        if (text.Contains("$Id ", StringComparison.Ordinal))
        {
            command.Parameters.Add(new SqliteParameter("$Id", null));
        }

        return command;
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        foreach (var (place, value) in values.Index())
        {
            command.Parameters[place].Value = value;
        }

        command.ExecuteNonQuery();
    }

    private void Execute(string text)
    {
        using var command = Command(text);
        command.ExecuteNonQuery();
    }

    private List<string> Read(string query)
    {
        using var command = Command(query);
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.GetValue(0).ToString()!);
        }

        return found;
    }
}
