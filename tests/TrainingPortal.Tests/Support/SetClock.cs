namespace TrainingPortal.Tests.Support;

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class SetClock : TimeProvider
{
    public SetClock()
        : this(new DateTimeOffset(2026, 3, 2, 17, 0, 0, TimeSpan.Zero))
    {
    }

    public SetClock(DateTimeOffset now)
    {
        Now = now;
    }

    public DateTimeOffset Now { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Now;

    public void Advance(TimeSpan by) => Now += by;
}
