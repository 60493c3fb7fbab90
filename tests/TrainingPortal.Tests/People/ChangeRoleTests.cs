using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.People;

public class ChangeRoleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_is_given_and_taken_and_each_is_on_the_record_once()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await people.RecordedAsync(await school.AdministratorAsync());
        var person = await people.RecordedAsync(await school.TraineeAsync());
        var email = await people.EmailAsync(person);

        foreach (var give in new[] { true, true, false, false })
        {
            Assert.True((await people.ChangeRole.RunAsync(chief, person.PersonId, Roles.Instructor, give, Cancellation)).Succeeded);
            Assert.Equal(give, (await people.ActorAsync(email)).Roles.Contains(Roles.Instructor));
            school.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(
            [("role Instructor given", chief.PersonId, person.PersonId.ToString()), ("role Instructor taken", chief.PersonId, person.PersonId.ToString())],
            await people.AuditAsync());
    }

    [Theory]
    [InlineData(Roles.Trainee)]
    [InlineData("Emperor")]
    [InlineData("")]
    public async Task What_is_no_role_to_give_is_refused(string role)
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await people.RecordedAsync(await school.AdministratorAsync());

        Assert.Equal(ChangeRoleRefusal.NoSuchRole, (await people.ChangeRole.RunAsync(chief, chief.PersonId, role, give: false, Cancellation)).Refusal);
    }

    [Fact]
    public async Task An_administrator_keeps_their_own_role_whether_or_not_there_is_another()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await people.RecordedAsync(await school.AdministratorAsync());

        Assert.Equal(ChangeRoleRefusal.LastAdministrator, (await people.ChangeRole.RunAsync(chief, chief.PersonId, Roles.Administrator, give: false, Cancellation)).Refusal);
        await people.RecordedAsync(await school.AdministratorAsync());
        Assert.Equal(ChangeRoleRefusal.OwnAdministratorRole, (await people.ChangeRole.RunAsync(chief, chief.PersonId, Roles.Administrator, give: false, Cancellation)).Refusal);

        Assert.Empty(await people.AuditAsync());
    }

    [Fact]
    public async Task Two_administrators_cannot_remove_each_other()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (ada, ben) = (await people.RecordedAsync(await school.AdministratorAsync()), await people.RecordedAsync(await school.AdministratorAsync()));

        async Task<bool> TakeAsync(Actor from, Actor by)
        {
            try
            {
                return (await people.ChangeRole.RunAsync(by, from.PersonId, Roles.Administrator, give: false, Cancellation)).Succeeded;
            }
            catch (ActNotPermittedException)
            {
                return false;
            }
        }

        var taken = await Task.WhenAll(Task.Run(() => TakeAsync(ada, ben)), Task.Run(() => TakeAsync(ben, ada)));

        Assert.Single(taken, done => done);
        await using var database = school.Database.CreateDbContext();
        Assert.Equal(1, await database.UserRoles.CountAsync(held => database.Roles.Any(role => role.Id == held.RoleId && role.Name == Roles.Administrator), Cancellation));
    }

    [Fact]
    public async Task Ten_clicks_at_once_give_a_role_once()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await people.RecordedAsync(await school.AdministratorAsync());
        var person = await school.TraineeAsync();

        var clicks = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => people.ChangeRole.RunAsync(chief, person.PersonId, Roles.Assessor, give: true, Cancellation))));

        Assert.All(clicks, click => Assert.True(click.Succeeded));
        Assert.Single(await people.AuditAsync());
    }

    [Fact]
    public async Task Whose_administrator_role_was_taken_gives_none_in_a_session_from_before()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var (ada, ben) = (await people.RecordedAsync(await school.AdministratorAsync()), await people.RecordedAsync(await school.AdministratorAsync()));
        await people.ChangeRole.RunAsync(ada, ben.PersonId, Roles.Administrator, give: false, Cancellation);

        await Assert.ThrowsAsync<ActNotPermittedException>(() => people.ChangeRole.RunAsync(ben, ben.PersonId, Roles.Administrator, give: true, Cancellation));
    }

    [Fact]
    public async Task Only_an_administrator_gives_roles()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var trainee = await people.RecordedAsync(await school.TraineeAsync());
        foreach (var actor in new[] { trainee, await people.RecordedAsync(await school.InstructorAsync()) })
        {
            await Assert.ThrowsAsync<ActNotPermittedException>(() => people.ChangeRole.RunAsync(actor, trainee.PersonId, Roles.Instructor, give: true, Cancellation));
        }
    }

    [Fact]
    public async Task A_person_who_is_not_there_is_refused()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await people.RecordedAsync(await school.AdministratorAsync());

        Assert.Equal(ChangeRoleRefusal.PersonNotFound, (await people.ChangeRole.RunAsync(chief, Guid.NewGuid(), Roles.Instructor, give: true, Cancellation)).Refusal);
    }
}
