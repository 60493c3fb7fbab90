using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using TrainingPortal.Accounts;
using TrainingPortal.Audit;
using TrainingPortal.Persistence;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Commands;

/// <summary><c>users add</c>: the first administrator of a production portal.</summary>
internal static class UserCommands
{
    public static Command Create()
    {
        var email = new Argument<string>("email") { Description = "The person's e-mail address." };
        var role = new Option<string>("--role") { Description = $"One of {string.Join(", ", Roles.All)}.", DefaultValueFactory = _ => Roles.Trainee };
        var add = new Command("add", "Gives a role to a person, who then chooses a password by the link that is mailed.") { email, role };
        add.TreatUnmatchedTokensAsErrors = false;
        add.SetAction(async (parsed, cancellation) =>
        {
            var chosen = Roles.All.FirstOrDefault(known => known.Equals(parsed.GetValue(role), StringComparison.OrdinalIgnoreCase))
                ?? throw new StartRefusedException($"There is no role {parsed.GetValue(role)}; known are {string.Join(", ", Roles.All)}.");
            await using var app = PortalHost.Build([.. parsed.UnmatchedTokens], serving: false);
            await PortalDatabase.MigrateAsync(app.Services, dryRun: false, cancellation);
            return await AddAsync(app.Services, parsed.GetValue(email)!, chosen, cancellation);
        });
        return new Command("users", "Adds people.") { add };
    }

    private static async Task<int> AddAsync(IServiceProvider services, string email, string role, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var database = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var person = await users.FindByEmailAsync(email);
        if (person is null)
        {
            person = new PortalUser { Id = Guid.CreateVersion7(now), Name = email.Split('@')[0], Email = email, UserName = email, EmailConfirmed = true, CreatedAt = now };
            var created = await users.CreateAsync(person);
            if (!created.Succeeded)
            {
                throw new StartRefusedException($"{email} was not added: {string.Join(" ", created.Errors.Select(error => error.Description))}");
            }

            await users.AddToRoleAsync(person, Roles.Trainee);
        }

        if (!await users.IsInRoleAsync(person, role))
        {
            await users.AddToRoleAsync(person, role);
            await users.UpdateSecurityStampAsync(person);
        }

        database.AuditEntries.Add(new AuditEntry(now, null, $"role {role} given", person.Id.ToString()));
        await database.SaveChangesAsync(cancellation);
        await scope.ServiceProvider.GetRequiredService<RequestPasswordReset>().RunAsync(email, cancellation);
        Console.WriteLine($"{email} is {role}. The mail with the link to choose a password goes out when the portal, or \"jobs run deliver-mail\", runs.");
        return 0;
    }
}
