using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TrainingPortal.Accounts;
using TrainingPortal.Cohorts;
using TrainingPortal.Mail;
using TrainingPortal.Persistence;

namespace TrainingPortal.Tests.Support;

/// <summary>What people do about roles, organisations, cohorts and invitations, by the real use cases on a test's database.</summary>
internal sealed partial class CohortPeople(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    private static readonly IOptions<PortalOptions> s_portal = Options.Create(new PortalOptions { Name = "Skin School", PublicUrl = new Uri("https://school.example") });

    public const string Password = "calm-hands-steady-pen";

    public ChangeRole ChangeRole => new(databases, clock);

    public ChangeMembership ChangeMembership => new(databases, clock);

    public AddOrganisation AddOrganisation => new(databases, clock);

    public RenameOrganisation RenameOrganisation => new(databases, clock);

    public InvitePerson InvitePerson => new(databases, s_portal, clock);

    public MakeCohort MakeCohort => new(databases, clock);

    public ReadCohort ReadCohort => new(databases, clock);

    public PreviewInvitations PreviewInvitations => new(databases, clock);

    public InviteToCohort InviteToCohort => new(databases, s_portal, clock);

    public SendInvitationAgain SendInvitationAgain => new(databases, s_portal, clock);

    public WithdrawInvitation WithdrawInvitation => new(databases, clock);

    public ReadInvitation ReadInvitation => new(databases, clock);

    public AcceptInvitation AcceptInvitation => new(Users(databases.CreateDbContext()), databases, clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The course of the small school becomes the programme that cohorts learn for.</summary>
    public static async Task<(School School, CohortPeople People)> OpenAsync()
    {
        var school = await School.OpenAsync();
        await using var database = school.Database.CreateDbContext();
        await database.Courses.ExecuteUpdateAsync(update => update.SetProperty(course => course.ProgrammeSlug, "competence"), Cancellation);
        return (school, new CohortPeople(school.Database, school.Clock));
    }

    /// <summary>Makes one of everything, for a look at all pages.</summary>
    /// <returns>The secret of an open invitation to the portal.</returns>
    public static async Task<string> FillAsync(DataFolder data, string instructor, string administrator, string trainee)
    {
        var people = new CohortPeople(data, TimeProvider.System);
        var (teacher, chief, learner) = (await people.ActorAsync(instructor), await people.ActorAsync(administrator), await people.ActorAsync(trainee));
        var organisation = await people.OrganisationAsync(chief, "Tour school", teacher);
        var programme = await ProgrammeAsync(data);
        var cohort = (await people.MakeCohort.RunAsync(teacher, organisation, "Tour cohort", programme, null, Cancellation)).Value;
        await people.JoinAsync(teacher, cohort, learner, trainee);
        Assert.True((await people.InviteToCohort.RunAsync(teacher, cohort, InvitationList.OfText("waiting@example.org").Value, "en", Cancellation)).Succeeded);
        Assert.True((await people.InvitePerson.RunAsync(chief, new PersonToInvite("colleague@example.org", "Col League", [Roles.Reviewer], organisation, "en"), Cancellation)).Succeeded);
        return await people.TokenAsync("colleague@example.org");
    }

    public static async Task<string> ProgrammeAsync(DataFolder data)
    {
        await using var database = data.CreateDbContext();
        return (await database.Courses.Where(course => course.Slug == DataFolder.Course).Select(course => course.ProgrammeSlug).SingleAsync(Cancellation))!;
    }

    /// <summary>A person of the database with the roles they hold now.</summary>
    public async Task<Actor> ActorAsync(string email)
    {
        await using var database = databases.CreateDbContext();
        var id = await database.Users.Where(person => person.NormalizedEmail == Invitation.Normalize(email)).Select(person => person.Id).SingleAsync(Cancellation);
        var roles = await database.UserRoles.Where(held => held.UserId == id).Join(database.Roles, held => held.RoleId, role => role.Id, (held, role) => role.Name!).ToListAsync(Cancellation);
        return new Actor(id, roles.ToHashSet());
    }

    /// <summary>Keeps the roles that an actor says to have, as the portal's own records.</summary>
    public async Task<Actor> RecordedAsync(Actor actor)
    {
        await using var database = databases.CreateDbContext();
        var roles = await database.Roles.Where(role => actor.Roles.Contains(role.Name!)).Select(role => role.Id).ToListAsync(Cancellation);
        database.UserRoles.AddRange(roles.Select(role => new IdentityUserRole<Guid> { UserId = actor.PersonId, RoleId = role }));
        await database.SaveChangesAsync(Cancellation);
        return actor;
    }

    public async Task<string> EmailAsync(Actor person)
    {
        await using var database = databases.CreateDbContext();
        return (await database.Users.Where(user => user.Id == person.PersonId).Select(user => user.Email).SingleAsync(Cancellation))!;
    }

    /// <summary>An organisation with these people in it.</summary>
    public async Task<Guid> OrganisationAsync(Actor administrator, string name, params Actor[] members)
    {
        var added = await AddOrganisation.RunAsync(administrator, name, OrganisationKind.School, Cancellation);
        foreach (var member in members)
        {
            Assert.True((await ChangeMembership.RunAsync(administrator, member.PersonId, added.Value, member: true, Cancellation)).Succeeded);
        }

        return added.Value;
    }

    /// <summary>An instructor in an organisation of their own, with a cohort of it.</summary>
    public async Task<(Actor Instructor, Guid Organisation, Guid Cohort)> CohortAsync(School school, string organisation = "Skin School", string cohort = "Spring")
    {
        var instructor = await RecordedAsync(await school.InstructorAsync());
        var organisationId = await OrganisationAsync(await RecordedAsync(await school.AdministratorAsync()), organisation, instructor);
        return (instructor, organisationId, (await MakeCohort.RunAsync(instructor, organisationId, cohort, "competence", null, Cancellation)).Value);
    }

    /// <summary>Invites somebody who has an account, and who accepts.</summary>
    public async Task JoinAsync(Actor instructor, Guid cohort, Actor trainee, string? email = null)
    {
        email ??= await EmailAsync(trainee);
        Assert.Equal(1, (await InviteToCohort.RunAsync(instructor, cohort, InvitationList.OfText(email).Value, "en", Cancellation)).Value);
        Assert.True((await AcceptInvitation.RunAsync(trainee, await TokenAsync(email), null, Cancellation)).Succeeded);
    }

    /// <summary>The secret of the newest mail to an address, as its reader has it.</summary>
    public async Task<string> TokenAsync(string email) => Token().Match((await MailsAsync(email))[^1].Body).Groups[1].Value;

    /// <summary>The invitations' mails to an address, oldest first.</summary>
    public async Task<IReadOnlyList<OutboxMail>> MailsAsync(string email)
    {
        await using var database = databases.CreateDbContext();
        return await database.Outbox.AsNoTracking().Where(mail => mail.To == email && mail.Key.StartsWith("invitation/")).OrderBy(mail => mail.CreatedAt).ThenBy(mail => mail.Id).ToListAsync(Cancellation);
    }

    public async Task<IReadOnlyList<(string Act, Guid? Actor, string Subject)>> AuditAsync()
    {
        await using var database = databases.CreateDbContext();
        return [.. (await database.AuditEntries.AsNoTracking().OrderBy(entry => entry.At).ThenBy(entry => entry.Id).ToListAsync(Cancellation)).Select(entry => (entry.Act, entry.ActorId, entry.Subject))];
    }

    private static UserManager<PortalUser> Users(PortalDbContext database)
    {
        var options = new IdentityOptions { Password = { RequiredLength = 10, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 4 } };
        return new UserManager<PortalUser>(
            new UserOnlyStore<PortalUser, PortalDbContext, Guid>(database),
            Options.Create(options),
            new PasswordHasher<PortalUser>(),
            [],
            [new PasswordValidator<PortalUser>()],
            new UpperInvariantLookupNormalizer(),
            new IdentityErrorDescriber(),
            null!,
            NullLogger<UserManager<PortalUser>>.Instance);
    }

    [GeneratedRegex(@"/account/invitation/(\S+)")]
    private static partial Regex Token();
}
