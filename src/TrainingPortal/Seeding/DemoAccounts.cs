using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingPortal.Accounts;
using TrainingPortal.Enrollments;
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
        ("candidate@portal.test", "Cora Candidate", Roles.Trainee),
        ("instructor@portal.test", "Ines Instructor", Roles.Instructor),
        ("assessor@portal.test", "Asa Assessor", Roles.Assessor),
        ("colleague@portal.test", "Cole Colleague", Roles.Assessor),
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

        await AddSchoolAsync(scope.ServiceProvider, now);
    }

    // The first time only: whoever takes somebody out of it means it.
    private static async Task AddSchoolAsync(IServiceProvider services, DateTime now)
    {
        var database = services.GetRequiredService<PortalDbContext>();
        var addresses = People.Select(person => Invitation.Normalize(person.Email)).ToList();
        var people = await database.Users
            .Where(person => addresses.Contains(person.NormalizedEmail!))
            .ToDictionaryAsync(person => person.Email!, person => person.Id);
        if (!people.TryGetValue("instructor@portal.test", out var instructorId) || await database.Organisations.AnyAsync())
        {
            return;
        }

        var school = new Organisation(School, now);
        database.Organisations.Add(school);
        string[] members = ["instructor@portal.test", "assessor@portal.test", "colleague@portal.test"];
        database.OrganisationMembers.AddRange(members.Where(people.ContainsKey).Select(email => new OrganisationMember { OrganisationId = school.Id, PersonId = people[email], Since = now }));

        // Somebody who waits for the practicals.
        var course = await database.Courses.Where(row => !row.Retired && row.ProgrammeSlug != null).OrderBy(row => row.Position).FirstOrDefaultAsync();
        var waiting = course is not null && people.TryGetValue("candidate@portal.test", out var id) ? id : (Guid?)null;
        if (waiting is { } candidateId)
        {
            var cohort = new Cohort(school.Id, "Practical day", course!.ProgrammeSlug!, instructorId, targetDay: null, now);
            database.Cohorts.Add(cohort);
            database.CohortMembers.Add(new CohortMember { CohortId = cohort.Id, PersonId = candidateId, JoinedAt = now });
        }

        await database.SaveChangesAsync();
        if (waiting is { } learner)
        {
            await services.GetRequiredService<Enroll>().RunAsync(new Actor(learner, new HashSet<string> { Roles.Trainee }), course!.Slug, CancellationToken.None);
        }
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
