using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Tests.Support;

namespace TrainingPortal.Tests.People;

public class OrganisationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_one_name_there_is_one_organisation_whatever_the_capitals()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await school.AdministratorAsync();

        Assert.True((await people.AddOrganisation.RunAsync(chief, " Skin School ", OrganisationKind.School, Cancellation)).Succeeded);
        Assert.Equal(OrganisationRefusal.NameTaken, (await people.AddOrganisation.RunAsync(chief, "SKIN school", OrganisationKind.School, Cancellation)).Refusal);
        var other = await people.AddOrganisation.RunAsync(chief, "Other", OrganisationKind.School, Cancellation);
        Assert.Equal(OrganisationRefusal.NameTaken, (await people.RenameOrganisation.RunAsync(chief, other.Value, "skin school", Cancellation)).Refusal);

        var (lines, total) = await new ReadOrganisations(school.Database).RunAsync(chief, 1, Cancellation);
        Assert.Equal((2, "Other", "Skin School"), (total, lines[0].Name, lines[1].Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    [InlineData("turned \u202E round")]
    [InlineData(null)]
    public async Task A_name_is_one_line_of_a_hundred_letters_at_most(string? name)
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;

        Assert.Equal(OrganisationRefusal.NameMissing, (await people.AddOrganisation.RunAsync(await school.AdministratorAsync(), name ?? new string('x', 101), OrganisationKind.School, Cancellation)).Refusal);
    }

    [Fact]
    public async Task Renaming_keeps_the_organisation_and_the_same_name_changes_nothing()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await school.AdministratorAsync();
        var id = await people.OrganisationAsync(chief, "Old");
        school.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(id, (await people.RenameOrganisation.RunAsync(chief, id, "New", Cancellation)).Value);
        Assert.Equal(id, (await people.RenameOrganisation.RunAsync(chief, id, "New", Cancellation)).Value);
        Assert.Equal(OrganisationRefusal.NotFound, (await people.RenameOrganisation.RunAsync(chief, Guid.NewGuid(), "New", Cancellation)).Refusal);

        Assert.Equal(new OrganisationLine(id, "New", OrganisationKind.School, 0), await new ReadOrganisations(school.Database).OneAsync(chief, id, Cancellation));
        Assert.Equal(["organisation added", "organisation renamed"], (await people.AuditAsync()).Select(entry => entry.Act));
    }

    [Fact]
    public async Task A_person_is_put_in_once_however_often_it_is_clicked_and_taken_out_again()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await school.AdministratorAsync();
        var person = await school.InstructorAsync();
        var id = await people.OrganisationAsync(chief, "Skin School");
        school.Clock.Advance(TimeSpan.FromMinutes(1));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => people.ChangeMembership.RunAsync(chief, person.PersonId, id, member: true, Cancellation))));
        await using (var database = school.Database.CreateDbContext())
        {
            Assert.Equal(1, await database.OrganisationMembers.CountAsync(Cancellation));
        }

        school.Clock.Advance(TimeSpan.FromMinutes(1));
        await people.ChangeMembership.RunAsync(chief, person.PersonId, id, member: false, Cancellation);

        Assert.Equal(["organisation added", "person put into organisation", "person taken out of organisation"], (await people.AuditAsync()).Select(entry => entry.Act));
        Assert.Equal(MembershipRefusal.PersonNotFound, (await people.ChangeMembership.RunAsync(chief, Guid.NewGuid(), id, member: true, Cancellation)).Refusal);
        Assert.Equal(MembershipRefusal.OrganisationNotFound, (await people.ChangeMembership.RunAsync(chief, person.PersonId, Guid.NewGuid(), member: true, Cancellation)).Refusal);
    }

    [Fact]
    public async Task People_are_found_by_a_part_of_the_name_or_the_address_with_their_roles_and_organisations()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var chief = await people.RecordedAsync(await school.AdministratorAsync());
        var ines = await people.RecordedAsync(await school.InstructorAsync("Ines Roth"));
        await school.TraineeAsync("Ben 100% Ode");
        var organisation = await people.OrganisationAsync(chief, "Skin School", ines);
        var read = new ReadPeople(school.Database);

        async Task<IEnumerable<string>> FoundAsync(string? search, Guid? within = null) =>
            (await read.RunAsync(chief, new PeopleFilter(search, within, 1), Cancellation)).Lines.Select(line => line.Name);

        Assert.Equal(["Ada Moss", "Ben 100% Ode", "Ines Roth"], await FoundAsync(null));
        Assert.Equal(["Ines Roth"], await FoundAsync(" rot "));
        Assert.Equal(["Ines Roth"], await FoundAsync((await people.EmailAsync(ines)).ToUpperInvariant()));
        Assert.Equal(["Ben 100% Ode"], await FoundAsync("%"));
        Assert.Equal(["Ines Roth"], await FoundAsync(null, organisation));
        var line = (await read.OneAsync(chief, ines.PersonId, Cancellation))!;
        Assert.Equal([Roles.Trainee, Roles.Instructor], line.Roles);
        Assert.Equal("Skin School", Assert.Single(line.Organisations).Name);
    }

    [Fact]
    public async Task None_of_it_is_there_for_anyone_but_an_administrator()
    {
        var (school, people) = await CohortPeople.OpenAsync();
        await using var _ = school;
        var id = await people.OrganisationAsync(await school.AdministratorAsync(), "Skin School");
        foreach (var actor in new[] { await school.TraineeAsync(), await school.InstructorAsync() })
        {
            await Assert.ThrowsAsync<ActNotPermittedException>(() => people.AddOrganisation.RunAsync(actor, "Mine", OrganisationKind.School, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => people.RenameOrganisation.RunAsync(actor, id, "Mine", Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => people.ChangeMembership.RunAsync(actor, actor.PersonId, id, member: true, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadOrganisations(school.Database).RunAsync(actor, 1, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadPeople(school.Database).RunAsync(actor, new PeopleFilter(null, null, 1), Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadPeople(school.Database).OneAsync(actor, actor.PersonId, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => new ReadInvitations(school.Database, school.Clock).RunAsync(actor, 1, Cancellation));
            await Assert.ThrowsAsync<ActNotPermittedException>(() => people.InvitePerson.RunAsync(actor, new PersonToInvite("x@example.org", null, [], null, "en"), Cancellation));
        }
    }
}
