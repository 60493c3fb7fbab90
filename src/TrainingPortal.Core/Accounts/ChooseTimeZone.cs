using Microsoft.EntityFrameworkCore;
using TrainingPortal.Persistence;

namespace TrainingPortal.Accounts;

/// <summary>Why a time zone is not taken over.</summary>
public enum TimeZoneRefusal
{
    /// <summary>Not one of <see cref="ChooseTimeZone.Zones"/>.</summary>
    NoSuchZone,
}

/// <summary>A person says where they are, so that reminders reach them by day; or leaves it to the school.</summary>
public sealed class ChooseTimeZone(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>The IANA names to choose from, in alphabetical order.</summary>
    public static IReadOnlyList<string> Zones { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/', StringComparison.Ordinal) && id.Length <= 60 && !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <returns>The zone that the person chose; none: the school's own.</returns>
    public async Task<string?> ChosenAsync(Actor actor, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Users.Where(person => person.Id == actor.PersonId).Select(person => person.TimeZone).FirstOrDefaultAsync(cancellation);
    }

    /// <param name="zone">One of <see cref="Zones"/>; empty: the school's own.</param>
    public async Task<Outcome<string, TimeZoneRefusal>> RunAsync(Actor actor, string zone, CancellationToken cancellation)
    {
        if (zone.Length > 0 && !Zones.Contains(zone))
        {
            return TimeZoneRefusal.NoSuchZone;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var chosen = zone.Length == 0 ? null : zone;
        await database.Users.Where(person => person.Id == actor.PersonId).ExecuteUpdateAsync(update => update.SetProperty(person => person.TimeZone, chosen), cancellation);
        return zone;
    }
}
