using TrainingPortal.Assessments;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Pages.Exams;

/// <summary>
/// The sign of life of a page that is open on an attempt: 204 while it goes on, 200 with <c>paused</c> or <c>closed</c>, on
/// which the page loads itself again.
/// </summary>
public static class AttemptSeen
{
    public static IEndpointRouteBuilder MapAttemptSeen(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/attempts/{id:guid}/seen", async (Guid id, HttpContext context, MarkSeen mark, CancellationToken cancellation) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            var seen = await mark.RunAsync(context.User.AsActor(), id, cancellation);
            return !seen.Succeeded ? Results.NotFound() : seen.Value switch
            {
                AttemptStanding.Running => Results.NoContent(),
                AttemptStanding.Paused => Results.Text("paused"),
                AttemptStanding.Closed => Results.Text("closed"),
            };
        }).RequireRateLimiting(RequestLimits.SignsOfLife).ExcludeFromDescription();
        return routes;
    }
}
