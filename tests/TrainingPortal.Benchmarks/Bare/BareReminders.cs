using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TrainingPortal.Benchmarks.Bare;

/// <summary>Reminders by hand: the due ones are read through their index, and 200 at a time are told and moved on in one transaction.</summary>
internal sealed class BareReminders : IDisposable
{
    private const int Batch = 200;

    // As the portal writes instants on SQLite.
    private const string Format = "yyyy-MM-dd HH:mm:ss";
    private readonly SqliteConnection connection;

    public BareReminders(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        Execute("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000;");
    }

    /// <summary>Lets exactly so many be due at an instant: the first ones; whatever else is due then follows a second later.</summary>
    /// <returns>The instant (UTC).</returns>
    public DateTime MakeDue(int due)
    {
        var instant = DateTime.Parse(Scalar($"SELECT NextReminderAt FROM Certificates WHERE NextReminderAt IS NOT NULL ORDER BY NextReminderAt LIMIT 1 OFFSET {due - 1}"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        Execute(
            $"UPDATE Certificates SET NextReminderAt = '{Text(instant.AddSeconds(1))}' WHERE Id IN " +
            $"(SELECT Id FROM Certificates WHERE NextReminderAt <= '{Text(instant)}' ORDER BY NextReminderAt LIMIT -1 OFFSET {due})");
        return instant;
    }

    /// <returns>How many were reminded of.</returns>
    public int RemindAll(DateTime now)
    {
        var done = 0;
        while (Due(now) is { Count: > 0 } due)
        {
            Execute("BEGIN IMMEDIATE");
            foreach (var (certificate, holder, email) in due)
            {
                Execute("INSERT INTO ReminderNotices (CertificateId, DaysBefore, DecidedAt, Mailed) VALUES ($1, -1, $2, 1)", certificate, Text(now));
                Execute(
                    "INSERT INTO Outbox (Id, \"Key\", \"To\", Subject, Body, Confidential, CreatedAt, NextTryAt, Tries) VALUES ($1, $2, $3, '30 days left', $4, 0, $5, $5, 0)",
                    Guid.CreateVersion7(now).ToString().ToUpperInvariant(), $"bare/{holder}", email, new string('x', 600), Text(now));
                Execute("UPDATE Certificates SET NextReminderAt = NULL, Revision = Revision + 1 WHERE Id = $1", certificate);
            }

            Execute("COMMIT");
            done += due.Count;
        }

        return done;
    }

    public void Dispose() => connection.Dispose();

    private static string Text(DateTime instant) => instant.ToString(Format, CultureInfo.InvariantCulture);

    private List<(string Certificate, string Holder, string Email)> Due(DateTime now)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT c.Id, c.HolderId, u.Email FROM Certificates c JOIN AspNetUsers u ON u.Id = c.HolderId " +
            $"WHERE c.NextReminderAt <= '{Text(now)}' ORDER BY c.NextReminderAt LIMIT {Batch}";
        using var rows = command.ExecuteReader();
        var found = new List<(string, string, string)>();
        while (rows.Read())
        {
            found.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        }

        return found;
    }

    private string Scalar(string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (string)command.ExecuteScalar()!;
    }

    private void Execute(string text, params object[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (place, value) in values.Index())
        {
            command.Parameters.AddWithValue($"${place + 1}", value);
        }

        command.ExecuteNonQuery();
    }
}
