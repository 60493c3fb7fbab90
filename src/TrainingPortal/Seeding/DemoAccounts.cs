using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Web.Seeding;

/// <summary>Accounts to try the portal with, in Development only.</summary>
internal static class DemoAccounts
{
    private const string Password = "learn-safely-2026";
    private const string School = "Demo school";

    private static readonly (string Email, string Name, string Role)[] People =
    [
        ("trainee@portal.test", "Tara Trainee", Roles.Trainee),
        ("instructor@portal.test", "Ines Instructor", Roles.Instructor),
        ("admin@portal.test", "Ada Administrator", Roles.Administrator),
    ];

    public static async Task AddAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        foreach (var (email, name, role) in People)
        {
            if (await users.FindByEmailAsync(email) is not null)
            {
                continue;
            }

            var person = new PortalUser { Id = Guid.CreateVersion7(now), Name = name, Email = email, UserName = email, EmailConfirmed = true, CreatedAt = now };
            await users.CreateAsync(person, Password);
            await users.AddToRolesAsync(person, new[] { Roles.Trainee, role }.Distinct());
        }

        await AddSchoolAsync(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), now);
    }

    // The first time only: whoever takes the instructor out of it means it.
    private static async Task AddSchoolAsync(PortalDbContext database, DateTime now)
    {
        var instructor = await database.Users.Where(person => person.NormalizedEmail == Invitation.Normalize("instructor@portal.test")).Select(person => (Guid?)person.Id).FirstOrDefaultAsync();
        if (instructor is not { } personId || await database.Organisations.AnyAsync())
        {
            return;
        }

        var school = new Organisation(School, now);
        database.Organisations.Add(school);
        database.OrganisationMembers.Add(new OrganisationMember { OrganisationId = school.Id, PersonId = personId, Since = now });
        await database.SaveChangesAsync();
    }

    public static void Announce(string url)
    {
        Console.WriteLine();
        Console.WriteLine($"Training Portal runs at {url}. Demo accounts, all with the password {Password}:");
        foreach (var (email, _, role) in People)
        {
            Console.WriteLine($"  {email,-24} {role}");
        }

        Console.WriteLine();
    }
}
