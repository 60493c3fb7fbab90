using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Cohorts;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Cohorts;

/// <summary>Nobody outside a cohort's organisation sees it or does anything to it.</summary>
public class CohortIsolationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instructor_of_another_organisation_finds_nothing_and_changes_nothing()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, organisation, cohort) = await people.CohortAsync(school);
        await people.InviteToCohort.RunAsync(instructor, cohort, InvitationList.OfText("ana@example.org").Value, "en", Cancellation);
        var (stranger, _, own) = await people.CohortAsync(school, "Elsewhere", "Theirs");
        var invitation = await InvitationAsync(school);
        school.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["Theirs"], (await new ReadCohorts(school.Database).RunAsync(stranger, 1, Cancellation)).Lines.Select(line => line.Name));
        Assert.Equal(["Elsewhere"], (await new ReadCohortForm(school.Database).RunAsync(stranger, Cancellation)).Organisations.Select(choice => choice.Name));
        Assert.Null(await people.ReadCohort.RunAsync(stranger, cohort, null, 1, Cancellation));
        Assert.Null(await people.PreviewInvitations.RunAsync(stranger, cohort, InvitationList.OfText("x@example.org").Value, Cancellation));
        Assert.Equal(InviteToCohortRefusal.CohortNotFound, (await people.InviteToCohort.RunAsync(stranger, cohort, InvitationList.OfText("x@example.org").Value, "en", Cancellation)).Refusal);
        Assert.Equal(MakeCohortRefusal.OrganisationNotFound, (await people.MakeCohort.RunAsync(stranger, organisation, "Mine", "competence", null, Cancellation)).Refusal);
        Assert.Equal(InvitationRefusal.NotFound, (await people.SendInvitationAgain.RunAsync(stranger, invitation, Cancellation)).Refusal);
        Assert.Equal(InvitationRefusal.NotFound, (await people.WithdrawInvitation.RunAsync(stranger, invitation, Cancellation)).Refusal);

        Assert.NotNull(await people.ReadCohort.RunAsync(stranger, own, null, 1, Cancellation));
        Assert.Single(await people.MailsAsync("ana@example.org"));
        Assert.Empty(await people.MailsAsync("x@example.org"));
    }

    [Fact]
    public async Task Taken_out_of_the_organisation_an_instructor_sees_it_no_more_from_that_moment_on()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, organisation, cohort) = await people.CohortAsync(school);
        Assert.NotNull(await people.ReadCohort.RunAsync(instructor, cohort, null, 1, Cancellation));

        await people.ChangeMembership.RunAsync(await school.AdministratorAsync(), instructor.PersonId, organisation, member: false, Cancellation);

        Assert.Null(await people.ReadCohort.RunAsync(instructor, cohort, null, 1, Cancellation));
    }

    [Fact]
    public async Task Two_instructors_of_one_organisation_share_its_cohorts()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (_, organisation, cohort) = await people.CohortAsync(school);
        var colleague = await school.InstructorAsync();
        await people.ChangeMembership.RunAsync(await school.AdministratorAsync(), colleague.PersonId, organisation, member: true, Cancellation);

        Assert.NotNull(await people.ReadCohort.RunAsync(colleague, cohort, null, 1, Cancellation));
    }

    [Fact]
    public async Task Trainees_and_administrators_run_no_cohorts_even_where_they_belong_to_the_organisation()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, organisation, cohort) = await people.CohortAsync(school);
        await people.InviteToCohort.RunAsync(instructor, cohort, InvitationList.OfText("ana@example.org").Value, "en", Cancellation);
        var invitation = await InvitationAsync(school);
        school.Clock.Advance(TimeSpan.FromHours(1));
        var list = InvitationList.OfText("x@example.org").Value;
        var (trainee, chief) = (await school.TraineeAsync(), await school.AdministratorAsync());
        foreach (var actor in new[] { trainee, chief })
        {
            await people.ChangeMembership.RunAsync(chief, actor.PersonId, organisation, member: true, Cancellation);
            await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadCohorts(school.Database).RunAsync(actor, 1, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadCohortForm(school.Database).RunAsync(actor, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => people.ReadCohort.RunAsync(actor, cohort, null, 1, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => people.PreviewInvitations.RunAsync(actor, cohort, list, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => people.InviteToCohort.RunAsync(actor, cohort, list, "en", Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => people.MakeCohort.RunAsync(actor, organisation, "Mine", "competence", null, Cancellation));
        }

        await Assert.ThrowsAsync<ActNotPermittedException>(() => people.SendInvitationAgain.RunAsync(trainee, invitation, Cancellation));
        await Assert.ThrowsAsync<ActNotPermittedException>(() => people.WithdrawInvitation.RunAsync(trainee, invitation, Cancellation));
        Assert.Equal(InvitationRefusal.NotFound, (await people.SendInvitationAgain.RunAsync(chief, invitation, Cancellation)).Refusal);
        Assert.Equal(InvitationRefusal.NotFound, (await people.WithdrawInvitation.RunAsync(chief, invitation, Cancellation)).Refusal);
    }

    [Fact]
    public async Task An_instructor_does_nothing_to_an_invitation_to_the_portal()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, organisation, _) = await people.CohortAsync(school);
        var chief = await people.RecordedAsync(await school.AdministratorAsync());
        var invitation = await people.InvitePerson.RunAsync(chief, new PersonToInvite("ben@example.org", null, [Roles.Instructor], organisation, "en"), Cancellation);
        school.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(InvitationRefusal.NotFound, (await people.SendInvitationAgain.RunAsync(instructor, invitation.Value, Cancellation)).Refusal);
        Assert.Equal(InvitationRefusal.NotFound, (await people.WithdrawInvitation.RunAsync(instructor, invitation.Value, Cancellation)).Refusal);
    }

    [Fact]
    public async Task A_cohort_asked_for_twice_is_made_once_and_its_name_is_its_own_in_the_organisation()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (instructor, organisation, cohort) = await people.CohortAsync(school);
        var clicks = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => people.MakeCohort.RunAsync(instructor, organisation, "Autumn", "competence", new DateOnly(2027, 1, 31), Cancellation))));

        Assert.Single(clicks.Select(click => click.Value).Distinct());
        Assert.Equal(cohort, (await people.MakeCohort.RunAsync(instructor, organisation, " spring ", "competence", null, Cancellation)).Value);
        Assert.Equal(MakeCohortRefusal.NameTaken, (await people.MakeCohort.RunAsync(instructor, organisation, "Spring", "competence", new DateOnly(2027, 1, 31), Cancellation)).Refusal);
        Assert.Equal(MakeCohortRefusal.ProgrammeNotFound, (await people.MakeCohort.RunAsync(instructor, organisation, "Other", "no-such-programme", null, Cancellation)).Refusal);
        Assert.Equal(MakeCohortRefusal.NameMissing, (await people.MakeCohort.RunAsync(instructor, organisation, " ", "competence", null, Cancellation)).Refusal);
        Assert.Equal(MakeCohortRefusal.TargetDayPast, (await people.MakeCohort.RunAsync(instructor, organisation, "Other", "competence", new DateOnly(2026, 10, 31), Cancellation)).Refusal);
    }

    private static async Task<Guid> InvitationAsync(School school)
    {
        await using var database = school.Database.CreateDbContext();
        return await database.Invitations.Select(row => row.Id).SingleAsync(Cancellation);
    }
}
