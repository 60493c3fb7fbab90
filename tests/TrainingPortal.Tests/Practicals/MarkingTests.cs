using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Practicals;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Practicals;

/// <summary>An assessor marks a candidate, step by step, and signs.</summary>
public class MarkingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_mark_is_in_the_database_when_it_returns()
    {
        await using var day = await MarkingDay.OpenAsync();
        var marking = await day.StartAsync();

        Assert.Equal(1, (await day.MarkAsync(marking, 2, StepVerdict.NotDone, " Cup on the tray. ")).Value);
        Assert.Equal(2, (await day.MarkAsync(marking, 2, StepVerdict.Done, "Cup on the tray.", revision: 1)).Value);

        var mark = Assert.Single((await day.RowAsync(marking)).Marks);
        Assert.Equal((2, StepVerdict.Done, "Cup on the tray.", 2), (mark.Step, mark.Verdict, mark.Note, mark.Revision));
    }

    [Fact]
    public async Task A_note_alone_leaves_the_step_as_it_is()
    {
        await using var day = await MarkingDay.OpenAsync();
        var marking = await day.StartAsync();
        await day.MarkAsync(marking, 1, StepVerdict.Done);

        await day.MarkAsync(marking, 1, verdict: null, "Slow.", revision: 1);
        await day.MarkAsync(marking, 2, verdict: null, "Not there yet.");

        var row = await day.RowAsync(marking);
        Assert.Equal([(StepVerdict.Done, "Slow."), (null, "Not there yet.")], row.Marks.Select(mark => (mark.Verdict, mark.Note)));
        Assert.Equal([2, 3, 4, 5], row.Score().Open);
    }

    [Fact]
    public async Task A_page_that_is_older_than_what_is_saved_is_refused_and_changes_nothing()
    {
        await using var day = await MarkingDay.OpenAsync();
        var marking = await day.StartAsync();
        await day.MarkAsync(marking, 1, StepVerdict.Done);

        Assert.Equal(SaveMarkRefusal.StalePage, (await day.MarkAsync(marking, 1, StepVerdict.NotDone, revision: 0)).Refusal);
        Assert.Equal(1, (await day.MarkAsync(marking, 1, StepVerdict.Done, revision: 0)).Value);
        Assert.Equal(SaveMarkRefusal.NotFound, (await day.MarkAsync(marking, 6, StepVerdict.Done)).Refusal);
        Assert.Equal(SaveMarkRefusal.NoteTooLong, (await day.MarkAsync(marking, 2, StepVerdict.Done, new string('x', PracticalMark.NoteLength + 1))).Refusal);
        Assert.Equal(StepVerdict.Done, Assert.Single((await day.RowAsync(marking)).Marks).Verdict);
    }

    [Fact]
    public async Task Of_posts_for_one_step_that_arrive_at_once_equal_ones_are_one_and_of_different_ones_one_is_saved()
    {
        await using var day = await MarkingDay.OpenAsync();
        var marking = await day.StartAsync();

        var clicks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => day.MarkAsync(marking, 1, StepVerdict.Done))));
        var others = await Task.WhenAll(Enum.GetValues<StepVerdict>().Select(verdict => Task.Run(() => day.MarkAsync(marking, 2, verdict))));

        Assert.All(clicks, click => Assert.Equal(1, click.Value));
        Assert.Single(others, other => other.Succeeded);
        Assert.All(others.Where(other => !other.Succeeded), other => Assert.Equal(SaveMarkRefusal.StalePage, other.Refusal));
        Assert.Equal([1, 1], (await day.RowAsync(marking)).Marks.Select(mark => mark.Revision));
    }

    [Fact]
    public async Task Starting_twice_at_once_is_one_marking_and_two_assessors_do_not_both_get_one()
    {
        await using var day = await MarkingDay.OpenAsync();

        var clicks = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => day.StartMarking.RunAsync(day.Assessor, MarkingDay.Slug, day.Candidate.PersonId, Cancellation))));

        Assert.Single(clicks.Select(click => click.Value).Distinct());
        Assert.Equal(StartMarkingRefusal.OpenWithAnother, (await day.StartMarking.RunAsync(day.Colleague, MarkingDay.Slug, day.Candidate.PersonId, Cancellation)).Refusal);
        Assert.Equal(1, (await AuditAsync(day)).Count(act => act == "practical started"));
    }

    [Fact]
    public async Task Signed_off_it_is_sealed_a_second_click_changes_nothing_and_a_late_tap_is_told_so()
    {
        await using var day = await MarkingDay.OpenAsync();
        var marking = await day.StartAsync();
        await day.MarkAllAsync(marking);
        var revision = (await day.RowAsync(marking)).Revision;

        var clicks = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => day.SignOffMarking.RunAsync(day.Assessor, marking, stated: true, revision, Cancellation))));

        Assert.All(clicks, click => Assert.Equal(PracticalResult.Passed, click.Value));
        Assert.Equal(SaveMarkRefusal.Closed, (await day.MarkAsync(marking, 1, StepVerdict.NotDone, revision: 1)).Refusal);
        Assert.Equal(BreakOffRefusal.SignedOff, (await day.BreakOffMarking.RunAsync(day.Assessor, marking, "I was wrong.", Cancellation)).Refusal);
        Assert.Equal(1, (await AuditAsync(day)).Count(act => act == "practical signed off"));
        var row = await day.RowAsync(marking);
        Assert.Equal((PracticalResult.Passed, day.School.Now), (row.Result, row.SignedOffAt));
    }

    [Fact]
    public async Task It_is_not_signed_with_a_step_open_without_the_statement_or_from_a_page_that_showed_something_else()
    {
        await using var day = await MarkingDay.OpenAsync();
        var marking = await day.StartAsync();
        Assert.Equal(SignOffRefusal.StepsOpen, await SignAsync(stated: true, revision: 0));
        await day.MarkAllAsync(marking);
        var revision = (await day.RowAsync(marking)).Revision;
        Assert.Equal(SignOffRefusal.NotStated, await SignAsync(stated: false, revision));
        await day.MarkAsync(marking, 1, StepVerdict.NotDone, revision: 1);

        Assert.Equal(SignOffRefusal.StalePage, await SignAsync(stated: true, revision));
        Assert.Equal(PracticalResult.Open, (await day.RowAsync(marking)).Result);
        Assert.Equal(PracticalResult.Failed, await day.SignAsync(marking));

        async Task<SignOffRefusal?> SignAsync(bool stated, int revision) =>
            (await day.SignOffMarking.RunAsync(day.Assessor, marking, stated, revision, Cancellation)).Refusal;
    }

    [Fact]
    public async Task A_mark_and_a_sign_off_at_once_never_leave_a_result_that_the_marks_do_not_make()
    {
        await using var day = await MarkingDay.OpenAsync();
        foreach (var _ in Enumerable.Range(0, 6))
        {
            var marking = await day.StartAsync();
            await day.MarkAllAsync(marking);
            var revision = (await day.RowAsync(marking)).Revision;

            await Task.WhenAll(
                Task.Run(() => day.MarkAsync(marking, 1, StepVerdict.NotDone, revision: 1)),
                Task.Run(() => day.SignOffMarking.RunAsync(day.Assessor, marking, stated: true, revision, Cancellation)));

            var row = await day.RowAsync(marking);
            if (row.Result == PracticalResult.Open)
            {
                Assert.Equal(StepVerdict.NotDone, row.Marks[0].Verdict);
                await day.SignAsync(marking);
            }
            else
            {
                Assert.Equal((PracticalResult.Passed, StepVerdict.Done), (row.Result, row.Marks[0].Verdict));
            }
        }
    }

    [Fact]
    public async Task A_retake_is_a_marking_of_its_own_and_the_earlier_ones_stay_with_what_was_missed()
    {
        await using var day = await MarkingDay.OpenAsync();
        var first = await day.StartAsync();
        await day.MarkAsync(first, 5, StepVerdict.NotSeen, "Behind the lamp.");
        foreach (var step in new[] { 1, 2, 3, 4 })
        {
            await day.MarkAsync(first, step, StepVerdict.Done);
        }

        Assert.Equal(PracticalResult.Failed, await day.SignAsync(first));
        day.School.Clock.Advance(TimeSpan.FromDays(1));
        var second = await day.StartAsync();
        await day.MarkAllAsync(second, missed: 3);
        Assert.Equal(PracticalResult.Passed, await day.SignAsync(second));

        var own = Assert.Single(await new ReadOwnPracticals(day.Database).RunAsync(day.Candidate, Cancellation));
        Assert.Equal([(2, PracticalResult.Passed), (1, PracticalResult.Failed)], own.Markings.Select(marking => (marking.Number, marking.Result)));
        Assert.Equal(("Ejects into the box.", true, StepVerdict.NotSeen, "Behind the lamp."), Told(Assert.Single(own.Markings[1].Missed)));
        Assert.Equal(day.School.Now, own.PassedAt);
        var record = await new ReadCandidateRecord(day.Database).RunAsync(day.Assessor, day.Candidate.PersonId, Cancellation);
        Assert.Equal([2, 1], record!.Lines.Select(line => line.Number));

        static (string, bool, StepVerdict, string?) Told(MissedStep step) => (step.Text, step.Critical, step.Verdict, step.Note);
    }

    [Fact]
    public async Task A_checklist_that_changes_leaves_a_marking_as_it_was_begun()
    {
        await using var day = await MarkingDay.OpenAsync();
        var marking = await day.StartAsync();
        await day.ChangeAsync(practical => (practical.Steps, practical.PassPercent, practical.Retired) = ([new("new", "Something else.", true)], 100, true));

        await day.MarkAllAsync(marking, missed: 2);

        Assert.Equal(PracticalResult.Passed, await day.SignAsync(marking));
        Assert.Equal(MarkingDay.Steps, (await day.RowAsync(marking)).Steps);
        Assert.Equal(StartMarkingRefusal.NotFound, (await day.StartMarking.RunAsync(day.Assessor, MarkingDay.Slug, day.Candidate.PersonId, Cancellation)).Refusal);
    }

    [Fact]
    public async Task Broken_off_it_counts_neither_way_says_why_and_the_next_may_start()
    {
        await using var day = await MarkingDay.OpenAsync();
        var marking = await day.StartAsync();
        await day.MarkAsync(marking, 1, StepVerdict.NotDone);

        Assert.Equal(BreakOffRefusal.ReasonMissing, (await day.BreakOffMarking.RunAsync(day.Assessor, marking, " no ", Cancellation)).Refusal);
        Assert.True((await day.BreakOffMarking.RunAsync(day.Colleague, marking, "The power failed.", Cancellation)).Succeeded);
        Assert.True((await day.BreakOffMarking.RunAsync(day.Assessor, marking, "Again.", Cancellation)).Succeeded);

        Assert.Equal(SignOffRefusal.BrokenOff, (await day.SignOffMarking.RunAsync(day.Assessor, marking, stated: true, 1, Cancellation)).Refusal);
        var row = await day.RowAsync(marking);
        Assert.Equal((PracticalResult.BrokenOff, "The power failed.", 1), (row.Result, row.Reason, row.Marks.Count));
        Assert.Equal(2, (await day.RowAsync(await day.StartAsync())).Number);
        Assert.Equal(1, (await AuditAsync(day)).Count(act => act == "practical broken off"));
    }

    [Fact]
    public async Task Nobody_marks_themselves_or_people_of_another_organisation_not_even_with_other_roles()
    {
        await using var day = await MarkingDay.OpenAsync();
        var stranger = await MarkingDay.AssessorAsync(day.School, "Sol Far");
        var chief = new Actor(stranger.PersonId, new HashSet<string> { Roles.Assessor, Roles.Administrator });
        var learner = await day.AddCandidateAsync("Both Ways");
        var both = new Actor(learner.PersonId, new HashSet<string> { Roles.Assessor });
        await using (var database = day.Database.CreateDbContext())
        {
            database.OrganisationMembers.Add(new OrganisationMember { OrganisationId = day.Organisation, PersonId = both.PersonId, Since = day.School.Now });
            await MarkingDay.AddCohortAsync(database, day.School, "Far School", stranger, [stranger], []);
        }

        var marking = await day.StartAsync();

        Assert.Equal(StartMarkingRefusal.Yourself, (await day.StartMarking.RunAsync(both, MarkingDay.Slug, both.PersonId, Cancellation)).Refusal);
        Assert.DoesNotContain((await new ReadCandidates(day.Database).RunAsync(both, MarkingDay.Slug, "Ways", 1, Cancellation))!.People, person => person.PersonId == both.PersonId);
        foreach (var other in new[] { stranger, chief })
        {
            Assert.Equal(StartMarkingRefusal.NotFound, (await day.StartMarking.RunAsync(other, MarkingDay.Slug, day.Candidate.PersonId, Cancellation)).Refusal);
            Assert.Equal(SaveMarkRefusal.NotFound, (await day.MarkAsync(marking, 1, StepVerdict.Done, assessor: other)).Refusal);
            Assert.Equal(BreakOffRefusal.NotFound, (await day.BreakOffMarking.RunAsync(other, marking, "Not mine.", Cancellation)).Refusal);
            Assert.Null(await day.ReadMarking.RunAsync(other, marking, Cancellation));
            Assert.Null(await new ReadCandidateRecord(day.Database).RunAsync(other, day.Candidate.PersonId, Cancellation));
            Assert.Empty((await new ReadCandidates(day.Database).RunAsync(other, MarkingDay.Slug, "Cora", 1, Cancellation))!.People);
        }

        Assert.Equal(SaveMarkRefusal.NotFound, (await day.MarkAsync(marking, 1, StepVerdict.Done, assessor: day.Colleague)).Refusal);
    }

    [Fact]
    public async Task Without_the_role_every_act_is_refused()
    {
        await using var day = await MarkingDay.OpenAsync();
        var marking = await day.StartAsync();
        foreach (var other in new[] { day.Candidate, await day.School.InstructorAsync(), await day.School.AdministratorAsync() })
        {
            await Assert.ThrowsAsync<ActNotPermittedException>(() => day.StartMarking.RunAsync(other, MarkingDay.Slug, day.Candidate.PersonId, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => day.StartSecondMarking.RunAsync(other, marking, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => day.MarkAsync(marking, 1, StepVerdict.Done, assessor: other));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => day.SignOffMarking.RunAsync(other, marking, stated: true, 0, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => day.BreakOffMarking.RunAsync(other, marking, "Not mine.", Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => day.ReadMarking.RunAsync(other, marking, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadCandidates(day.Database).RunAsync(other, MarkingDay.Slug, null, 1, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadCandidateRecord(day.Database).RunAsync(other, day.Candidate.PersonId, Cancellation));
        }

        await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadAgreement(day.Database).RunAsync(day.Candidate, MarkingDay.Slug, Cancellation));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadPracticals(day.Database).RunAsync(day.Candidate, Cancellation));
    }

    [Fact]
    public async Task Who_is_enrolled_and_has_not_passed_waits_and_a_search_finds_the_others()
    {
        await using var day = await MarkingDay.OpenAsync();
        var passed = await day.AddCandidateAsync("Pia Done");
        var marking = await day.StartAsync(passed);
        await day.MarkAllAsync(marking);
        await day.SignAsync(marking);

        var waiting = await new ReadCandidates(day.Database).RunAsync(day.Assessor, MarkingDay.Slug, null, 1, Cancellation);
        var found = await new ReadCandidates(day.Database).RunAsync(day.Assessor, MarkingDay.Slug, "pia", 1, Cancellation);

        Assert.Equal("Cora Vidal", Assert.Single(waiting!.People).Name);
        Assert.Equal(("Pia Done", 1, day.School.Now), (found!.People[0].Name, found.People[0].Times, found.People[0].PassedAt));
        Assert.Equal(1, Assert.Single((await new ReadPracticals(day.Database).RunAsync(day.Assessor, Cancellation)).Practicals).Waiting);
    }

    [Fact]
    public async Task A_candidate_sees_nothing_of_an_open_marking_and_nothing_of_anybody_else()
    {
        await using var day = await MarkingDay.OpenAsync();
        var other = await day.AddCandidateAsync("Otto Else");
        var marking = await day.StartAsync(other);
        await day.MarkAllAsync(marking, missed: 1);
        await day.SignAsync(marking);
        var open = await day.StartAsync();
        await day.MarkAsync(open, 1, StepVerdict.NotDone, "Skipped.");

        var own = Assert.Single(Assert.Single(await new ReadOwnPracticals(day.Database).RunAsync(day.Candidate, Cancellation)).Markings);

        Assert.Equal((PracticalResult.Open, 0, 0), (own.Result, own.Of, own.Missed.Count));
    }

    [Fact]
    public async Task An_erased_candidate_leaves_no_notes_no_reasons_and_nothing_open()
    {
        await using var day = await MarkingDay.OpenAsync();
        var broken = await day.StartAsync();
        await day.BreakOffMarking.RunAsync(day.Assessor, broken, "Cora felt faint.", Cancellation);
        var open = await day.StartAsync();
        await day.MarkAsync(open, 1, StepVerdict.NotDone, "Cora dropped it.");
        await using var database = day.Database.CreateDbContext();
        var address = await database.Users.Where(person => person.Id == day.Candidate.PersonId).Select(person => person.Email).SingleAsync(Cancellation);

        Assert.True((await day.School.ErasePerson.RunAsync(await day.School.AdministratorAsync(), day.Candidate.PersonId, address, Cancellation)).Succeeded);

        Assert.Equal([PracticalResult.BrokenOff, PracticalResult.BrokenOff], [(await day.RowAsync(broken)).Result, (await day.RowAsync(open)).Result]);
        Assert.Null((await day.RowAsync(broken)).Reason);
        Assert.Null((await day.RowAsync(open)).Reason);
        var mark = Assert.Single((await day.RowAsync(open)).Marks);
        Assert.Equal((StepVerdict.NotDone, null), (mark.Verdict!.Value, mark.Note));
    }

    private static async Task<IReadOnlyList<string>> AuditAsync(MarkingDay day)
    {
        await using var database = day.Database.CreateDbContext();
        return await database.AuditEntries.Select(entry => entry.Act).ToListAsync(Cancellation);
    }
}
