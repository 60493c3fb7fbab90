using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Cohorts;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.Cohorts;

public class AcceptInvitationTests
{
    private static readonly NewAccount s_account = new("Ana Lucía Peña", CohortPeople.Password, "es");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_no_account_makes_one_and_is_in_the_cohort_and_on_its_courses()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (_, _, cohort, token) = await InvitedAsync(school, people);

        var accepted = await people.AcceptInvitation.RunAsync(null, token, s_account, Cancellation);

        Assert.Equal(School.Course, accepted.Value.CourseSlug);
        await using var database = school.Database.CreateDbContext();
        var person = await database.Users.SingleAsync(user => user.Id == accepted.Value.PersonId, Cancellation);
        Assert.Equal(("Ana Lucía Peña", "ana@example.org", true, "es", School.Opening, true), (person.Name, person.Email, person.EmailConfirmed, person.Language, person.CreatedAt, person.LockoutEnabled));
        Assert.NotEqual(PasswordVerificationResult.Failed, new PasswordHasher<PortalUser>().VerifyHashedPassword(person, person.PasswordHash!, CohortPeople.Password));
        Assert.Equal([Roles.Trainee], (await people.ActorAsync("ana@example.org")).Roles);
        Assert.Equal((cohort, School.Opening), await database.CohortMembers.Where(member => member.PersonId == person.Id).Select(member => new ValueTuple<Guid, DateTime>(member.CohortId, member.JoinedAt)).SingleAsync(Cancellation));
        Assert.Equal(1, await database.Enrollments.CountAsync(row => row.PersonId == person.Id, Cancellation));
        Assert.Equal(0, await database.OrganisationMembers.CountAsync(member => member.PersonId == person.Id, Cancellation));
        Assert.Contains("invitation accepted", (await people.AuditAsync()).Where(entry => entry.Actor == person.Id).Select(entry => entry.Act));
    }

    [Fact]
    public async Task Who_has_an_account_signs_in_first_and_keeps_what_they_have()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var trainee = await school.TraineeAsync("Ben");
        await school.EnrolAsync(trainee);
        await school.ReadEverythingAsync(trainee);
        var (_, _, _, token) = await InvitedAsync(school, people, await people.EmailAsync(trainee));

        Assert.Equal(AcceptInvitationRefusal.SignInFirst, (await people.AcceptInvitation.RunAsync(null, token, s_account, Cancellation)).Refusal);
        Assert.Equal(AcceptInvitationRefusal.OtherAddress, (await people.AcceptInvitation.RunAsync(await school.TraineeAsync("Mallory"), token, null, Cancellation)).Refusal);
        Assert.True((await people.AcceptInvitation.RunAsync(trainee, token, null, Cancellation)).Succeeded);

        await using var database = school.Database.CreateDbContext();
        Assert.Equal("Ben", await database.Users.Where(user => user.Id == trainee.PersonId).Select(user => user.Name).SingleAsync(Cancellation));
        Assert.Equal((1, 6), (await database.Enrollments.CountAsync(Cancellation), await database.LessonsRead.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task Roles_and_organisation_come_with_the_acceptance_and_stand_in_the_inviters_name()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await people.RecordedAsync(await school.AdministratorAsync());
        var organisation = await people.OrganisationAsync(chief, "Skin School");
        await people.InvitePerson.RunAsync(chief, new PersonToInvite("ines@example.org", "Ines", [Roles.Instructor, Roles.Assessor], organisation, "en"), Cancellation);

        var accepted = await people.AcceptInvitation.RunAsync(null, await people.TokenAsync("ines@example.org"), s_account, Cancellation);

        Assert.Null(accepted.Value.CourseSlug);
        Assert.Equal(new HashSet<string> { Roles.Trainee, Roles.Instructor, Roles.Assessor }, (await people.ActorAsync("ines@example.org")).Roles);
        var audit = await people.AuditAsync();
        Assert.Equal([Roles.Assessor, Roles.Instructor], audit.Where(entry => entry.Act.StartsWith("role ", StringComparison.Ordinal) && entry.Actor == chief.PersonId && entry.Subject == accepted.Value.PersonId.ToString()).Select(entry => entry.Act.Split(' ')[1]).Order());
        Assert.Contains(("person put into organisation", (Guid?)chief.PersonId, $"{accepted.Value.PersonId} {organisation}"), audit);
    }

    [Fact]
    public async Task What_an_administrator_promised_ends_with_being_one()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (ada, ben) = (await people.RecordedAsync(await school.AdministratorAsync()), await people.RecordedAsync(await school.AdministratorAsync()));
        var invited = await people.InvitePerson.RunAsync(ben, new PersonToInvite("second@example.org", null, [Roles.Administrator], null, "en"), Cancellation);
        await people.ChangeRole.RunAsync(ada, ben.PersonId, Roles.Administrator, give: false, Cancellation);

        Assert.Equal(AcceptInvitationRefusal.Unknown, (await people.AcceptInvitation.RunAsync(null, await people.TokenAsync("second@example.org"), s_account, Cancellation)).Refusal);

        school.Clock.Advance(TimeSpan.FromHours(1));
        await people.SendInvitationAgain.RunAsync(ada, invited.Value, Cancellation);
        Assert.True((await people.AcceptInvitation.RunAsync(null, await people.TokenAsync("second@example.org"), s_account, Cancellation)).Succeeded);
    }

    [Fact]
    public async Task Ten_clicks_at_once_make_one_account_one_member_and_one_acceptance()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (_, _, _, token) = await InvitedAsync(school, people);

        var clicks = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => people.AcceptInvitation.RunAsync(null, token, s_account, Cancellation))));

        Assert.Single(clicks, click => click.Succeeded);
        Assert.All(clicks.Where(click => !click.Succeeded), click => Assert.Equal(AcceptInvitationRefusal.Used, click.Refusal));
        await using var database = school.Database.CreateDbContext();
        Assert.Equal((1, 1, 1), (await database.Users.CountAsync(user => user.Email == "ana@example.org", Cancellation), await database.CohortMembers.CountAsync(Cancellation), await database.Enrollments.CountAsync(Cancellation)));
        Assert.Single(await people.AuditAsync(), entry => entry.Act == "invitation accepted");
    }

    [Fact]
    public async Task Ten_clicks_at_once_of_somebody_signed_in_all_lead_on_and_accept_once()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var trainee = await school.TraineeAsync();
        var (_, _, _, token) = await InvitedAsync(school, people, await people.EmailAsync(trainee));

        var clicks = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => people.AcceptInvitation.RunAsync(trainee, token, null, Cancellation))));

        Assert.All(clicks, click => Assert.Equal(School.Course, click.Value.CourseSlug));
        Assert.Single(await people.AuditAsync(), entry => entry.Act == "invitation accepted");
    }

    [Fact]
    public async Task Who_enrols_at_the_same_moment_is_enrolled_once()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var trainee = await school.TraineeAsync();
        var (_, _, _, token) = await InvitedAsync(school, people, await people.EmailAsync(trainee));

        await Task.WhenAll(
            Task.Run(() => school.EnrolAsync(trainee), Cancellation),
            Task.Run(() => people.AcceptInvitation.RunAsync(trainee, token, null, Cancellation), Cancellation),
            Task.Run(() => school.EnrolAsync(trainee), Cancellation));

        await using var database = school.Database.CreateDbContext();
        Assert.Equal((1, 1), (await database.Enrollments.CountAsync(Cancellation), await database.CohortMembers.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task Who_registered_somebody_elses_address_before_gets_nothing()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var squatter = await school.TraineeAsync("Mallory");
        var email = await people.EmailAsync(squatter);
        await using (var database = school.Database.CreateDbContext())
        {
            await database.Users.Where(user => user.Id == squatter.PersonId).ExecuteUpdateAsync(
                update => update.SetProperty(user => user.EmailConfirmed, false).SetProperty(user => user.PasswordHash, new PasswordHasher<PortalUser>().HashPassword(new PortalUser { Name = "" }, "mallorys-own-password")),
                Cancellation);
        }

        var (_, _, _, token) = await InvitedAsync(school, people, email);
        var accepted = await people.AcceptInvitation.RunAsync(null, token, s_account, Cancellation);

        await using var after = school.Database.CreateDbContext();
        var person = await after.Users.SingleAsync(user => user.Id == accepted.Value.PersonId, Cancellation);
        Assert.Equal((squatter.PersonId, "Ana Lucía Peña", true), (person.Id, person.Name, person.EmailConfirmed));
        Assert.Equal(PasswordVerificationResult.Failed, new PasswordHasher<PortalUser>().VerifyHashedPassword(person, person.PasswordHash!, "mallorys-own-password"));
    }

    [Fact]
    public async Task A_link_that_is_unknown_too_old_or_used_is_refused_each_in_its_own_way()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (_, _, _, token) = await InvitedAsync(school, people);
        Assert.Equal(AcceptInvitationRefusal.Unknown, (await people.AcceptInvitation.RunAsync(null, token + "x", s_account, Cancellation)).Refusal);

        school.Clock.Advance(Invitation.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True((await people.ReadInvitation.RunAsync(null, token, Cancellation)).Succeeded);
        school.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AcceptInvitationRefusal.Expired, (await people.AcceptInvitation.RunAsync(null, token, s_account, Cancellation)).Refusal);

        school.Now = School.Opening;
        await people.AcceptInvitation.RunAsync(null, token, s_account, Cancellation);
        Assert.Equal(AcceptInvitationRefusal.Used, (await people.AcceptInvitation.RunAsync(null, token, s_account, Cancellation)).Refusal);
        Assert.Equal(AcceptInvitationRefusal.Used, (await people.ReadInvitation.RunAsync(null, token, Cancellation)).Refusal);
    }

    [Theory]
    [InlineData("", CohortPeople.Password, AcceptInvitationRefusal.NameMissing)]
    [InlineData("An\u202Ea", CohortPeople.Password, AcceptInvitationRefusal.NameMissing)]
    [InlineData("Ana", "short", AcceptInvitationRefusal.PasswordTooWeak)]
    [InlineData("Ana", "aaaaaaaaaaaaaaa", AcceptInvitationRefusal.PasswordTooWeak)]
    public async Task A_name_and_a_good_password_are_needed_and_the_invitation_stays_open(string name, string password, AcceptInvitationRefusal refusal)
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (_, _, _, token) = await InvitedAsync(school, people);

        Assert.Equal(refusal, (await people.AcceptInvitation.RunAsync(null, token, new NewAccount(name, password, "en"), Cancellation)).Refusal);

        Assert.True((await people.AcceptInvitation.RunAsync(null, token, s_account, Cancellation)).Succeeded);
    }

    private static async Task<(Actor Instructor, Guid Organisation, Guid Cohort, string Token)> InvitedAsync(School school, CohortPeople people, string email = "ana@example.org")
    {
        var (instructor, organisation, cohort) = await people.CohortAsync(school);
        Assert.Equal(1, (await people.InviteToCohort.RunAsync(instructor, cohort, InvitationList.OfText(email).Value, "en", Cancellation)).Value);
        return (instructor, organisation, cohort, await people.TokenAsync(email));
    }
}
