using Hangfire;
using TrainingPortal.Accounts;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Jobs.Hangfire;

/// <summary>Hangfire's own pages, for administrators, on a node that runs jobs.</summary>
public static class HangfireDashboard
{
    public const string Address = "/admin/hangfire";

    // Its pages colour states by style attributes, and its charts add a style element; its scripts are files.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapHangfireDashboardForAdministrators(this WebApplication app)
    {
        if (app.Services.GetService<JobStorage>() is null)
        {
            return;
        }

        // In place of Hangfire's own filters, which let in whoever sits at the machine.
        app.MapHangfireDashboardWithNoAuthorizationFilters(Address, new DashboardOptions { AppPath = "/admin/jobs", DisplayStorageConnectionString = false })
            .Add(endpoint =>
            {
                var dashboard = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = context =>
                {
                    context.User.AsActor().Demand(Act.RunJobs);
                    context.Response.OnStarting(() =>
                    {
                        // The portal's own page for what is not there keeps the portal's own policy.
                        if (!ProblemPages.IsProblemPage(context))
                        {
                            context.Response.Headers.ContentSecurityPolicy = Policy;
                        }

                        return Task.CompletedTask;
                    });
                    return dashboard(context);
                };
            });
    }
}
