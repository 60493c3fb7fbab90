using TrainingPortal.Courses;

namespace TrainingPortal.Web.Pages.Learn;

/// <summary>Serves the figures of lessons as files of their own, under a policy that lets them run and load nothing.</summary>
public static class Figures
{
    public static IEndpointRouteBuilder MapFigures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/courses/{course}/figures/{**path}", async (string course, string path, HttpContext context, ReadFigure read, CancellationToken cancellation) =>
        {
            if (await read.RunAsync(course, path, cancellation) is not { } svg)
            {
                return Results.NotFound();
            }

            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
            context.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Text(svg, "image/svg+xml; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
        return routes;
    }
}
