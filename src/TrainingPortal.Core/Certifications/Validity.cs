using System.Globalization;

namespace TrainingPortal.Certifications;

/// <summary>The dates of one certificate, worked out once at issue. Instants are UTC, days are days in the programme's zone.</summary>
/// <param name="LastValidDay">The earliest of the end of the whole and the ends of its parts.</param>
/// <param name="WholeLastValidDay">The last day that the exam's pass is good for.</param>
/// <param name="Parts">The parts that are repeated, each with its own end, never later than the whole's.</param>
public sealed record Validity(
    DateTime ValidFrom, DateOnly LastValidDay, DateTime ValidUntil, DateTime RenewalOpensAt, DateOnly WholeLastValidDay, IReadOnlyList<CertificatePart> Parts)
{
    /// <summary>
    /// From the day of the award: the same day of the month so many months later (the last of the month where that month
    /// is shorter) is the last valid day, to its last second. A part runs from the day on which it was done; where that is not
    /// told, as of a course that the exam closes, from the day of the award.
    /// </summary>
    public static Validity From(DateTime awardedAt, Programme programme, IReadOnlyCollection<RequirementFact>? facts = null) =>
        For(awardedAt, LocalDay.Of(awardedAt, programme.TimeZone), programme, facts ?? [], renewed: null);

    /// <summary>A renewal, by the programme's <see cref="ExpiryRule"/>.</summary>
    /// <param name="awardedAt">UTC.</param>
    /// <param name="oldLastValidDay">The end of the whole that is renewed.</param>
    /// <param name="programme">The rule.</param>
    /// <param name="facts">What was done for it.</param>
    /// <param name="renewed">The certificate that is renewed, for the anniversaries of its parts.</param>
    public static Validity Renewed(DateTime awardedAt, DateOnly oldLastValidDay, Programme programme, IReadOnlyCollection<RequirementFact>? facts = null, Certificate? renewed = null)
    {
        var awardedOn = LocalDay.Of(awardedAt, programme.TimeZone);
        return For(awardedAt, programme.Expiry == ExpiryRule.OldExpiry && oldLastValidDay >= awardedOn ? oldLastValidDay : awardedOn, programme, facts ?? [], renewed);
    }

    /// <summary>
    /// A part was repeated: its own end moves on, by its anniversary if it was early; the whole stays as it was. An exam or a
    /// practical that was done again before the window of its part opened counts from the day on which it was done.
    /// </summary>
    /// <param name="current">The certificate that is re-issued.</param>
    /// <param name="slug">The part's course, exam or practical.</param>
    /// <param name="repeatedAt">UTC.</param>
    /// <param name="programme">For the window in which a renewal may start.</param>
    public static Validity PartRepeated(Certificate current, string slug, DateTime repeatedAt, Programme programme, RequirementKind kind = RequirementKind.Course)
    {
        var today = LocalDay.Of(repeatedAt, programme.TimeZone);
        var parts = current.Parts
            .Select(part => part.Kind == kind && part.Slug == slug
                ? part with { LastValidDay = Earlier((KeepsAnniversary(part) ? part.LastValidDay : today).AddMonths(part.Months), current.WholeLastValidDay) }
                : part)
            .ToList();
        return Until(repeatedAt, current.WholeLastValidDay, parts, programme);

        bool KeepsAnniversary(CertificatePart part) =>
            part.LastValidDay >= today && (kind == RequirementKind.Course || part.LastValidDay.AddDays(-programme.RenewalWindowDays) <= today);
    }

    private static Validity For(DateTime awardedAt, DateOnly start, Programme programme, IReadOnlyCollection<RequirementFact> facts, Certificate? renewed)
    {
        var whole = programme.Expiry == ExpiryRule.FixedDay ? FixedEnd(start, programme) : start.AddMonths(programme.ValidityMonths);
        return Until(
            awardedAt,
            whole,
            [.. programme.Parts.Select(part => new CertificatePart(part.Slug, part.Name, part.Months, Earlier(PartEnd(part, start, programme, facts, renewed), whole), part.Kind))],
            programme);
    }

    private static DateOnly PartEnd(ProgrammePart part, DateOnly start, Programme programme, IReadOnlyCollection<RequirementFact> facts, Certificate? renewed)
    {
        if (facts.FirstOrDefault(fact => fact.Kind == part.Kind && fact.Slug == part.Slug) is not { } done)
        {
            return start.AddMonths(part.Months);
        }

        var doneOn = LocalDay.Of(done.At, programme.TimeZone);
        if (renewed?.Parts.FirstOrDefault(old => old.Kind == part.Kind && old.Slug == part.Slug) is not { } before || programme.Expiry != ExpiryRule.OldExpiry || before.LastValidDay < doneOn)
        {
            return doneOn.AddMonths(part.Months);
        }

        // What the old certificate was already made anew for moves the end once and not twice.
        return renewed.Facts.Any(fact => fact.Id == done.Id) ? before.LastValidDay : before.LastValidDay.AddMonths(part.Months);
    }

    private static Validity Until(DateTime awardedAt, DateOnly whole, IReadOnlyList<CertificatePart> parts, Programme programme)
    {
        var last = parts.Select(part => part.LastValidDay).Append(whole).Min();
        return new Validity(
            WholeSecond(awardedAt),
            last,
            StartOfDay(last.AddDays(1), Zone(programme)).AddSeconds(-1),
            StartOfDay(last.AddDays(-programme.RenewalWindowDays), Zone(programme)),
            whole,
            parts);
    }

    private static DateOnly FixedEnd(DateOnly start, Programme programme)
    {
        var latest = start.AddMonths(programme.ValidityMonths);
        var day = DateOnly.ParseExact(programme.FixedDay!, "MM-dd", CultureInfo.InvariantCulture);
        var end = new DateOnly(latest.Year, day.Month, day.Day);
        end = end > latest ? end.AddYears(-1) : end;
        while (end <= start || end < start.AddMonths(programme.LeastMonths))
        {
            end = end.AddYears(1);
        }

        return end;
    }

    private static TimeZoneInfo Zone(Programme programme) => TimeZoneInfo.FindSystemTimeZoneById(programme.TimeZone);

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    /// <summary>The first instant of a day in a zone, as UTC; where the clocks skip midnight, the first instant after it.</summary>
    public static DateTime StartOfDay(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        // Where the clocks go back over midnight the day begins at the earlier of the two instants.
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return DateTime.SpecifyKind(midnight - offset, DateTimeKind.Utc);
    }

    private static DateTime WholeSecond(DateTime instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
