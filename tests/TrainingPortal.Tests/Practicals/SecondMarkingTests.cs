using TrainingPortal.Accounts;
using TrainingPortal.Practicals;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Practicals;

/// <summary>A share of the practicals is marked by two assessors at once, each on their own.</summary>
public class SecondMarkingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(20, 180, 220)]
    [InlineData(100, 1000, 1000)]
    public void About_the_asked_share_is_drawn_and_always_the_same(int percent, int least, int most)
    {
        // Fixed ids, so that the count never changes.
        var ids = Enumerable.Range(0, 1000).Select(number => new Guid(number, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8])).ToList();

        Assert.InRange(ids.Count(id => SecondMarking.IsAsked(id, percent)), least, most);
        Assert.Equal(ids.Select(id => SecondMarking.IsAsked(id, percent)), ids.Select(id => SecondMarking.IsAsked(id, percent)));
    }

    [Fact]
    public async Task Another_assessor_marks_the_same_steps_and_decides_nothing()
    {
        await using var day = await MarkingDay.OpenAsync(twicePercent: 100);
        var first = await day.StartAsync();
        Assert.Equal(first, Assert.Single((await new ReadPracticals(day.Database).RunAsync(day.Colleague, Cancellation)).Asked).Id);
        Assert.Empty((await new ReadPracticals(day.Database).RunAsync(day.Assessor, Cancellation)).Asked);

        var second = await SecondAsync(day, first);
        await day.MarkAllAsync(first);
        await day.MarkAllAsync(second, day.Colleague, 1);

        Assert.Equal(PracticalResult.Passed, await day.SignAsync(first));
        Assert.Equal(PracticalResult.Failed, await day.SignAsync(second, day.Colleague));
        var own = Assert.Single(await new ReadOwnPracticals(day.Database).RunAsync(day.Candidate, Cancellation));
        Assert.Equal(PracticalResult.Passed, Assert.Single(own.Markings).Result);
        Assert.Equal(second, await SecondAsync(day, first));
        Assert.Empty((await new ReadPracticals(day.Database).RunAsync(day.Colleague, Cancellation)).Asked);
    }

    [Fact]
    public async Task Neither_sees_what_the_other_marked_before_both_have_signed()
    {
        await using var day = await MarkingDay.OpenAsync(twicePercent: 100);
        var first = await day.StartAsync();
        var second = await SecondAsync(day, first);
        await day.MarkAllAsync(first);
        await day.MarkAllAsync(second, day.Colleague);
        Assert.Null(await day.ReadMarking.RunAsync(day.Colleague, first, Cancellation));

        await day.SignAsync(first);

        Assert.Null(await day.ReadMarking.RunAsync(day.Colleague, first, Cancellation));
        var record = await new ReadCandidateRecord(day.Database).RunAsync(day.Colleague, day.Candidate.PersonId, Cancellation);
        Assert.Contains(record!.Lines, line => line is { Hidden: true, Result: PracticalResult.Open, Missed.Count: 0 } && line.Id == first);
        var waiting = await new ReadCandidates(day.Database).RunAsync(day.Colleague, MarkingDay.Slug, null, 1, Cancellation);
        Assert.Null(Assert.Single(waiting!.People).PassedAt);
        Assert.Null(await day.ReadMarking.RunAsync(day.Assessor, second, Cancellation));

        await day.SignAsync(second, day.Colleague);

        Assert.NotNull(await day.ReadMarking.RunAsync(day.Colleague, first, Cancellation));
        Assert.NotNull(await day.ReadMarking.RunAsync(day.Assessor, second, Cancellation));
    }

    [Fact]
    public async Task The_second_signed_first_stays_hidden_from_the_first()
    {
        await using var day = await MarkingDay.OpenAsync(twicePercent: 100);
        var first = await day.StartAsync();
        var second = await SecondAsync(day, first);
        await day.MarkAllAsync(second, day.Colleague);
        await day.SignAsync(second, day.Colleague);

        Assert.Null(await day.ReadMarking.RunAsync(day.Assessor, second, Cancellation));
        var record = await new ReadCandidateRecord(day.Database).RunAsync(day.Assessor, day.Candidate.PersonId, Cancellation);
        Assert.True(record!.Lines.Single(line => line.Id == second).Hidden);
    }

    [Fact]
    public async Task Of_two_colleagues_one_is_the_second_and_after_the_sign_off_nobody_is()
    {
        await using var day = await MarkingDay.OpenAsync(twicePercent: 100);
        var third = await MarkingDay.AssessorAsync(day.School, "Tea Kern");
        await using (var database = day.Database.CreateDbContext())
        {
            database.OrganisationMembers.Add(new OrganisationMember { OrganisationId = day.Organisation, PersonId = third.PersonId, Since = day.School.Now });
            await database.SaveChangesAsync(Cancellation);
        }

        var first = await day.StartAsync();
        Assert.Equal(StartSecondRefusal.OwnMarking, (await day.StartSecondMarking.RunAsync(day.Assessor, first, Cancellation)).Refusal);

        var both = await Task.WhenAll(new[] { day.Colleague, third }.Select(assessor => Task.Run(() => day.StartSecondMarking.RunAsync(assessor, first, Cancellation))));

        Assert.Single(both, started => started.Succeeded);
        Assert.Single(both, started => started.Refusal == StartSecondRefusal.Taken);

        var other = await day.StartAsync(await day.AddCandidateAsync("Late Comer"));
        await day.MarkAllAsync(other);
        await day.SignAsync(other);
        Assert.Equal(StartSecondRefusal.Closed, (await day.StartSecondMarking.RunAsync(day.Colleague, other, Cancellation)).Refusal);
    }

    [Fact]
    public async Task Where_none_was_drawn_nobody_marks_a_second_time()
    {
        await using var day = await MarkingDay.OpenAsync(twicePercent: 0);

        Assert.Equal(StartSecondRefusal.NotFound, (await day.StartSecondMarking.RunAsync(day.Colleague, await day.StartAsync(), Cancellation)).Refusal);
    }

    [Fact]
    public async Task A_first_that_is_broken_off_takes_its_open_second_with_it()
    {
        await using var day = await MarkingDay.OpenAsync(twicePercent: 100);
        var first = await day.StartAsync();
        var second = await SecondAsync(day, first);

        await day.BreakOffMarking.RunAsync(day.Assessor, first, "The power failed.", Cancellation);

        Assert.Equal(PracticalResult.BrokenOff, (await day.RowAsync(second)).Result);
    }

    [Fact]
    public async Task Agreement_counts_what_both_signed_names_the_disagreement_and_gives_the_marks_away_without_names()
    {
        await using var day = await MarkingDay.OpenAsync(twicePercent: 100);
        await TwiceAsync(day, day.Candidate, missedByFirst: [], missedBySecond: [1]);
        await TwiceAsync(day, await day.AddCandidateAsync("Ben Same"), missedByFirst: [2], missedBySecond: [2]);
        var alone = await day.StartAsync(await day.AddCandidateAsync("Al One"));
        await day.MarkAllAsync(alone);
        await day.SignAsync(alone);

        var report = await new ReadAgreement(day.Database).RunAsync(day.Assessor, MarkingDay.Slug, Cancellation);

        Assert.Equal((3, 3, 2), (report!.Signed, report.Asked, report.Twice));
        var pair = Assert.Single(report.Disagreements);
        Assert.Equal(("Cora Vidal", "Asa Lind", "Cole Berg", PracticalResult.Passed, PracticalResult.Failed), (pair.Candidate, pair.First, pair.Second, pair.FirstResult, pair.SecondResult));
        Assert.Equal(["Cleans hands."], pair.Steps);
        Assert.Equal(("hands", 2, 1, true), (report.Steps[0].Code, report.Steps[0].Counts.Pairs, report.Steps[0].Counts.Agreeing, report.Steps[0].TooFew));
        var lines = report.Csv().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(("pair,step,critical,first,second", "1,hands,yes,done,not-done", "2,lays-out,no,not-done,not-done", 11), (lines[0], lines[1], lines[7], lines.Length));
        Assert.DoesNotContain("Cora", report.Csv(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agreement_is_of_ones_own_people()
    {
        await using var day = await MarkingDay.OpenAsync(twicePercent: 100);
        await TwiceAsync(day, day.Candidate, missedByFirst: [], missedBySecond: [1]);
        var stranger = await MarkingDay.AssessorAsync(day.School, "Sol Far");

        var report = await new ReadAgreement(day.Database).RunAsync(stranger, MarkingDay.Slug, Cancellation);

        Assert.Equal((0, 0, 0), (report!.Signed, report.Twice, report.Disagreements.Count));
    }

    private static async Task TwiceAsync(MarkingDay day, Actor candidate, int[] missedByFirst, int[] missedBySecond)
    {
        var first = await day.StartAsync(candidate);
        var second = await SecondAsync(day, first);
        await day.MarkAllAsync(first, missed: missedByFirst);
        await day.MarkAllAsync(second, day.Colleague, missedBySecond);
        await day.SignAsync(first);
        await day.SignAsync(second, day.Colleague);
        day.School.Clock.Advance(TimeSpan.FromMinutes(20));
    }

    private static async Task<Guid> SecondAsync(MarkingDay day, Guid first)
    {
        var started = await day.StartSecondMarking.RunAsync(day.Colleague, first, Cancellation);
        Assert.Null(started.Refusal);
        return started.Value;
    }
}
