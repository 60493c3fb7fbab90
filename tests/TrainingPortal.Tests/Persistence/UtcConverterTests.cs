using Microsoft.EntityFrameworkCore;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Persistence;

public class UtcConverterTests
{
    private static readonly DateTime s_instant = new DateTime(2026, 11, 1, 8, 30, 0, DateTimeKind.Utc).AddTicks(1_234_567);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DateTimeKind.Local)]
    [InlineData(DateTimeKind.Unspecified)]
    public void A_time_that_is_not_UTC_is_refused(DateTimeKind kind) =>
        Assert.Throws<InvalidOperationException>(() => new UtcConverter().ConvertToProvider(DateTime.SpecifyKind(s_instant, kind)));

    [Theory]
    [InlineData(DateTimeKind.Local)]
    [InlineData(DateTimeKind.Unspecified)]
    public async Task Neither_a_save_nor_a_question_takes_one(DateTimeKind kind)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var context = database.CreateDbContext();
        var wrong = DateTime.SpecifyKind(s_instant, kind);
        await Assert.ThrowsAsync<InvalidOperationException>(() => context.AuditEntries.AnyAsync(entry => entry.At < wrong, Cancellation));

        context.AuditEntries.Add(new AuditEntry(wrong, null, "something done", "x"));
        await Assert.ThrowsAnyAsync<Exception>(() => context.SaveChangesAsync(Cancellation));
        context.ChangeTracker.Clear();
        Assert.False(await context.AuditEntries.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task An_instant_comes_back_as_it_was_to_the_tick_and_compares()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var context = database.CreateDbContext())
        {
            context.AuditEntries.Add(new AuditEntry(s_instant, null, "something done", "x"));
            await context.SaveChangesAsync(Cancellation);
        }

        await using var other = database.CreateDbContext();
        var at = (await other.AuditEntries.SingleAsync(Cancellation)).At;
        Assert.Equal((s_instant, DateTimeKind.Utc), (at, at.Kind));
        var (before, after) = (s_instant.AddTicks(-1), s_instant.AddTicks(1));
        Assert.True(await other.AuditEntries.AnyAsync(entry => entry.At > before && entry.At < after, Cancellation));
        Assert.False(await other.AuditEntries.AnyAsync(entry => entry.At < s_instant, Cancellation));
    }
}
