using System.Net.Mail;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.Options;
using TrainingPortal.Mail;
using TrainingPortal.Web.Api;
using TrainingPortal.Web.Components;
using TrainingPortal.Web.Jobs;
using TrainingPortal.Web.Pages.Account;
using TrainingPortal.Web.Pages.Certificates;
using TrainingPortal.Web.Pages.Exams;
using TrainingPortal.Web.Pages.Learn;
using TrainingPortal.Web.Pages.Practicals;

namespace TrainingPortal.Web.Hosting;

/// <summary>Puts the portal together, for serving and for the verbs alike.</summary>
public static class PortalHost
{
    /// <param name="arguments">Settings of the command line, such as <c>--urls</c>.</param>
    /// <param name="serving">False for a verb: no job engine runs beside it.</param>
    /// <exception cref="StartRefusedException">A setting or the data folder does not fit.</exception>
    public static WebApplication Build(string[] arguments, bool serving)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = arguments,
            ApplicationName = typeof(PortalHost).Assembly.GetName().Name,

            // Settings and page files lie beside the program; data and courses where the command was typed.
            ContentRootPath = AppContext.BaseDirectory,
        });

        // Else a build's own answer for files that are not there comes first, and asks to sign in.
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
        {
            builder.WebHost.UseUrls("http://localhost:5080");
        }
        else
        {
            Settings.RequireAddresses(builder.Configuration["urls"]!);
        }

        if (!serving)
        {
            // A verb prints what it has to say itself.
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        }

        AddServices(builder, serving);
        return builder.Build();
    }

    /// <summary>Middleware and addresses, in the order in which a request meets them.</summary>
    public static void MapPortal(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseRequestLocalization();
        app.UseAchievementNegotiation();
        app.UseProblemPages();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseAntiforgeryRefusal();

        app.MapStaticAssets().AllowAnonymous();
        // The policy on frames is in the security headers, once.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        app.MapLanguageSwitch();
        app.MapSignOut();
        app.MapFigures();
        app.MapCertificateReady();
        app.MapAttemptSeen();
        app.MapCertificateFiles();
        app.MapAgreementFile();
        app.MapCertificatesApi();
        app.MapCredentialFiles();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
#if JOB_ENGINE_HANGFIRE
        app.MapHangfireDashboardForAdministrators();
#endif
        app.MapOpenApi("/openapi/v1.json").AllowAnonymous();

        // What is not there is not there for anyone, and asks nobody to sign in first.
        app.MapFallback("{*path}", () => Results.NotFound()).AllowAnonymous();
    }

    private static void AddServices(WebApplicationBuilder builder, bool serving)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;
        var portal = Settings.Read<PortalOptions>(configuration, "Portal");
        if (!portal.PublicUrl.IsAbsoluteUri || portal.PublicUrl.Scheme is not ("http" or "https"))
        {
            throw new StartRefusedException($"The setting Portal:PublicUrl is \"{portal.PublicUrl}\", and an address that begins with https:// or http:// is needed.");
        }

        if (portal.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            throw new StartRefusedException($"The setting Portal:TimeZone is \"{zone}\", and a time zone such as America/Denver is needed.");
        }

        PortalFolders.Prepare(portal);
        var jobs = Settings.Read<JobOptions>(configuration, "Jobs");
        Settings.RequireRange("Jobs:Workers", jobs.Workers, 1, 32);
        var mail = Settings.Read<MailOptions>(configuration, "Mail");
        Settings.RequireRange("Mail:Port", mail.Port, 1, 65535);
        if (!MailAddress.TryCreate(mail.From, out _))
        {
            throw new StartRefusedException($"The setting Mail:From is \"{mail.From}\", and an e-mail address is needed.");
        }


        services.AddSingleton(Options.Create(portal));
        services.AddSingleton(Options.Create(mail));
        services.AddSingleton(Options.Create(SigningKeys.Read(configuration, builder.Environment, portal)));
        services.AddSingleton(TimeProvider.System);
        services.AddPortalDatabase(configuration, portal);
        services.AddSchool();
        _ = mail.Host is null
            ? services.AddSingleton<IMailTransport, MailFolderTransport>()
            : services.AddSingleton<IMailTransport, SmtpTransport>();

        services.AddPortalIdentity(portal);
        services.AddPortalLanguages();
        services.AddRequestLimits(configuration);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddAntiforgery(options => options.Cookie.Name = "portal-form");
        services.AddOpenApi();
        services.AddProblemDetails();
        services.AddExceptionHandler<FaultLog>();
        services.AddHealthChecks().AddDbContextCheck<Persistence.PortalDbContext>();

        services.AddSingleton<JobRunner>();
        if (serving)
        {
            services.AddHostedService<PulseService>();
        }

        if (serving && jobs.Enabled)
        {
            services.AddJobEngine(configuration, portal, jobs);
        }
        else
        {
            services.AddSingleton<IJobEngine, NoJobEngine>();
        }
    }
}
