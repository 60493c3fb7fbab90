namespace TrainingPortal.Protocols;

/// <summary>Something in a client's history, or planned, that needling waits for.</summary>
/// <param name="Event">A code of <see cref="WaitTime"/>.</param>
/// <param name="Day">The day on which it happened, ended or is planned; none: it lasts still.</param>
/// <param name="Held">What is there in writing, or was looked at.</param>
public sealed record ClientEvent(string Event, DateOnly? Day, IReadOnlyCollection<Clearance> Held)
{
    public ClientEvent(string name, DateOnly? day)
        : this(name, day, [])
    {
    }
}

public enum WashOutKind
{
    /// <summary>On the day asked for.</summary>
    Now,

    /// <summary>From <see cref="WashOutAnswer.Earliest"/> on.</summary>
    Later,

    /// <summary>No day can be named: something lasts still, or the course has no rule for it.</summary>
    NoDay,
}

/// <param name="Earliest">The first day, on or after the day asked for, on which every wait is over; none where no day can be named.</param>
/// <param name="Binding">The rule that decides: of the waits that move the day, the one that ends last. None where nothing waits.</param>
/// <param name="StillNeeded">What must be there besides on that day, by event.</param>
/// <param name="UnknownEvents">Events for which there is no rule; they never answer yes.</param>
public sealed record WashOutAnswer(
    WashOutKind Kind,
    DateOnly? Earliest,
    WaitTime? Binding,
    IReadOnlyList<(WaitTime Wait, Clearance Needed)> StillNeeded,
    IReadOnlyList<string> UnknownEvents);

/// <summary>May a client be needled on a day, and if not, from which day on?</summary>
public static class WashOutRule
{
    public static WashOutAnswer Decide(ProtocolBook book, IReadOnlyCollection<ClientEvent> events, DateOnly day)
    {
        var waits = book.Waits.ToDictionary(wait => wait.Event, StringComparer.Ordinal);
        var unknown = events.Where(happened => !waits.ContainsKey(happened.Event)).Select(happened => happened.Event).Distinct().ToList();
        var known = events.Where(happened => waits.ContainsKey(happened.Event)).Select(happened => (Happened: happened, Wait: waits[happened.Event])).ToList();
        var needed = known
            .SelectMany(pair => pair.Wait.Also.Except(pair.Happened.Held).Select(clearance => (pair.Wait, clearance)))
            .Distinct()
            .ToList();
        var lasting = known.Find(pair => pair.Happened.Day is null).Wait;
        if (unknown.Count > 0 || lasting is not null)
        {
            return new WashOutAnswer(WashOutKind.NoDay, null, lasting, needed, unknown);
        }

        // By their starts: a day that is moved out of one window can only fall into a later one.
        var windows = known
            .Select(pair => (From: ClosedFrom(pair.Happened, pair.Wait), Until: OpenFrom(pair.Happened, pair.Wait), pair.Wait))
            .OrderBy(window => window.From)
            .ThenBy(window => window.Until);
        var earliest = day;
        WaitTime? binding = null;
        foreach (var window in windows)
        {
            if (window.From <= earliest && earliest < window.Until)
            {
                (earliest, binding) = (window.Until, window.Wait);
            }
        }

        return new WashOutAnswer(earliest == day ? WashOutKind.Now : WashOutKind.Later, earliest, binding, needed, []);
    }

    /// <summary>The first day on which the event allows needling again.</summary>
    private static DateOnly OpenFrom(ClientEvent happened, WaitTime wait) =>
        wait is { ShorterWith: { } clearance, Shorter: { } shorter } && happened.Held.Contains(clearance)
            ? shorter.After(happened.Day!.Value)
            : wait.Wait.After(happened.Day!.Value);

    // Needling so shortly before the event that the event could not keep its own wait is closed too.
    private static DateOnly ClosedFrom(ClientEvent happened, WaitTime wait) =>
        wait.After is { } after ? after.Before(happened.Day!.Value).AddDays(1) : happened.Day!.Value;
}
