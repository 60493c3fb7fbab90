using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using TrainingPortal.Accounts;
using TrainingPortal.Persistence;

namespace TrainingPortal.Web.Hosting;

/// <summary>Accounts, sign-in cookies and who may open a page.</summary>
public static class PortalIdentity
{
    /// <summary>How long a person who was signed out everywhere, or lost their account, goes unnoticed at most.</summary>
    public static readonly TimeSpan RevalidationInterval = TimeSpan.FromMinutes(5);

    public static IServiceCollection AddPortalIdentity(this IServiceCollection services, PortalOptions portal)
    {
        services
            .AddIdentityCore<PortalUser>(options =>
            {
                // Length is what makes a password hard to guess; rules about kinds of letters only make it hard to keep.
                options.Password.RequiredLength = 10;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 4;
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
                options.SignIn.RequireConfirmedEmail = true;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<PortalDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders();

        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(options =>
        {
            options.LoginPath = "/account/sign-in";
            options.AccessDeniedPath = "/problem/404";
            options.ReturnUrlParameter = "returnUrl";
            options.Cookie.Name = "portal";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.ExpireTimeSpan = TimeSpan.FromDays(14);

            // The sign-in page leads on by itself; the handler would put the address into a header as it came, letters and all.
            options.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;

            // The validator looks at the interval itself, but only once all that could look a person up has been made.
            options.Events.OnValidatePrincipal = context =>
                context.Properties.IssuedUtc + RevalidationInterval > context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()
                    ? Task.CompletedTask
                    : SecurityStampValidator.ValidatePrincipalAsync(context);
        });
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = RevalidationInterval);
        services.AddScoped<CircuitHandler, CircuitSignIn>();

        // Whoever is not signed in sees only what says so itself; a test holds the list.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        // On the machine's own disk, so that a restart signs nobody out.
        services.AddDataProtection()
            .SetApplicationName("TrainingPortal")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(portal.DataDirectory, "cookie-keys")));
        return services;
    }
}
