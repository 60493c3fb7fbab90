using Microsoft.EntityFrameworkCore;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Persistence;

public class SqlitePragmasTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("synchronous", "2")] // FULL: an acknowledged write survives a power cut
    [InlineData("journal_mode", "wal")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "10000")]
    public async Task A_fresh_connection_keeps_its_promises_however_it_was_opened(string pragma, string value)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var context = database.CreateDbContext())
        {
            await context.Database.OpenConnectionAsync(Cancellation);
            Assert.Equal(value, await ReadAsync(context, pragma));
        }

        await using (var context = database.CreateDbContext())
        {
            context.Database.OpenConnection();
            Assert.Equal(value, await ReadAsync(context, pragma));
        }
    }

    private static async Task<string> ReadAsync(DbContext context, string pragma)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        return FormattableString.Invariant($"{await command.ExecuteScalarAsync(Cancellation)}");
    }
}
