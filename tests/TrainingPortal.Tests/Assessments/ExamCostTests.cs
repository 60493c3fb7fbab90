using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TrainingPortal.Assessments;
using TrainingPortal.Persistence;
using TrainingPortal.Persistence.Sqlite;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Assessments;

/// <summary>
/// What an exam asks of the database costs as much as the person's own rows, and not as everybody's: seen in the plan that
/// SQLite makes of each statement, since a small database is fast either way.
/// </summary>
public class ExamCostTests
{
    // They grow with every person and every exam; courses, items and the like do not.
    private static readonly string[] s_growing = ["Answers", "Attempts", "AttemptPapers", "Enrollments", "LessonsRead"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_a_page_and_a_save_walk_through_nobody_elses_rows()
    {
        await using var school = await School.OpenAsync();
        var person = await school.PreparedTraineeAsync();
        var told = new Told(school.Database);
        var bank = new ItemBank(told);

        var (attempt, _) = await new StartAttempt(told, bank, school.Clock).RunAsync(person, School.Exam, Cancellation);
        Assert.True((await new ReadAttemptPage(told, bank, school.Clock).RunAsync(person, attempt!.Value, 1, posted: null, Cancellation)).Succeeded);
        Assert.True((await new SaveAnswer(told, bank, school.Clock).RunAsync(person, attempt.Value, new PostedAnswer(1, ["0"], 0), Cancellation)).Succeeded);

        Assert.True(told.Statements.Count > 10);
        var walks = new List<string>();
        foreach (var (statement, parameters) in told.Statements)
        {
            walks.AddRange((await PlanAsync(school, statement, parameters)).Where(step => s_growing.Any(table => WalksThrough(step, statement, table))).Select(step => $"{step}: {statement}"));
        }

        Assert.Empty(walks);
    }

    // A plan names the alias that EF Core gave; what is scanned by an index on a filter of its own is small.
    private static bool WalksThrough(string step, string statement, string table) =>
        step.StartsWith("SCAN ", StringComparison.Ordinal)
        && step.Split(' ')[1] is var alias
        && (alias == table || statement.Contains(string.Create(CultureInfo.InvariantCulture, $"\"{table}\" AS \"{alias}\""), StringComparison.Ordinal));

    private static async Task<List<string>> PlanAsync(School school, string statement, IReadOnlyList<string> parameters)
    {
        await using var database = school.Database.CreateDbContext();
        await database.Database.OpenConnectionAsync(Cancellation);
        await using var command = database.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {statement}";
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, DBNull.Value);
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var plan = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            plan.Add(reader.GetString(3));
        }

        return plan;
    }

    private sealed class Told(TestDatabase database) : DbCommandInterceptor, IDbContextFactory<PortalDbContext>
    {
        private readonly ConcurrentDictionary<string, IReadOnlyList<string>> statements = [];

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Statements => statements;

        public PortalDbContext CreateDbContext()
        {
            using var same = database.CreateDbContext();
            return new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(same.Database.GetConnectionString()).AddInterceptors(new SqlitePragmas(), this).Options);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Tell(command);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Tell(command);
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }

        private void Tell(DbCommand command) => statements[command.CommandText] = [.. command.Parameters.Cast<DbParameter>().Select(parameter => parameter.ParameterName)];
    }
}
