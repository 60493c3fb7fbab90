using System.Text;
using TrainingPortal.Practicals;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Pages.Practicals;

/// <summary>What the figures of agreement were made of, as a file.</summary>
public static class AgreementFile
{
    public static IEndpointRouteBuilder MapAgreementFile(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/teach/practicals/{slug}/agreement.csv", async (string slug, HttpContext context, ReadAgreement read, CancellationToken cancellation) =>
        {
            if (await read.RunAsync(context.User.AsActor(), slug, cancellation) is not { } report)
            {
                return Results.NotFound();
            }

            context.Response.Headers.CacheControl = "private, no-store";
            return Results.File(Encoding.UTF8.GetBytes(report.Csv()), "text/csv; charset=utf-8", $"agreement-{report.Slug}.csv");
        }).ExcludeFromDescription();
        return routes;
    }
}
