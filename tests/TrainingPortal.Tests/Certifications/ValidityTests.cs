using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TrainingPortal.Certifications;

namespace TrainingPortal.Tests.Certifications;

/// <summary>The dates of a certificate, in zones with all sorts of midnights.</summary>
public class ValidityTests
{
    private static readonly string[] s_zones = ["America/Denver", "America/Santiago", "Asia/Beirut", "America/Havana", "Atlantic/Azores", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"];

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Programme Lasting(int months, params ProgrammePart[] parts) => new()
    {
        Slug = "competence",
        Title = "Competence",
        Level = "Foundation",
        TimeZone = "America/Denver",
        Scope = "",
        ValidityMonths = months,
        RenewalWindowDays = 90,
        Parts = parts,
    };

    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.FindSystemTimeZoneById(name);

    [Theory]
    [InlineData("2026-11-02T09:30:00Z", 24, "2028-11-02", "2028-11-03T05:59:59Z")] // the example of the credential's format
    [InlineData("2026-11-02T05:30:00Z", 24, "2028-11-01", "2028-11-02T05:59:59Z")] // still 1 November in Denver
    [InlineData("2026-01-31T12:00:00Z", 1, "2026-02-28", "2026-03-01T06:59:59Z")] // no 31 February
    [InlineData("2027-12-31T12:00:00Z", 2, "2028-02-29", "2028-03-01T06:59:59Z")] // a leap year has a 29th
    [InlineData("2028-02-29T12:00:00Z", 12, "2029-02-28", "2029-03-01T06:59:59Z")]
    [InlineData("2028-02-29T12:00:00Z", 48, "2032-02-29", "2032-03-01T06:59:59Z")]
    [InlineData("2026-05-31T12:00:00Z", 1, "2026-06-30", "2026-07-01T05:59:59Z")]
    [InlineData("2026-03-14T20:00:00Z", 24, "2028-03-14", "2028-03-15T05:59:59Z")] // awarded in winter time, ends in summer time
    public void The_same_day_so_many_months_later_is_the_last_day_to_its_last_second(string awarded, int months, string lastValidDay, string validUntil)
    {
        var validity = Validity.From(Utc(awarded), Lasting(months));

        Assert.Equal((Utc(awarded), Day(lastValidDay), Utc(validUntil), Day(lastValidDay)), (validity.ValidFrom, validity.LastValidDay, validity.ValidUntil, validity.WholeLastValidDay));
    }

    [Theory]
    [InlineData("America/Denver", "2028-03-12", "2028-03-12T07:00:00Z")] // the clocks change at two, midnight is as ever
    [InlineData("America/Denver", "2028-03-13", "2028-03-13T06:00:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z")] // midnight is skipped: the day begins at one
    [InlineData("America/Santiago", "2026-09-07", "2026-09-07T03:00:00Z")]
    [InlineData("America/Santiago", "2026-04-05", "2026-04-05T04:00:00Z")] // the hour before midnight came twice
    [InlineData("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z")] // midnight is skipped
    [InlineData("Asia/Beirut", "2026-03-30", "2026-03-29T21:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")] // midnight comes twice: the day begins at the first
    [InlineData("America/Havana", "2026-11-02", "2026-11-02T05:00:00Z")]
    [InlineData("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z")]
    [InlineData("UTC", "2028-02-29", "2028-02-29T00:00:00Z")]
    public void A_day_begins_at_its_first_instant(string zone, string day, string utc) =>
        Assert.Equal((Utc(utc), DateTimeKind.Utc), (Validity.StartOfDay(Day(day), Zone(zone)), Validity.StartOfDay(Day(day), Zone(zone)).Kind));

    [Fact]
    public void The_first_instant_of_any_day_is_that_day_and_the_second_before_is_the_day_before() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from zone in Gen.Elements(s_zones)
         from day in Gen.Choose(Day("2026-01-01").DayNumber, Day("2036-12-31").DayNumber).Select(DateOnly.FromDayNumber)
         select (Zone: zone, Day: day)).ToArbitrary(),
        drawn =>
        {
            var zone = Zone(drawn.Zone);
            var start = Validity.StartOfDay(drawn.Day, zone);
            Assert.Equal(drawn.Day, DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(start, zone)));
            Assert.Equal(drawn.Day.AddDays(-1), DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(start.AddSeconds(-1), zone)));
        }));

    [Fact]
    public void Every_day_of_twelve_years_begins_right_in_every_zone_of_the_list()
    {
        foreach (var zone in s_zones.Select(Zone))
        {
            for (var day = Day("2026-01-01"); day < Day("2038-01-01"); day = day.AddDays(1))
            {
                var start = Validity.StartOfDay(day, zone);
                Assert.True(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(start, zone)) == day, $"{zone.Id} {day:O}");
                Assert.True(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(start.AddSeconds(-1), zone)) == day.AddDays(-1), $"{zone.Id} {day:O}");
            }
        }
    }

    [Theory]
    [InlineData("2028-11-02", 24, "2030-11-02")] // renewed on its very last day
    [InlineData("2028-12-24", 24, "2030-12-24")] // renewed early: the days left are not lost
    [InlineData("2028-11-01", 24, "2030-11-02")] // renewed too late: counted from the day of the award
    [InlineData("2029-02-28", 12, "2030-02-28")]
    public void A_renewal_keeps_the_anniversary(string oldLastValidDay, int months, string lastValidDay) =>
        Assert.Equal(Day(lastValidDay), Validity.Renewed(Utc("2028-11-02T20:00:00Z"), Day(oldLastValidDay), Lasting(months)).LastValidDay);

    [Theory]
    [InlineData("2028-12-24", "2030-11-02")] // early: the days that were left are lost
    [InlineData("2028-11-01", "2030-11-02")]
    public void By_completion_a_renewal_counts_from_the_pass(string oldLastValidDay, string lastValidDay)
    {
        var programme = Lasting(24);
        programme.Expiry = ExpiryRule.Completion;

        Assert.Equal(Day(lastValidDay), Validity.Renewed(Utc("2028-11-02T20:00:00Z"), Day(oldLastValidDay), programme).LastValidDay);
    }

    [Theory]
    [InlineData("2026-11-30T20:00:00Z", 12, 0, "2026-12-31")] // the last one within the months
    [InlineData("2026-11-30T20:00:00Z", 12, 6, "2027-12-31")] // it would be good for a month only
    [InlineData("2026-06-30T20:00:00Z", 12, 6, "2026-12-31")] // six months to the day are enough
    [InlineData("2026-11-30T20:00:00Z", 24, 6, "2027-12-31")]
    [InlineData("2026-12-31T20:00:00Z", 12, 0, "2027-12-31")] // passed on the day itself
    [InlineData("2027-01-01T05:00:00Z", 12, 0, "2027-12-31")] // still the day itself in Denver
    [InlineData("2026-03-01T20:00:00Z", 3, 0, "2026-12-31")] // no such day within the months: the next
    public void By_a_fixed_day_everybody_ends_on_it_and_nobody_sooner_than_the_least(string awarded, int months, int least, string lastValidDay)
    {
        var programme = Lasting(months);
        (programme.Expiry, programme.FixedDay, programme.LeastMonths) = (ExpiryRule.FixedDay, "12-31", least);

        Assert.Equal(Day(lastValidDay), Validity.From(Utc(awarded), programme).LastValidDay);
        Assert.Equal(Day(lastValidDay), Validity.Renewed(Utc(awarded), Day("2026-12-31"), programme).LastValidDay);
    }

    [Fact]
    public void Under_every_rule_a_certificate_outlasts_its_award_and_its_least_and_a_renewal_never_ends_sooner_than_a_first_pass() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from rule in Gen.Elements(ExpiryRule.Completion, ExpiryRule.OldExpiry, ExpiryRule.FixedDay)
         from months in Gen.Choose(1, 48)
         from least in Gen.Choose(0, 24)
         from fixedDay in Gen.Elements("01-01", "02-28", "06-30", "12-31")
         from passed in Gen.Choose(Day("2026-01-01").DayNumber, Day("2036-12-31").DayNumber).Select(DateOnly.FromDayNumber)
         from old in Gen.Choose(-400, 90)
         select (rule, months, least, fixedDay, passed, old)).ToArbitrary(),
        drawn =>
        {
            var programme = Lasting(drawn.months);
            (programme.Expiry, programme.FixedDay, programme.LeastMonths) = (drawn.rule, drawn.rule == ExpiryRule.FixedDay ? drawn.fixedDay : null, drawn.rule == ExpiryRule.FixedDay ? drawn.least : 0);
            var at = drawn.passed.ToDateTime(new TimeOnly(18, 0), DateTimeKind.Utc);
            var first = Validity.From(at, programme).LastValidDay;
            var renewed = Validity.Renewed(at, drawn.passed.AddDays(drawn.old), programme).LastValidDay;

            Assert.True(first > drawn.passed);
            Assert.True(first >= drawn.passed.AddMonths(programme.LeastMonths));
            Assert.True(renewed >= first);
        }));

    [Fact]
    public void The_dates_of_ten_example_people_show_what_a_rule_does()
    {
        var examples = ExampleDates.Of(Lasting(24), Day("2026-11-30"));

        Assert.Equal(
            [
                ("2026-11-30", "2028-11-30"), ("2027-01-31", "2029-01-31"), ("2028-02-29", "2030-02-28"), ("2026-12-31", "2028-12-31"), ("2027-01-01", "2029-01-01"),
                ("2028-09-01", "2030-11-30"), ("2028-10-30", "2030-11-30"), ("2028-11-30", "2030-11-30"), ("2028-12-01", "2030-12-01"), ("2029-05-30", "2031-05-30"),
            ],
            examples.Select(example => ($"{example.PassedOn:O}", $"{example.LastValidDay:O}")));
        Assert.Equal(Day("2028-09-01"), examples[0].RenewalOpensOn);
    }

    [Fact]
    public void The_renewal_opens_at_the_beginning_of_a_day() =>
        Assert.Equal(Utc("2028-08-04T06:00:00Z"), Validity.From(Utc("2026-11-02T09:30:00Z"), Lasting(24)).RenewalOpensAt);

    [Fact]
    public void It_is_good_from_the_second_of_the_award()
    {
        var validity = Validity.From(Utc("2026-11-02T09:30:15Z").AddTicks(9_876_543), Lasting(24));

        Assert.Equal((Utc("2026-11-02T09:30:15Z"), DateTimeKind.Utc), (validity.ValidFrom, validity.ValidFrom.Kind));
    }

    [Theory]
    [InlineData(24, 12, "2027-11-02", "2028-11-02")]
    [InlineData(24, 36, "2028-11-02", "2028-11-02")] // a part never outlasts the whole
    [InlineData(6, 12, "2027-05-02", "2027-05-02")]
    public void The_earliest_end_among_the_parts_is_the_certificates(int months, int partMonths, string lastValidDay, string whole)
    {
        var validity = Validity.From(Utc("2026-11-02T09:30:00Z"), Lasting(months, new ProgrammePart("hygiene", "Infection control", partMonths)));

        Assert.Equal((Day(lastValidDay), Day(whole)), (validity.LastValidDay, validity.WholeLastValidDay));
    }

    // Of a certificate of 2 November 2026, 24 months with a part of 12: when the part is repeated, and until when it is good then.
    [Theory]
    [InlineData("2027-09-15T12:00:00Z", "2028-11-02")] // early: the anniversary is kept
    [InlineData("2027-11-02T12:00:00Z", "2028-11-02")] // on the last day
    [InlineData("2028-01-20T12:00:00Z", "2028-11-02")] // late, and the whole ends before the part would
    public void A_repeated_part_keeps_its_anniversary_and_never_outlasts_the_whole(string repeated, string lastValidDay)
    {
        var programme = Lasting(24, new ProgrammePart("hygiene", "Infection control", 12));
        var certificate = new Certificate(programme, Guid.NewGuid(), Guid.NewGuid(), "Ana", Validity.From(Utc("2026-11-02T09:30:00Z"), programme), replaces: null, Utc("2026-11-02T09:30:00Z"));
        Assert.Equal("Infection control", certificate.EndingPart?.Name);

        var validity = Validity.PartRepeated(certificate, "hygiene", Utc(repeated), programme);

        Assert.Equal((Day(lastValidDay), Day("2028-11-02")), (validity.LastValidDay, validity.WholeLastValidDay));
    }
}
