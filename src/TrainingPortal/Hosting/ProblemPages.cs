using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using TrainingPortal.Accounts;

namespace TrainingPortal.Web.Hosting;

/// <summary>
/// Gives every refusal of the server a page in words: an old form, a page that is not there, too many requests, a fault.
/// Addresses under <c>/api</c> and files answer for themselves.
/// </summary>
public static partial class ProblemPages
{
    /// <summary>Item under which the page finds the number that stands beside the fault in the log.</summary>
    public const string Reference = "problem-reference";

    /// <summary>Goes before routing, since it routes a second time.</summary>
    public static IApplicationBuilder UseProblemPages(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProblemPages));
        try
        {
            await next(context);
        }
        catch (ActNotPermittedException) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && !context.Request.Path.StartsWithSegments("/api"))
        {
            LogFault(log, fault, context.TraceIdentifier);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        if (context.Response.StatusCode < 400 || context.Response.HasStarted || context.Response.ContentType is not null || context.Request.Path.StartsWithSegments("/api"))
        {
            return;
        }

        var status = context.Response.StatusCode;
        context.Items[Reference] = context.TraceIdentifier;
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = $"/problem/{status}";
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        context.Features.Set<IFormFeature>(null);
        await next(context);
        if (!context.Response.HasStarted)
        {
            context.Response.StatusCode = status;
        }
    });

    /// <summary>Goes after antiforgery: a form without a good token is refused here, before any page looks at it.</summary>
    public static IApplicationBuilder UseAntiforgeryRefusal(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        return next(context);
    });

    [LoggerMessage(Level = LogLevel.Error, Message = "Fault {Reference}")]
    private static partial void LogFault(ILogger log, Exception fault, string reference);
}
