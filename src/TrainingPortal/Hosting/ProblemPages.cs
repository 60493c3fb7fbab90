using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using TrainingPortal.Accounts;

namespace TrainingPortal.Web.Hosting;

/// <summary>
/// Gives every refusal of the server a page in words: an old form, a page that is not there, too many requests, a fault.
/// Addresses under <c>/api</c> answer with problem details instead.
/// </summary>
public static class ProblemPages
{
    /// <summary>Goes before routing, since a problem page is found by routing a second time.</summary>
    public static IApplicationBuilder UseProblemPages(this IApplicationBuilder app) => app
        .UseWhen(IsApi, api => api.UseExceptionHandler())
        .UseWhen(context => !IsApi(context), pages => pages
            .UseExceptionHandler("/problem/500", createScopeForErrors: true)
            .UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true)
            .Use(AsGet)
            .Use(HideForbiddenActsAsync)
            .Use(LoadAgainAsync));

    /// <summary>Goes after antiforgery: a form without a good token is refused here, before any page looks at it.</summary>
    public static IApplicationBuilder UseAntiforgeryRefusal(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } && !IsProblemPage(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        return next(context);
    });

    /// <summary>True while a problem page is made for a request that was for something else.</summary>
    public static bool IsProblemPage(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    // A problem page is one to get: as the post that failed it would look for a form of its own.
    private static Task AsGet(HttpContext context, RequestDelegate next)
    {
        if (IsProblemPage(context))
        {
            context.Request.Method = HttpMethods.Get;
            context.Features.Set<IAntiforgeryValidationFeature>(null);
        }

        return next(context);
    }

    private static async Task HideForbiddenActsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ActNotPermittedException) when (!context.Response.HasStarted)
        {
            // Whoever may not do it learns no more than that there is no such page.
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    // A form that the page no longer has, since what it does was done in another tab: the page as it is now says so.
    private static async Task LoadAgainAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (HttpMethods.IsPost(context.Request.Method) && context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentType: "text/plain" })
        {
            context.Response.ContentType = null;
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}";
        }
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api");
}

/// <summary>Puts the number that the problem page shows beside the fault in the log.</summary>
public sealed partial class FaultLog(ILogger<FaultLog> log) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        LogFault(exception, httpContext.TraceIdentifier);
        return ValueTask.FromResult(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Fault {Reference}")]
    private partial void LogFault(Exception exception, string reference);
}
