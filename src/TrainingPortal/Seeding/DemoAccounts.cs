using Microsoft.AspNetCore.Identity;
using TrainingPortal.Accounts;

namespace TrainingPortal.Web.Seeding;

/// <summary>Accounts to try the portal with, in Development only.</summary>
internal static class DemoAccounts
{
    private const string Password = "learn-safely-2026";

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
